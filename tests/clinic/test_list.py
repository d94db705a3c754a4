"""The list of participants: who is shown how, and where the search stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic.models import AccessEvent, DataKey, Identity, Membership
from clinic.permissions import Role
from clinic.rows import rows_of
from tests import make
from tests.database import database_role

pytestmark = pytest.mark.django_db


def test_the_search_stands_before_the_list_on_a_phone(client_of, therapist, participant):
    html = client_of(therapist).get(reverse("clinic:participants")).content.decode()
    assert html.index("Find somebody") < html.index(participant.code)


def test_name_and_birth_date_stand_beside_the_code(client_of, therapist, rater, participant):
    url = reverse("clinic:participants")
    mine, masked = (client_of(user).get(url).content.decode() for user in (therapist, rater))
    assert "Wren" in mine and "17 May 1984" in mine
    assert participant.code in masked and "Wren" not in masked and "Born" not in masked


@pytest.mark.parametrize("number", [1, 12])
def test_each_identity_that_is_shown_leaves_one_trace(client_of, therapist, site, number, rows):
    for _ in range(number):
        make.participant(site, by=therapist)
    client = client_of(therapist)
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("clinic:participants"))
    asked = [
        query["sql"] for query in seen if "clinic_datakey" in query["sql"] or "accessevent" in query["sql"]
    ]
    with database_role("auditor"):
        traces = AccessEvent.objects.filter(kind="identity", user=therapist, purpose="participants")
        assert (len(asked), traces.values("participant").distinct().count()) == (2, number)


def test_a_role_elsewhere_shows_no_name_here(client_of, pharmacist, participant, elsewhere, site):
    with rows_of([site.pk, elsewhere.pk]), database_role("accounts"):
        Membership.objects.filter(user=pharmacist).update(site=elsewhere)
        Membership.objects.create(user=pharmacist, site=site, role=Role.RATER)
    html = client_of(pharmacist).get(reverse("clinic:participants")).content.decode()
    assert participant.code in html and "Wren" not in html


def test_an_identity_that_does_not_open_closes_no_list(client_of, therapist, site, participant, logins):
    make.participant(site, by=therapist, preferred_name="Finch")
    with database_role(None):
        Identity.objects.filter(participant=participant).update(details_sealed=b"\x01altered")
    html = client_of(therapist).get(reverse("clinic:participants")).content.decode()
    assert participant.code in html and "Finch" in html and "Wren" not in html


def test_whose_key_was_destroyed_is_a_code_again(client_of, therapist, participant, logins):
    with database_role(None):
        DataKey.objects.filter(participant=participant).update(wrapped=None, destroyed_at=timezone.now())
    html = client_of(therapist).get(reverse("clinic:participants")).content.decode()
    assert participant.code in html and "Wren" not in html
