"""What a clinical table needs from the database itself: row security, composite keys, audit; as migration operations."""

from collections.abc import Mapping
from typing import Any

from django.db.migrations import RunSQL

# The ::uuid[] outside the sub-select keeps PostgreSQL from reading `= ANY (SELECT …)` as a set. Unset and '' give no rows.
SITES = "((SELECT string_to_array(NULLIF(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[])"
OF_MY_SITES = f"site_id = ANY ({SITES})"

# What RunSQL takes in a list: a statement, or one with its parameters.
Statement = str | tuple[str, dict[str, Any] | list[Any] | tuple[Any, ...] | None]


def row_security(table: str, condition: str = OF_MY_SITES) -> RunSQL:
    """Rows of the sites in `app.sites` and no other, for every login but the owner's.

    ENABLE, not FORCE: under FORCE the owner's data migrations and pg_dump would silently see nothing.
    """
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_site ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY {table}_site ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def same_site(table: str, references: Mapping[str, str]) -> RunSQL:
    """Foreign keys look through row security, so each carries the site: column -> clinical parent table.

    Checked at once, not at the end of the transaction, so that the service that errs gets the message.
    """
    forwards: list[Statement] = []
    backwards: list[Statement] = []
    for column, parent in references.items():
        name = f"{table}_{column}_site_fk"
        forwards.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (site_id, {column}) REFERENCES {parent} (site_id, id);"
            f"CREATE INDEX {table}_{column}_site ON {table} (site_id, {column});"
        )
        backwards.append(f"DROP INDEX {table}_{column}_site; ALTER TABLE {table} DROP CONSTRAINT {name};")
    return RunSQL(forwards, backwards)


def audited(table: str, *, drop: str = "", fingerprint: str = "") -> RunSQL:
    """Write an audit event for each row that changes. ENABLE ALWAYS: replication mode does not switch it off.

    `drop` names columns that are left out (a change of these alone leaves no event), `fingerprint` those
    of which only the first signs of a hash are kept; both separated by commas.
    """
    return RunSQL(
        f"CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION clinic_audit_row('{drop}', '{fingerprint}');"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit;",
        f"DROP TRIGGER audit ON {table};",
    )


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE for everybody, the owner and superusers too."""
    return RunSQL(
        f"CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION clinic_refuse();"
        f"CREATE TRIGGER keep_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION clinic_refuse();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER keep_rows, ENABLE ALWAYS TRIGGER keep_table;",
        f"DROP TRIGGER keep_rows ON {table}; DROP TRIGGER keep_table ON {table};",
    )


def clinical(table: str, references: Mapping[str, str] | None = None) -> list[RunSQL]:
    """All of it, for a clinical table."""
    keys = [same_site(table, references)] if references else []
    return [row_security(table), *keys, audited(table)]


AUDIT_FUNCTIONS = RunSQL(
    """
    CREATE FUNCTION clinic_audit_bytes(event clinic_auditevent) RETURNS bytea LANGUAGE sql STABLE
    SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET extra_float_digits = 1 SET search_path = pg_catalog AS $$
      -- Zone and style are fixed here: jsonb renders a time in the session's zone, and the hash must not depend on it.
      SELECT convert_to(jsonb_build_array(event.hash_version, event.id, event.site_id, event.table_name, event.row_id,
        event.operation, event.before, event.after, event.actor, event.reason, event.occurred_at, event.recorded_at,
        event.transaction)::text, 'UTF8')
    $$;
    CREATE FUNCTION clinic_audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET extra_float_digits = 1 SET search_path = pg_catalog, public AS $$
    DECLARE
      event public.clinic_auditevent;
      one text;
      this jsonb;
    BEGIN
      IF TG_OP <> 'INSERT' THEN event.before := to_jsonb(OLD) - string_to_array(TG_ARGV[0], ','); END IF;
      IF TG_OP <> 'DELETE' THEN event.after := to_jsonb(NEW) - string_to_array(TG_ARGV[0], ','); END IF;
      FOREACH one IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
        IF event.before ? one THEN
          event.before := event.before || jsonb_build_object(one, left(encode(sha256(convert_to(event.before->>one, 'UTF8')), 'hex'), 8));
        END IF;
        IF event.after ? one THEN
          event.after := event.after || jsonb_build_object(one, left(encode(sha256(convert_to(event.after->>one, 'UTF8')), 'hex'), 8));
        END IF;
      END LOOP;
      IF TG_ARGV[0] <> '' AND event.before = event.after THEN RETURN NULL; END IF;
      this := coalesce(event.after, event.before);
      event.id := nextval('public.clinic_auditevent_id_seq');
      event.site_id := (this->>'site_id')::uuid;
      event.table_name := TG_TABLE_NAME;
      event.row_id := this->>'id';
      event.operation := left(TG_OP, 1);
      event.actor := coalesce(NULLIF(current_setting('app.actor', true), ''), 'login:' || session_user);
      event.reason := coalesce(current_setting('app.reason', true), '');
      event.recorded_at := clock_timestamp();
      event.occurred_at := coalesce((this->>'occurred_at')::timestamptz, event.recorded_at);
      event.transaction := pg_current_xact_id()::text::bigint;
      event.hash_version := 1;
      event.leaf_hash := sha256(public.clinic_audit_bytes(event));
      INSERT INTO public.clinic_auditevent VALUES (event.*);
      RETURN NULL;
    END $$;
    REVOKE ALL ON FUNCTION clinic_audit_row() FROM PUBLIC;
    CREATE FUNCTION clinic_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23000';
    END $$;
    """,
    "DROP FUNCTION clinic_refuse(); DROP FUNCTION clinic_audit_row(); DROP FUNCTION clinic_audit_bytes(clinic_auditevent);",
)
