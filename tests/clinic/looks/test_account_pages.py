"""The account pages as they are served: in words that can be translated, with nothing inline, and nothing of passwords."""

import pytest
from django.urls import reverse

from clinic.services.demo import PEOPLE
from tests import pseudo

OUTSIDE = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
    "account_signup",
)
INSIDE = ("mfa_index", "mfa_list_webauthn", "account_logout", "account_reauthenticate")

pytestmark = pytest.mark.django_db


def page(client, name: str) -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_page_before_sign_in_is_wholly_translated(client, name):
    with pseudo.language():
        assert pseudo.untranslated(page(client, name)) == []


@pytest.mark.parametrize("name", INSIDE)
def test_a_page_of_the_account_is_wholly_translated(client_of, therapist, name):
    with pseudo.language():
        html = page(client_of(therapist), name)
    assert pseudo.untranslated(html, data=("Harbour", str(therapist))) == []


def test_a_refused_sign_in_stands_at_the_password_and_in_the_title(client):
    html = client.post(
        reverse("account_login"), {"login": "who@harbour.example", "password": "wrong"}
    ).content.decode()
    assert "<title>Error: Sign in" in html
    assert '<a href="#id_password">Enter your password again.' in html


def test_the_sign_in_page_names_no_account_outside_the_demo(client):
    assert "harbour.example" not in page(client, "account_login")


def test_the_demo_offers_its_desks(client, settings):
    settings.DEMO = True
    html = page(client, "account_login")
    assert html.count('name="login" value="') == len(PEOPLE)
