"""The database alone keeps sites apart and identity from those who must not have it."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, connections, transaction
from django.utils import timezone

from clinic.grants import MissingGrant, lines_for
from clinic.models import (
    Consent,
    DataKey,
    Enrolment,
    Identity,
    Membership,
    Participant,
    Programme,
    Token,
    User,
)
from clinic.roles import ROLES
from clinic.rows import rows_of
from clinic.services.accounts import give_role, issue_token
from tests import make
from tests.database import database_role

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_another_sites_rows_are_not_there(participant, elsewhere):
    with rows_of([elsewhere.pk]):
        assert not Participant.objects.exists() and not Identity.objects.exists()


def test_a_row_cannot_be_put_into_another_site(site, elsewhere):
    with (
        rows_of([site.pk]),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Participant.objects.create(site=elsewhere, code="P-3333-333", time_zone="UTC")


def test_a_row_cannot_be_moved_to_another_site(participant, site, elsewhere):
    with (
        rows_of([site.pk]),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Participant.objects.filter(pk=participant.pk).update(site=elsewhere)


def test_a_reference_cannot_cross_sites(participant, site, elsewhere, therapist_elsewhere):
    with rows_of([elsewhere.pk]):
        theirs = Programme.objects.create(site=elsewhere, code="HILL", name="Hill")
    with (
        rows_of([site.pk, elsewhere.pk]),
        pytest.raises(IntegrityError, match="site_fk"),
        transaction.atomic(),
    ):
        Enrolment.objects.create(
            site=site, participant=participant, programme=theirs, enrolled_on="2026-01-01"
        )


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE afterward_owner",
        "CREATE TABLE mine (id int)",
        "TRUNCATE clinic_participant",
        "ALTER TABLE clinic_participant DISABLE ROW LEVEL SECURITY",
        "DELETE FROM clinic_participant",
        "DELETE FROM therapy_session",
        "SELECT * FROM clinic_auditevent",
        "UPDATE clinic_membership SET role = 'auditor'",
    ],
)
def test_the_app_may_not(statement, participant):
    statement = statement.replace("afterward_owner", ROLES["owner"])
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("alias", ["research", "auditor", "accounts", "checkin"])
def test_no_other_login_reads_an_identity(alias, logins, participant):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        rows_of([participant.site_id], using=alias),
    ):
        list(Identity.objects.using(alias).all())


@pytest.mark.parametrize("alias", ["research", "auditor", "accounts"])
def test_no_reading_login_has_keys(alias, logins, participant):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        rows_of([participant.site_id], using=alias),
    ):
        list(DataKey.objects.using(alias).all())


def test_research_sees_codes_only_within_its_own_sites(logins, participant):
    seen = Participant.objects.using("research").values_list("code", flat=True)
    with rows_of([participant.site_id]):
        assert list(seen.all()) == []
    with rows_of([participant.site_id], using="research"):
        assert list(seen.all()) == [participant.code]


def test_the_auditor_writes_nothing(logins, participant):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        rows_of([participant.site_id], using="auditor"),
    ):
        Consent.objects.using("auditor").create(
            site_id=participant.site_id,
            participant=participant,
            kind="touch-hand",
            text_version="1",
            given_at="2026-01-01T00:00Z",
        )


def test_administrators_login_sees_the_accounts_and_roles_of_its_sites_alone(
    logins, site, therapist, therapist_elsewhere
):
    people, roles = User.objects.using("accounts"), Membership.objects.using("accounts")
    assert not people.exists() and not roles.exists()
    with rows_of([site.pk], using="accounts"):
        assert [*people.all()] == [therapist] and {role.site_id for role in roles.all()} == {site.pk}


def test_administrators_login_gives_no_role_at_another_site(logins, site, therapist, elsewhere):
    with (
        rows_of([site.pk], using="accounts"),
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        give_role(by=therapist, user=therapist, site=elsewhere, role="auditor")


def test_administrators_login_changes_no_account_or_token_of_another_site(logins, site, therapist_elsewhere):
    issue_token(by="tests", user=therapist_elsewhere, days=1)
    with rows_of([site.pk], using="accounts"):
        assert User.objects.using("accounts").update(is_active=False) == 0
        assert Token.objects.using("accounts").update(revoked_at=timezone.now()) == 0


def test_signing_in_reads_every_account_before_any_site_is_known(therapist, therapist_elsewhere):
    assert {*User.objects.all()} == {therapist, therapist_elsewhere}
    assert Membership.objects.count() == 2


def test_a_table_without_a_grant_stops_the_migration():
    with pytest.raises(MissingGrant, match="clinic_forgotten"):
        lines_for("clinic_forgotten")


def test_the_owner_sees_rows_so_that_data_migrations_work(participant):
    with database_role("owner"):
        assert Participant.objects.filter(pk=participant.pk).exists()


@pytest.mark.django_db(transaction=True, databases=["default", "research", "auditor", "accounts", "checkin"])
@pytest.mark.parametrize("alias", ["default", "research", "auditor", "accounts", "checkin"])
def test_real_connections_forget_the_sites_of_the_request_before(alias):
    site = make.site("real", "Real")
    with rows_of([site.pk], using=alias):
        pass
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_setting('app.sites', true), current_user")
        sites, user = cursor.fetchone()
    assert not sites and user == ROLES["app" if alias == "default" else alias]


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_leaves_the_audit_guarded():
    make.site("gone", "Gone")
    from tests import database

    database.flush()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = 'keep_table'")
        assert {row[0] for row in cursor.fetchall()} == {"A"}
