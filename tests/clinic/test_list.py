"""The list of participants: who is shown how, and where the search stands."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_search_stands_before_the_list_on_a_phone(client_of, therapist, participant):
    html = client_of(therapist).get(reverse("clinic:participants")).content.decode()
    assert html.index("Find somebody") < html.index(participant.code)
