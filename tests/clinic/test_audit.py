"""Every change of a clinical row leaves one event, whichever way it was made; and no event can be changed."""

import pytest
from django.db import IntegrityError, connection, transaction

from clinic import audit
from clinic.models import AuditEvent, Participant
from clinic.rows import rows_of
from clinic.services import participants
from tests.database import database_role

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# Bookkeeping that is append-only by itself: who looked, which writes were made.
APPEND_ONLY = {"clinic_auditevent", "clinic_write", "clinic_accessevent"}


def events(table: str, row_id) -> list[AuditEvent]:
    """The events of one row, as a superuser sees them."""
    with database_role(None):
        return list(AuditEvent.objects.filter(table=table, row_id=str(row_id)).order_by("id"))


def catalog(statement: str) -> set[str]:
    """First column of a query on the catalog."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] for row in cursor.fetchall()}


SITE_TABLES = """SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                 WHERE c.relkind = 'r' AND a.attname = 'site_id' AND c.relnamespace = 'public'::regnamespace"""


def test_no_table_of_a_site_goes_untracked():
    tracked = catalog(
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE t.tgname = 'audit' AND t.tgenabled = 'A'"
    )
    assert catalog(SITE_TABLES) - APPEND_ONLY - tracked == set()


def test_every_table_of_a_site_has_row_security():
    secured = catalog("SELECT relname FROM pg_class WHERE relrowsecurity")
    assert catalog(SITE_TABLES) - secured == set()


def test_a_service_leaves_one_event_with_actor_and_reason(participant, therapist):
    (event,) = events("clinic_participant", participant.pk)
    assert (event.operation, event.actor, event.reason) == ("I", str(therapist.pk), "participant added")
    assert event.after["code"] == participant.code and event.before is None


def test_queryset_update_leaves_one_event_a_row(participant, therapist, rows):
    with audit.change(by=therapist, reason="year corrected"):
        Participant.objects.filter(pk=participant.pk).update(birth_year=1985)
    event = events("clinic_participant", participant.pk)[-1]
    assert (event.operation, event.before["birth_year"], event.after["birth_year"]) == ("U", 1984, 1985)
    assert len(events("clinic_participant", participant.pk)) == 2


def test_bulk_create_leaves_one_event_a_row(site, therapist, rows):
    with audit.change(by=therapist, reason="many at once"):
        made = Participant.objects.bulk_create(
            [Participant(site=site, code=code, time_zone="UTC") for code in ("P-3333-333", "P-4444-444")]
        )
    assert [len(events("clinic_participant", row.pk)) for row in made] == [1, 1]


def test_raw_sql_leaves_one_event_that_names_the_login(participant, rows):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', '', true)")
        cursor.execute("UPDATE clinic_participant SET birth_year = 1990 WHERE id = %s", [participant.pk])
    event = events("clinic_participant", participant.pk)[-1]
    assert event.after["birth_year"] == 1990 and event.actor.startswith("login:")


@pytest.mark.parametrize("role", ["owner", None])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clinic_auditevent SET actor = 'nobody'",
        "DELETE FROM clinic_auditevent",
        "TRUNCATE clinic_auditevent",
    ],
)
def test_the_audit_refuses_everybody(role, statement, participant):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        database_role(role),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL session_replication_role = replica" if role is None else "SELECT 1")
        cursor.execute(statement)


def test_the_app_cannot_read_the_audit(participant):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        list(AuditEvent.objects.all())


def test_a_refused_service_leaves_neither_row_nor_event(site, therapist, rows):
    before = Participant.objects.count()
    with pytest.raises(Exception, match=r"invalid|Invalid"), audit.change(by=therapist, reason="broken"):
        participants.add_participant(by=therapist, site=site, details={"birth_date": "not a date"})
    assert Participant.objects.count() == before


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/St_Johns"])
def test_the_hashed_bytes_do_not_depend_on_the_sessions_zone(zone, participant):
    with database_role(None), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('timezone', %s, true), set_config('datestyle', 'SQL, DMY', true)", [zone]
        )
        cursor.execute(
            "SELECT count(*), bool_and(sha256(clinic_audit_bytes(e)) = leaf_hash) FROM clinic_auditevent e"
        )
        count, equal = cursor.fetchone()
    assert count > 0 and equal


def test_a_change_written_in_another_zone_is_stored_in_utc(participant, therapist, rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Asia/Tokyo'")
        cursor.execute("UPDATE clinic_participant SET birth_year = 1991 WHERE id = %s", [participant.pk])
    assert events("clinic_participant", participant.pk)[-1].after["recorded_at"].endswith("+00:00")


def test_a_password_leaves_a_fingerprint_and_no_hash(therapist, rows):
    with database_role("accounts"):
        therapist.set_password("another good passphrase")
        therapist.save(update_fields=["password"])
    event = events("clinic_user", therapist.pk)[-1]
    assert len(event.after["password"]) == 8 and event.after["password"] != event.before["password"]


def test_signing_in_leaves_no_event(therapist, client_of):
    before = len(events("clinic_user", therapist.pk))
    client_of(therapist)
    assert len(events("clinic_user", therapist.pk)) == before


def test_rows_of_ends_with_the_former_sites(site, elsewhere, participant):
    with rows_of([site.pk]), rows_of([elsewhere.pk]):
        assert not Participant.objects.exists()
