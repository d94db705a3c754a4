"""Opening a session."""

from sessions.models import Session
from tests import make
from tests.sessions.day import sent, typed


def test_a_therapist_opens_a_session_from_a_page(post, therapist, enrolment, rows):
    answer = post(therapist, f"/sessions/open/{enrolment.pk}", kind="preparation", occurred_at=typed(3))
    assert answer.status_code == 302
    assert Session.objects.get().kind == "preparation"


def test_a_therapist_opens_a_session_over_the_api(call, therapist, enrolment, rows):
    answer = call(
        therapist, "/api/v1/sessions/", enrolment=str(enrolment.pk), kind="dosing", occurred_at=sent(3)
    )
    assert answer.status_code == 201
    assert str(Session.objects.get().pk) == answer.json()["id"]


def test_the_same_opening_twice_is_one_session(call, therapist, enrolment, rows):
    body = {"id": make.new_id(), "enrolment": str(enrolment.pk), "kind": "dosing", "occurred_at": sent(3)}
    answers = [call(therapist, "/api/v1/sessions/", **body) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"id": body["id"]}] * 2
    assert Session.objects.count() == 1


def test_the_same_id_with_another_body_is_a_conflict(call, therapist, enrolment, rows):
    body = {"id": make.new_id(), "enrolment": str(enrolment.pk), "kind": "dosing", "occurred_at": sent(3)}
    call(therapist, "/api/v1/sessions/", **body)
    assert call(therapist, "/api/v1/sessions/", **{**body, "kind": "follow-up"}).status_code == 409


def test_a_time_ahead_is_refused_at_its_field(post, therapist, enrolment, rows):
    answer = post(therapist, f"/sessions/open/{enrolment.pk}", kind="dosing", occurred_at=typed(-10))
    assert answer.status_code == 400
    assert "This time lies ahead" in answer.content.decode()
    assert not Session.objects.exists()


def test_an_enrolment_of_another_site_is_not_found(post, call, therapist_elsewhere, enrolment):
    page = post(therapist_elsewhere, f"/sessions/open/{enrolment.pk}", kind="dosing", occurred_at=typed(3))
    body = {"enrolment": str(enrolment.pk), "kind": "dosing", "occurred_at": sent(3)}
    assert page.status_code == 404
    assert call(therapist_elsewhere, "/api/v1/sessions/", **body).status_code == 404


def test_a_rater_may_not_open_one(post, rater, enrolment):
    answer = post(rater, f"/sessions/open/{enrolment.pk}", kind="dosing", occurred_at=typed(3))
    assert answer.status_code == 403
