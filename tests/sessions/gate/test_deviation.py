"""A dose that was taken is never refused: it is stored, marked for ever, and the physicians are paged."""

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from clinic.rows import rows_of
from sessions.models import DoseAdministration, DoseDecision, DoseDeviation
from sessions.services.paging import page
from tests.sessions.day import at, sent, typed
from tests.sessions.gate.test_authorise import by_page

pytestmark = pytest.mark.django_db


def dose(user, **more) -> dict:
    """What was given."""
    return {"part": "initial", "substance": "MDMA", "dose_mg": "80", "given_by": str(user.pk), **more}


def record(post, session, user, **more):
    """Record a dose by the page."""
    facts = dose(user, **{"occurred_at": typed(1), "decision": "none", **more})
    return post(user, reverse("sessions:doses", args=[session.pk]), **facts)


def kinds(session) -> list[list[str]]:
    """What each deviation says."""
    with rows_of([session.site_id]):
        return [row.kinds for row in DoseDeviation.objects.all()]


def the_deviation(session) -> DoseDeviation:
    """The one that is there."""
    with rows_of([session.site_id]):
        return DoseDeviation.objects.get()


def jobs() -> int:
    """Pages that wait for the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'page_physicians'")
        return cursor.fetchone()[0]


def test_without_authorisation_it_is_stored_marked_and_paged(session, therapist, post, client_of):
    assert record(post, session, therapist, deviation_reason="Taken before the screening.").status_code == 302
    assert kinds(session) == [["not-authorised"]]
    assert jobs() == 1
    shown = client_of(therapist).get(reverse("sessions:session", args=[session.pk])).content.decode()
    assert "was given without authorisation" in shown and "Taken before the screening." in shown


def test_the_api_refuses_it_as_little(session, therapist, call):
    url = reverse("sessions-api:doses", args=[session.pk])
    assert call(therapist, url, **dose(therapist, occurred_at=sent(1))).status_code == 201
    assert kinds(session) == [["not-authorised"]] and jobs() == 1


def test_sql_marks_it_too(session, therapist, site):
    facts = {"recorded_by": therapist, "given_by": therapist, "dose_mg": 80, "occurred_at": at(1)}
    with rows_of([site.pk]):
        DoseAdministration.objects.create(site=site, session=session, **facts)
    assert kinds(session) == [["not-authorised"]]


@pytest.fixture
def authorised(ready, physician, post, call, site) -> DoseDecision:
    """An authorisation of 80 mg."""
    assert by_page(ready, physician, post, call) == ""
    with rows_of([site.pk]):
        return DoseDecision.objects.get()


def test_under_an_authorisation_it_is_no_deviation(ready, authorised, therapist, post):
    answer = record(post, ready, therapist, decision=str(authorised.pk), occurred_at=typed(0))
    assert answer.status_code == 302
    assert kinds(ready) == [] and jobs() == 0


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"dose_mg": "81"}, "above"),
        ({"part": "supplemental"}, "other-part"),
        ({"substance": "psilocybin"}, "other-substance"),
        ({"minutes": 30}, "before"),
    ],
)
def test_what_differs_from_the_authorisation_is_named(ready, authorised, therapist, post, given, kind):
    more = {name: value for name, value in given.items() if name != "minutes"}
    at_time = typed(given.get("minutes", 0))
    answer = record(post, ready, therapist, decision=str(authorised.pk), occurred_at=at_time, **more)
    assert answer.status_code == 302
    assert kinds(ready) == [[kind]]


def test_one_authorisation_covers_one_dose(ready, authorised, therapist, post):
    facts = {"occurred_at": typed(0), "decision": str(authorised.pk)}
    record(post, ready, therapist, **facts)
    assert record(post, ready, therapist, **facts).status_code == 400
    assert record(post, ready, therapist).status_code == 302
    assert kinds(ready) == [["not-authorised"]]


def test_the_page_chooses_nothing_beforehand(ready, therapist, post):
    url = reverse("sessions:doses", args=[ready.pk])
    answer = post(therapist, url, **dose(therapist, occurred_at=typed(1)))
    assert b"Choose the authorisation, or say that there is none" in answer.content


def test_an_amended_dose_keeps_its_authorisation(ready, authorised, therapist, post, site):
    record(post, ready, therapist, decision=str(authorised.pk), occurred_at=typed(0))
    with rows_of([site.pk]):
        given = DoseAdministration.objects.get()
    url = reverse("sessions:amend", args=[ready.pk, "doses", given.pk])
    facts = dose(therapist, occurred_at=typed(0), dose_mg="75", reason="One capsule was smaller")
    assert post(therapist, url, **facts).status_code == 302
    with rows_of([site.pk]):
        assert DoseAdministration.objects.in_force().get().decision_id == authorised.pk
    assert kinds(ready) == []


def test_the_reason_may_come_later_and_comes_once(session, therapist, post):
    record(post, session, therapist)
    url = reverse("sessions:deviation-explain", args=[session.pk, the_deviation(session).pk])
    assert post(therapist, url, reason="It had been taken at home.").status_code == 302
    assert b"given before" in post(therapist, url, reason="Another reason.").content


def test_a_physician_reviews_it_and_the_mark_stays(session, therapist, physician, post, client_of):
    record(post, session, therapist)
    waiting = reverse("sessions:deviations")
    assert b"MDMA" in client_of(physician).get(waiting).content
    url = reverse("sessions:deviation-review", args=[session.pk, the_deviation(session).pk])
    assert post(therapist, url, words="Not mine to review").status_code == 403
    assert post(physician, url, words="Seen at 10:40, stable.").status_code == 302
    assert b"Nothing waits for a review" in client_of(physician).get(waiting).content
    shown = client_of(physician).get(reverse("sessions:session", args=[session.pk])).content.decode()
    assert "was given without authorisation" in shown and "Seen at 10:40, stable." in shown


def test_the_page_goes_to_every_physician_and_names_nobody(
    session, participant, therapist, physician, post, site, settings
):
    record(post, session, therapist)
    with rows_of([site.pk]):
        assert page(DoseDeviation.objects.get().pk) == 1
    (message,) = mail.outbox
    assert message.to == [physician.email]
    assert settings.SITE_URL + "/sessions/deviations" in message.body
    told = message.body + message.subject
    assert not [secret for secret in (participant.code, str(session.pk), "Wren") if secret in told]


def test_a_dose_that_is_not_stored_pages_nobody(session, therapist, post):
    record(post, session, therapist, dose_mg="0")
    assert jobs() == 0 and kinds(session) == []
