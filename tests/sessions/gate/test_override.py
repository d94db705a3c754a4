"""Overriding the gate: a reason, a physician and a second person, for what closes it and for today."""

import pytest
from django.urls import reverse

from clinic.rows import rows_of
from sessions.models import GateOverride
from sessions.services.sessions import open_session
from tests import make
from tests.database import database_role
from tests.sessions.gate import morning
from tests.sessions.gate.test_authorise import FORM, decision_url

pytestmark = pytest.mark.django_db
REASON = "Breakfast at six instead of five; the physician has weighed it."


@pytest.fixture
def closed_by_one(ready, therapist, site):
    """A gate that one red condition closes."""
    with rows_of([site.pk]):
        morning.find(ready, therapist, "food_and_drink", "not_as_agreed")
    return ready


def ask(post, session, user, reason=REASON):
    """Ask for an override."""
    url = reverse("sessions:gate-override", args=[session.pk])
    return post(user, url, reason=reason, password=make.PASSWORD)


def the_override(session) -> GateOverride:
    """The one that is there."""
    with rows_of([session.site_id]):
        return GateOverride.objects.get()


def countersign(post, session, user):
    """Sign it as the second person."""
    url = reverse("sessions:gate-countersign", args=[session.pk, the_override(session).pk])
    return post(user, url, password=make.PASSWORD)


def authorise(post, session, user, of=None):
    """Authorise under it."""
    return post(user, decision_url(session), **{**FORM, "override": str(the_override(of or session).pk)})


def test_two_people_open_the_gate_and_it_shows_for_ever(closed_by_one, physician, therapist, post, client_of):
    assert ask(post, closed_by_one, physician).status_code == 302
    assert countersign(post, closed_by_one, therapist).status_code == 302
    assert authorise(post, closed_by_one, physician).status_code == 302
    url = reverse("sessions:session", args=[closed_by_one.pk])
    page = client_of(physician).get(url).content.decode()
    assert "The gate was overridden." in page and "Food and drink as agreed" in page


def test_one_person_alone_does_not(closed_by_one, physician, post):
    ask(post, closed_by_one, physician)
    assert authorise(post, closed_by_one, physician).status_code == 400


def test_the_same_person_does_not_sign_twice(closed_by_one, physician, post):
    ask(post, closed_by_one, physician)
    assert b"You have already signed this version" in countersign(post, closed_by_one, physician).content


def test_two_therapists_without_a_physician_do_not(closed_by_one, physician, therapist, co_therapist, post):
    ask(post, closed_by_one, therapist)
    countersign(post, closed_by_one, co_therapist)
    assert b"The gate is not open" in authorise(post, closed_by_one, physician).content


def test_it_covers_nothing_that_came_after(closed_by_one, physician, therapist, post, site):
    ask(post, closed_by_one, physician)
    countersign(post, closed_by_one, therapist)
    with rows_of([site.pk]):
        morning.find(closed_by_one, therapist, "contact_point", "not_proven")
    assert b"The gate is not open" in authorise(post, closed_by_one, physician).content


def test_another_sessions_override_does_not_count(closed_by_one, physician, therapist, post, site):
    ask(post, closed_by_one, physician)
    countersign(post, closed_by_one, therapist)
    enrolment = closed_by_one.enrolment
    with rows_of([site.pk]):
        other = open_session(by=therapist, enrolment=enrolment, kind="dosing", occurred_at=morning.ago(10))
    assert authorise(post, other, physician, of=closed_by_one).status_code == 400


def test_yesterdays_override_does_not_count(closed_by_one, physician, therapist, post, site):
    ask(post, closed_by_one, physician)
    countersign(post, closed_by_one, therapist)
    with rows_of([site.pk]), database_role(None):
        GateOverride.objects.update(occurred_at=morning.ago(13 * 60))
    assert b"The gate is not open" in authorise(post, closed_by_one, physician).content


def test_a_reason_is_needed(closed_by_one, physician, post):
    assert ask(post, closed_by_one, physician, reason="No").status_code == 400


def test_an_open_gate_has_nothing_to_override(ready, physician, post):
    assert b"nothing to override" in ask(post, ready, physician).content


def test_a_pharmacist_may_not(closed_by_one, pharmacist, post):
    assert ask(post, closed_by_one, pharmacist).status_code == 403


def test_sent_twice_it_is_one(closed_by_one, physician, client_of, site):
    facts = {"id": make.new_id(), "reason": REASON, "password": make.PASSWORD}
    browser, url = client_of(physician), reverse("sessions:gate-override", args=[closed_by_one.pk])
    assert [browser.post(url, facts).status_code for _ in range(2)] == [302, 302]
    assert the_override(closed_by_one).conditions == ["fasting"]
