"""Signing a session's record."""

import pytest

from clinic.models import Signature
from clinic.rows import rows_of
from sessions.record import read_record
from tests.make import PASSWORD
from tests.sessions.day import sent, typed


@pytest.fixture
def sign(post):
    """Sign as somebody, from the page."""
    return lambda user, session, password=PASSWORD: post(
        user, f"/sessions/{session.pk}/sign", meaning="author", password=password
    )


def test_an_open_session_cannot_be_signed(sign, therapist, session, rows):
    assert "Close the session first." in sign(therapist, session).content.decode()
    assert not Signature.objects.exists()


def test_a_wrong_password_is_refused_at_its_field(sign, therapist, closed, rows):
    answer = sign(therapist, closed, "guessed wrongly")
    assert answer.status_code == 400
    assert "This is not your password, nor a code" in answer.content.decode()
    assert "guessed wrongly" not in answer.content.decode()


def test_a_dosing_session_needs_two_different_signers(sign, client_of, therapist, co_therapist, closed):
    url = f"/api/v1/sessions/{closed.pk}/"
    sign(therapist, closed)
    assert client_of(therapist).get(url).json()["signatures_missing"] == 1
    sign(co_therapist, closed)
    assert client_of(therapist).get(url).json()["signatures_missing"] == 0


def test_nobody_signs_one_version_twice(sign, therapist, closed, rows):
    sign(therapist, closed)
    assert "already signed this version" in sign(therapist, closed).content.decode()
    assert Signature.objects.count() == 1


def test_the_api_signs_the_same_record(call, therapist, closed, rows):
    fields = {"meaning": "review", "password": PASSWORD}
    assert call(therapist, f"/api/v1/sessions/{closed.pk}/sign/", **fields).status_code == 201
    assert Signature.objects.get().record_sha256 == read_record(closed.pk).sha256


def test_a_pharmacist_may_not_sign(sign, pharmacist, closed):
    assert sign(pharmacist, closed).status_code == 403


def test_a_signed_session_takes_no_new_entry(sign, call, therapist, closed):
    sign(therapist, closed)
    fields = {"occurred_at": sent(30), "text": "Slept.", "reason": "Forgotten"}
    answer = call(therapist, f"/api/v1/sessions/{closed.pk}/notes/", **fields)
    assert answer.status_code == 400
    assert "This session is signed." in answer.json()["detail"][0]


def test_an_amendment_supersedes_the_signature(sign, post, client_of, therapist, note, closed):
    sign(therapist, closed)
    fields = {"occurred_at": typed(60), "text": "Settled, eyes open.", "reason": "Wrong word"}
    assert post(therapist, f"/sessions/{closed.pk}/amend/notes/{note.pk}", **fields).status_code == 302
    html = client_of(therapist).get(f"/sessions/{closed.pk}/").content.decode()
    assert "Superseded" in html
    assert "eyes open" in html and "eyes closed" in html


def test_a_private_note_is_no_part_of_the_signed_record(site, session, post, therapist):
    with rows_of([site.pk]):
        before = read_record(session.pk).sha256
    post(therapist, f"/sessions/{session.pk}/notes", occurred_at=typed(5), text="My own.", private="on")
    with rows_of([site.pk]):
        assert read_record(session.pk).sha256 == before
