"""The register: who was turned away, for those who treat them; how many, for a report without identity."""

import csv
import io
from datetime import date

import pytest
from django.db import connections, transaction
from django.db.utils import ProgrammingError

from clinic.rows import rows_of
from sessions.models import EligibilityDecision
from tests import make, screened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("protocol", "logins")]


@pytest.fixture
def course(site, programme, therapist):
    """One more person in the programme, with a finding that excludes."""

    def add():
        enrolment = make.enrolment(make.participant(site, by=therapist), programme, by=therapist)
        screened.finding(enrolment, "psychotic_disorder", "past", by=therapist)
        return enrolment

    return add


def declined(enrolment, by, reason: str = "rule.psychotic_disorder"):
    return screened.decision(enrolment, by=by, outcome="not-eligible", reasons=[reason])


def counts(client_of, coordinator) -> list[dict]:
    text = client_of(coordinator).get("/sessions/register/counts.csv").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_staff_find_the_declined_with_code_and_reason(client_of, course, physician, therapist):
    person = course()
    declined(person, physician)
    html = client_of(therapist).get("/sessions/register").content.decode()
    assert person.participant.code in html and "A primary psychotic disorder is recorded" in html


def test_somebody_who_was_decided_on_again_stays_in_the_register(client_of, course, physician):
    person = course()
    declined(person, physician)
    screened.decision(person, by=physician, outcome="eligible")
    html = client_of(physician).get("/sessions/register").content.decode()
    assert "Decided again later" in html and html.count(person.participant.code) == 1


def test_another_site_finds_nobody(client_of, course, physician, therapist_elsewhere):
    person = course()
    declined(person, physician)
    html = client_of(therapist_elsewhere).get("/sessions/register").content.decode()
    assert person.participant.code not in html


def test_a_coordinator_gets_counts_from_five_on_and_no_code(client_of, course, physician, coordinator):
    people = [course() for _ in range(6)]
    for person in people[:5]:
        declined(person, physician)
    screened.decision(people[5], by=physician, outcome="eligible")
    html = client_of(coordinator).get("/sessions/register/counts").content.decode()
    assert not any(person.participant.code in html for person in people)
    lines = {(line["outcome"], line["reason"]): line["people"] for line in counts(client_of, coordinator)}
    # Two of three outcomes are hidden: with one gap, the total would fill it.
    assert lines[("not-eligible", "")] == "5" and lines[("eligible", "")] == lines[("defer", "")] == ""
    assert lines[("not-eligible", "rule.psychotic_disorder")] == "5"


def test_a_person_counts_once_a_quarter_by_the_last_decision(client_of, course, physician, coordinator):
    for _ in range(5):
        person = course()
        declined(person, physician)
        screened.decision(
            person, by=physician, outcome="defer", defer_until=date(2031, 1, 1), reasons=["other"]
        )
    lines = {(line["outcome"], line["reason"]): line["people"] for line in counts(client_of, coordinator)}
    assert lines[("defer", "")] == "5" and lines[("not-eligible", "")] == ""


def test_a_decision_that_nobody_countersigned_is_not_counted(
    client_of, course, physician, therapist, coordinator
):
    chosen = {
        "outcome": "eligible",
        "overridden": ["rule.psychotic_disorder"],
        "override_reason": "One episode",
        "physician": physician,
    }
    made = [screened.decision(course(), by=physician, **chosen) for _ in range(5)]
    assert counts(client_of, coordinator) == []
    with rows_of([made[0].site_id], "tests"):
        for row in made:
            screened.sign(row, by=therapist)
    assert counts(client_of, coordinator)[0]["people"] == "5"


def test_the_research_login_reads_no_evidence_and_no_words(course, physician, site):
    declined(course(), physician)
    for column in ("evidence", "rationale_sealed", "recorded_by_id"):
        with (
            rows_of([site.pk], using="research"),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(using="research"),
            connections["research"].cursor() as cursor,
        ):
            cursor.execute(f"SELECT {column} FROM therapy_eligibilitydecision")


def test_what_was_entered_in_error_is_in_no_register(client_of, course, physician, post):
    row = declined(course(), physician)
    post(physician, f"/sessions/decisions/{row.pk}/withdraw", reason="Another person")
    html = client_of(physician).get("/sessions/register").content.decode()
    assert "Nobody was declined or deferred" in html
    with rows_of([row.site_id]):
        assert EligibilityDecision.objects.get(pk=row.pk).entered_in_error_by == physician
