"""What each database login may do with each table: one list, applied after every migration."""

from django.apps import apps
from django.db import connections

from clinic.roles import ROLES
from clinic.sql import OF_MY_SITES

READ, ADD, WRITE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE"
USER_COLUMNS = "id, email, name, is_active, theme, made_at"
PARTICIPANT_COLUMNS = "id, site_id, code, sex, birth_year, language, recorded_at, entered_in_error_at"
ERROR_COLUMNS = "recorded_at, entered_in_error_at"
MARKED_COLUMNS = "entered_in_error_at, entered_in_error_by_id, entered_in_error_reason"
# What was found, decided or authorised is never rewritten: it can be marked as entered in error, and no more.
KEEP = f"SELECT, INSERT, UPDATE ({MARKED_COLUMNS})"

# A table that is missing here stops the migration: a new model cannot be forgotten. No login but the owner's may
# delete or truncate clinical rows. `research` has no identity, no free text and no key; `auditor` no identity.
TABLES: dict[str, dict[str, str]] = {
    "clinic_site": {"app": READ, "accounts": WRITE, "research": READ, "auditor": READ, "checkin": READ},
    "clinic_user": {
        "app": "SELECT, UPDATE (password, last_login, theme)",
        "accounts": WRITE,
        "research": f"SELECT ({USER_COLUMNS})",
        "auditor": f"SELECT ({USER_COLUMNS})",
    },
    "clinic_membership": {"app": READ, "accounts": WRITE, "auditor": READ},
    "clinic_token": {"app": READ, "accounts": WRITE},
    "clinic_programme": {"app": WRITE, "accounts": READ, "research": READ, "auditor": READ, "checkin": READ},
    "clinic_participant": {
        "app": WRITE,
        "research": f"SELECT ({PARTICIPANT_COLUMNS})",
        "auditor": READ,
        "checkin": "SELECT (id, site_id, language, time_zone)",
    },
    "clinic_datakey": {"app": WRITE, "checkin": READ},
    "clinic_identity": {"app": WRITE},
    # What was consented to never changes: it is withdrawn, or marked as entered in error.
    "clinic_consent": {
        "app": f"SELECT, INSERT, UPDATE (withdrawn_at, withdrawal_sealed, {MARKED_COLUMNS})",
        "research": "SELECT (id, site_id, participant_id, kind, given_at, withdrawn_at, entered_in_error_at)",
        "auditor": READ,
    },
    # Answers are the participant's, so research has no right on them: nobody consented to that.
    "clinic_understanding": {
        "app": f"SELECT, INSERT, UPDATE (answers, score, finished_at, {MARKED_COLUMNS})",
        "auditor": READ,
    },
    "clinic_enrolment": {
        "app": WRITE,
        "research": READ,
        "auditor": READ,
        "checkin": "SELECT (id, site_id, participant_id)",
    },
    "clinic_allocation": {"app": WRITE, "research": READ, "auditor": READ},
    "clinic_careteam": {"app": WRITE, "auditor": READ},
    "clinic_signature": {
        "app": ADD,
        # Whether a second person signed: a decision that is not complete is not counted.
        "research": "SELECT (site_id, record, record_id, signer_id)",
        "auditor": READ,
    },
    "clinic_write": {"app": ADD},
    "clinic_accessevent": {"app": "INSERT", "accounts": "INSERT", "auditor": READ},
    "clinic_auditevent": {"auditor": READ},
    "clinic_cache": {"app": "SELECT, INSERT, UPDATE, DELETE"},
    "therapy_session": {"app": WRITE, "research": READ, "auditor": READ},
    "therapy_attendance": {"app": WRITE, "auditor": READ},
    "therapy_setting": {"app": WRITE, "auditor": READ},
    "therapy_logentry": {"app": WRITE, "auditor": READ},
    "therapy_vitalsign": {"app": WRITE, "research": READ, "auditor": READ},
    "therapy_doseadministration": {"app": WRITE, "research": READ, "auditor": READ},
    "therapy_amendment": {"app": ADD, "auditor": READ},
    "therapy_protocolversion": {"app": ADD, "research": READ, "auditor": READ},
    "therapy_protocolassignment": {"app": ADD, "research": READ, "auditor": READ},
    "therapy_screeningfinding": {
        "app": KEEP,
        "research": "SELECT (id, site_id, enrolment_id, factor, catalogue, occasion, value, source, occurred_at,"
        f" replaces_id, {ERROR_COLUMNS})",
        "auditor": READ,
    },
    "therapy_medication": {"app": KEEP, "auditor": READ},
    "therapy_medicineclearance": {"app": KEEP, "auditor": READ},
    "therapy_eligibilitydecision": {
        "app": KEEP,
        "research": "SELECT (id, site_id, enrolment_id, protocol_id, rules, outcome, defer_until, reasons, overridden,"
        f" occurred_at, {ERROR_COLUMNS})",
        "auditor": READ,
    },
    "therapy_gateoverride": {"app": KEEP, "auditor": READ},
    "therapy_dosedecision": {
        "app": KEEP,
        "research": "SELECT (id, site_id, session_id, part, outcome, substance, dose_mg, override_id, occurred_at,"
        f" {ERROR_COLUMNS})",
        "auditor": READ,
    },
    "therapy_dosedeviation": {
        "app": "SELECT, INSERT, UPDATE (reason_sealed, reviewed_at, reviewed_by_id, review_sealed)",
        "research": f"SELECT (id, site_id, session_id, dose_id, kinds, reviewed_at, {ERROR_COLUMNS})",
        "auditor": READ,
    },
    "outcomes_assessment": {"app": WRITE, "research": READ, "auditor": READ, "checkin": "INSERT"},
    "outcomes_checkin": {
        "app": WRITE,
        "research": "SELECT (id, site_id, enrolment_id, day, opened_at, submitted_at, expires_at, withdrawn_at)",
        "auditor": READ,
        "checkin": "SELECT, UPDATE (opened_at, submitted_at, answers, skipped, words_sealed)",
    },
    "outcomes_export": {"app": ADD, "research": READ, "auditor": READ},
    "outcomes_importedfile": {"app": ADD, "research": READ, "auditor": READ},
    "outcomes_importdraft": {"app": WRITE},
    # What a clinic may show is no secret of a participant's, and the check-in pages show it.
    "outcomes_instrumentpermission": {"app": WRITE, "auditor": READ, "checkin": READ},
}
# Tables of other packages, by the beginning of their names.
OTHERS: dict[str, dict[str, str]] = {
    "account_": {"app": "SELECT, INSERT, UPDATE, DELETE", "accounts": READ},
    "mfa_": {"app": "SELECT, INSERT, UPDATE, DELETE", "accounts": "SELECT, DELETE"},
    "django_session": {"app": "SELECT, INSERT, UPDATE, DELETE", "accounts": "SELECT, DELETE"},
    "procrastinate_": {"app": "SELECT, INSERT, UPDATE, DELETE"},
    "django_": {"app": READ, "research": READ, "auditor": READ},
    "auth_": {"app": READ},
}
FUNCTIONS: dict[str, tuple[str, ...]] = {"outcomes_check_in_site(text)": ("checkin",)}
# Row security that differs by login, which no migration may name: login, command, which rows.
# Accounts and roles are read before anybody's sites are known, so `app` sees all of them, whatever a request may see.
# The login that administrators act through sees those of the sites in `app.sites`; a new account belongs to none yet.
WITH_A_ROLE_HERE = "IN (SELECT user_id FROM clinic_membership)"
Policies = tuple[tuple[str, str, str], ...]


def _of_accounts(column: str) -> Policies:
    """What `accounts` may do with the rows of an account: see and change those with a role here, and add."""
    here = f"{column} {WITH_A_ROLE_HERE}"
    return ("accounts", "SELECT", here), ("accounts", "UPDATE", here), ("accounts", "INSERT", "true")


POLICIES: dict[str, Policies] = {
    "clinic_membership": (
        ("app", "SELECT", "true"),
        ("accounts", "ALL", OF_MY_SITES),
        ("auditor", "SELECT", OF_MY_SITES),
    ),
    "clinic_user": (
        ("app", "ALL", "true"),
        ("research", "SELECT", "true"),
        ("auditor", "SELECT", "true"),
        *_of_accounts("id"),
    ),
    "clinic_token": (("app", "SELECT", "true"), *_of_accounts("user_id")),
}


class MissingGrant(Exception):
    """A table stands in the database that no line of this file names."""


def lines_for(table: str) -> dict[str, str]:
    """The grants of one table. Raises MissingGrant."""
    if table in TABLES:
        return TABLES[table]
    for prefix, line in OTHERS.items():
        if table.startswith(prefix):
            return line
    raise MissingGrant(f"No login may use the table {table}: give it a line in clinic/grants.py.")


def apply(sender=None, using="default", **kwargs) -> None:
    """Take every right away, then give what the list gives. Only the owner can; others return at once."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] != ROLES["owner"] or not apps.is_installed("outcomes"):
            return
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute(_statements(tables))
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE tablename = ANY (%s)", [list(POLICIES)]
        )
        cursor.execute(_policies(cursor.fetchall()))


def _statements(tables: list[str]) -> str:
    """All the REVOKE and GRANT statements."""
    logins = [login for role, login in ROLES.items() if role not in {"owner", "backup"}]
    everybody = ", ".join(logins)
    statements = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {everybody}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {everybody}",
        f"GRANT USAGE ON SCHEMA public TO {everybody}",
        # The audit's sequence belongs to the trigger, which runs as the owner.
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLES['app']}, {ROLES['accounts']}",
        f"REVOKE ALL ON SEQUENCE clinic_auditevent_id_seq FROM {ROLES['app']}, {ROLES['accounts']}",
    ]
    for table in tables:
        statements += [
            f"GRANT {rights} ON {table} TO {ROLES[role]}" for role, rights in lines_for(table).items()
        ]
    for function, roles in FUNCTIONS.items():
        statements.append(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        statements += [f"GRANT EXECUTE ON FUNCTION {function} TO {ROLES[role]}" for role in roles]
    return ";\n".join(statements)


def _policies(laid: list[tuple[str, str]]) -> str:
    """Take away the policies that are laid, table and name, and lay those of the list."""
    statements = [f"DROP POLICY {name} ON {table}" for table, name in laid]
    for table, lines in POLICIES.items():
        for role, command, rows in lines:
            rule = f"WITH CHECK ({rows})" if command == "INSERT" else f"USING ({rows})"
            name = f"{table}_{role}_{command.lower()}"
            statements.append(f"CREATE POLICY {name} ON {table} FOR {command} TO {ROLES[role]} {rule}")
    return ";\n".join(statements)
