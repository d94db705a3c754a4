"""Closing a session, and what comes after."""

from sessions.models import LogEntry, Session
from tests.sessions.day import sent, typed


def test_a_session_is_closed_from_its_page(post, therapist, session, rows):
    assert post(therapist, f"/sessions/{session.pk}/close", ended_at=typed(5)).status_code == 302
    assert Session.objects.get().ended_at is not None


def test_a_session_is_closed_once(call, therapist, session, rows):
    answers = [call(therapist, f"/api/v1/sessions/{session.pk}/close/", ended_at=sent(5)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 400]


def test_an_end_before_the_start_is_refused_at_its_field(post, call, therapist, session, rows):
    page = post(therapist, f"/sessions/{session.pk}/close", ended_at=typed(300))
    body = call(therapist, f"/api/v1/sessions/{session.pk}/close/", ended_at=sent(300))
    assert "The end is before the start." in page.content.decode()
    assert (body.status_code, list(body.json())) == (400, ["ended_at"])
    assert Session.objects.get().is_open


def test_an_end_ahead_is_refused(post, therapist, session):
    assert post(therapist, f"/sessions/{session.pk}/close", ended_at=typed(-10)).status_code == 400


def test_a_late_entry_needs_a_reason(post, therapist, closed, rows):
    answer = post(therapist, f"/sessions/{closed.pk}/notes", occurred_at=typed(30), text="Slept.")
    assert "Give a reason" in answer.content.decode()
    assert not LogEntry.objects.exists()


def test_a_late_entry_with_a_reason_is_kept_and_marked(post, client_of, therapist, closed):
    fields = {"occurred_at": typed(30), "text": "Slept.", "reason": "Written on paper first"}
    assert post(therapist, f"/sessions/{closed.pk}/notes", **fields).status_code == 302
    assert "Late entry" in client_of(therapist).get(f"/sessions/{closed.pk}/").content.decode()
