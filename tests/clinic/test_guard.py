"""The suite runs with the app's rights: without this, every other green line would say nothing."""

import pytest
from django.db import connection, connections

from clinic.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_suite_runs_as_the_app_and_not_as_a_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user, current_setting('is_superuser')")
        assert cursor.fetchone() == (ROLES["app"], ROLES["app"], "off")


@pytest.mark.parametrize("alias", ["accounts", "research", "auditor", "checkin"])
def test_every_alias_has_the_rights_of_its_login(alias, logins):
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLES[alias],)


def test_unset_sites_give_no_rows(participant):
    from clinic.models import Participant

    assert Participant.objects.count() == 0


def test_the_cast_can_be_seen_within_its_site(participant, rows):
    from clinic.models import Participant

    assert list(Participant.objects.all()) == [participant]
