"""The second signature: the password or a code, and no guessing."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

from clinic.models import Signature
from clinic.services import signing
from tests.make import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def sign(post, call, closed):
    """Sign as somebody, from the page or by the API: sign(user, password, api=True)."""

    def send(user, password, api=False):
        fields = {"meaning": "author", "password": password}
        if api:
            return call(user, f"/api/v1/sessions/{closed.pk}/sign/", **fields)
        return post(user, f"/sessions/{closed.pk}/sign", **fields)

    return send


@pytest.fixture
def code(therapist):
    """What the therapist's app shows now."""
    TOTP.activate(therapist, SECRET)
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@pytest.mark.parametrize("api", [False, True])
def test_after_five_wrong_answers_even_the_right_one_waits(sign, therapist, rows, api):
    answers = [sign(therapist, "guess", api).status_code for _ in range(5)]
    sixth = sign(therapist, PASSWORD, api)
    assert (answers, sixth.status_code, int(sixth["Retry-After"]) in range(890, 901)) == (
        [400] * 5,
        429,
        True,
    )
    assert "Too many wrong answers. Try again in 15 minutes." in sixth.content.decode()
    assert not Signature.objects.exists()


def test_page_and_api_share_one_count(sign, therapist):
    for number in range(5):
        sign(therapist, "guess", api=bool(number % 2))
    assert {sign(therapist, PASSWORD).status_code, sign(therapist, PASSWORD, api=True).status_code} == {429}


def test_another_person_is_not_kept_waiting(sign, therapist, co_therapist):
    for _ in range(5):
        sign(therapist, "guess")
    assert sign(co_therapist, PASSWORD).status_code == 302


def test_a_right_answer_forgives_the_wrong_ones(sign, therapist, rows):
    for _ in range(4):
        sign(therapist, "guess")
    assert sign(therapist, PASSWORD).status_code == 302
    assert cache.get_many(signing.places(therapist)) == {}


def test_it_opens_again_when_the_first_wrong_answer_is_old(sign, therapist, monkeypatch):
    monkeypatch.setattr(signing, "WINDOW_SECONDS", 0)
    for _ in range(6):
        sign(therapist, "guess")
    assert sign(therapist, PASSWORD).status_code == 302


@pytest.mark.parametrize("api", [False, True])
def test_a_code_of_the_app_is_as_good_as_the_password(sign, therapist, code, rows, api):
    assert sign(therapist, f"{code[:3]} {code[3:]}", api).status_code in {201, 302}
    assert Signature.objects.get().signer == therapist


def test_a_code_signs_once(sign, therapist, code):
    assert sign(therapist, code).status_code == 302
    assert "nor a code that your app shows now" in sign(therapist, code).content.decode()


def test_a_code_is_its_owners_alone(sign, co_therapist, code):
    assert sign(co_therapist, code).status_code == 400
