"""Signing in: no sign-up, a second factor outside the demo, secrets sealed, disabled at once."""

import pytest
from allauth.mfa.adapter import get_adapter
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from clinic.rows import rows_of
from clinic.services import accounts
from tests import make

pytestmark = pytest.mark.django_db


def test_a_password_alone_opens_nothing_outside_the_demo(therapist):
    client = Client()
    client.force_login(therapist)
    assert client.get(reverse("clinic:participants")).url == reverse("mfa_index")
    assert client.get("/api/v1/participants/").status_code == 403


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("therapist", "sessions:today"),
        ("physician", "sessions:today"),
        ("rater", "clinic:participants"),
        ("pharmacist", "clinic:participants"),
        ("scheduler", "clinic:participants"),
        ("coordinator", "outcomes:export"),
        ("administrator", "clinic:accounts"),
        ("auditor", "clinic:audit"),
        ("privacy", "clinic:audit"),
    ],
)
def test_the_first_page_is_what_the_role_is_for(role, page, client_of, request):
    client = client_of(request.getfixturevalue(role))
    assert client.get(reverse("clinic:today")).url == reverse(page)


def test_in_the_demo_a_password_is_enough(therapist, settings):
    settings.DEMO = True
    client = Client()
    answer = client.post(reverse("account_login"), {"login": therapist.email, "password": make.PASSWORD})
    assert answer.status_code == 302 and client.get(reverse("clinic:participants")).status_code == 200


def test_nobody_signs_up(client):
    client.post("/accounts/signup/", {"email": "new@harbour.example", "password1": make.PASSWORD})
    assert not accounts.User.objects.filter(email="new@harbour.example").exists()


def test_second_factor_secrets_are_sealed():
    sealed = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in sealed and get_adapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_disabling_an_account_ends_its_session(site, therapist, administrator, client_of, logins):
    client = client_of(therapist)
    assert client.get(reverse("clinic:participants")).status_code == 200
    with rows_of([site.pk], using="accounts"):
        accounts.disable_account(by=administrator, user=therapist, reason="left the clinic")
    assert client.get(reverse("clinic:participants")).status_code == 302


def test_nobody_disables_their_own_account(administrator, client_of, logins):
    url = reverse("clinic:account-disable", args=[administrator.pk])
    answer = client_of(administrator).post(url, {"id": make.new_id(), "reason": "tired of it"})
    assert answer.status_code == 400 and "your own account" in answer.content.decode()


def test_a_token_opens_the_api_and_no_page(therapist, participant, settings, logins, capsys):
    call_command("issue_token", therapist.email, days=1)
    headers = {"Authorization": f"Bearer {capsys.readouterr().out.strip()}"}
    assert participant.code in Client().get("/api/v1/participants/", headers=headers).content.decode()
    assert Client().get(reverse("clinic:participants"), headers=headers).status_code == 302


def test_a_wrong_token_is_401(client):
    assert (
        client.get("/api/v1/participants/", headers={"Authorization": "Bearer aft_wrong"}).status_code == 401
    )


def test_a_token_for_nobody_says_so(db):
    with pytest.raises(CommandError, match="No active account"):
        call_command("issue_token", "nobody@harbour.example")


def test_an_account_without_a_role_is_told(site, client_of):
    user = make.user("idle@harbour.example")
    assert client_of(user).get(reverse("clinic:today")).status_code == 403


def test_a_body_that_is_too_large_is_413(therapist, client_of):
    answer = client_of(therapist).post(reverse("clinic:participants"), {"code": "x" * 1_000_000})
    assert answer.status_code == 413


def test_every_answer_has_the_strict_headers(therapist, client_of):
    answer = client_of(therapist).get(reverse("clinic:participants"))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer["Cache-Control"] == "no-store, private" and answer["X-Frame-Options"] == "DENY"
