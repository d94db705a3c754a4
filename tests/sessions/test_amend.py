"""Amending an entry."""

import pytest

from clinic.rows import rows_of
from sessions.models import Amendment, LogEntry, VitalSign
from sessions.services.dosing import record_vitals
from sessions.services.sessions import write_note
from tests import make
from tests.sessions.day import at, sent, typed


@pytest.fixture
def reading(session, therapist, site):
    """A reading with a slip."""
    with rows_of([site.pk]):
        return record_vitals(by=therapist, session=session, occurred_at=at(50), pulse_bpm=188)


def test_the_form_begins_with_the_entry_as_it_is(client_of, therapist, session, note):
    html = client_of(therapist).get(f"/sessions/{session.pk}/amend/notes/{note.pk}").content.decode()
    assert "Settled, eyes closed." in html


def test_the_old_row_stays_and_says_why(call, therapist, session, reading, rows):
    url = f"/api/v1/sessions/{session.pk}/amend/vitals/{reading.pk}/"
    answer = call(therapist, url, occurred_at=sent(50), pulse_bpm=88, reason="Typed one digit too many")
    new = VitalSign.objects.in_force().get()
    reading.refresh_from_db()
    assert (answer.status_code, new.pulse_bpm, new.replaces_id) == (201, 88, reading.pk)
    assert reading.entered_in_error_reason == Amendment.objects.get().reason == "Typed one digit too many"


def test_an_amendment_needs_a_reason(post, call, therapist, session, reading, rows):
    page = post(
        therapist, f"/sessions/{session.pk}/amend/vitals/{reading.pk}", occurred_at=typed(50), pulse_bpm="88"
    )
    url = f"/api/v1/sessions/{session.pk}/amend/vitals/{reading.pk}/"
    body = call(therapist, url, occurred_at=sent(50), pulse_bpm=88, reason="  ")
    assert (page.status_code, body.status_code) == (400, 400)
    assert VitalSign.objects.in_force().get() == reading


def test_an_entry_is_amended_once(call, therapist, session, reading, rows):
    url = f"/api/v1/sessions/{session.pk}/amend/vitals/{reading.pk}/"
    answers = [call(therapist, url, occurred_at=sent(50), pulse_bpm=88, reason="A slip") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 400]


def test_a_refused_amendment_leaves_all_as_it_was(call, therapist, session, reading, rows):
    url = f"/api/v1/sessions/{session.pk}/amend/vitals/{reading.pk}/"
    assert call(therapist, url, occurred_at=sent(500), pulse_bpm=88, reason="A slip").status_code == 400
    reading.refresh_from_db()
    assert reading.in_force
    assert not Amendment.objects.exists()


def test_the_same_amendment_twice_is_one(call, therapist, session, reading, rows):
    url, body = (
        f"/api/v1/sessions/{session.pk}/amend/vitals/{reading.pk}/",
        {"id": make.new_id(), "occurred_at": sent(50)},
    )
    answers = [call(therapist, url, **body, pulse_bpm=88, reason="A slip").json() for _ in range(2)]
    assert answers == [{"id": body["id"]}] * 2
    assert Amendment.objects.count() == 1


def test_nobody_amends_another_persons_private_note(client_of, therapist, co_therapist, session, site):
    with rows_of([site.pk]):
        note = write_note(by=therapist, session=session, text="My own.", occurred_at=at(5), private=True)
    url = f"/sessions/{session.pk}/amend/notes/{note.pk}"
    assert client_of(co_therapist).get(url).status_code == 404
    assert client_of(therapist).get(url).status_code == 200


def test_an_amended_private_note_stays_private(post, therapist, session, site, rows):
    with rows_of([site.pk]):
        note = write_note(by=therapist, session=session, text="My own.", occurred_at=at(5), private=True)
    fields = {"occurred_at": typed(5), "text": "Mine.", "reason": "A better word"}
    post(therapist, f"/sessions/{session.pk}/amend/notes/{note.pk}", **fields)
    assert LogEntry.objects.in_force().get().private


def test_an_unknown_kind_is_not_found(client_of, therapist, session, note):
    assert client_of(therapist).get(f"/sessions/{session.pk}/amend/users/{note.pk}").status_code == 404


def test_another_site_cannot_amend(client_of, therapist_elsewhere, session, note):
    assert (
        client_of(therapist_elsewhere).get(f"/sessions/{session.pk}/amend/notes/{note.pk}").status_code == 404
    )
