"""What the rules are told of an enrolment: what stands, what is signed, how old somebody is."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from clinic.models import Participant, Signature
from clinic.permissions import Action
from clinic.rows import rows_of
from sessions.decisions import enrolment_of
from sessions.evidence import age_in_years
from sessions.models import EligibilityDecision, MedicineClearance
from sessions.screening.catalogue import NOT_GIVEN, Kind, catalogue
from tests import screened
from tests.database import counted_queries
from tests.sessions.eligibility.conftest import SHOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("protocol", "logins")]
CHOICES = [one for one in catalogue().factors.values() if one.kind is Kind.CHOICE]
ANSWERS = [
    (one.key, value) for one in CHOICES for value in (*NOT_GIVEN, *(each.value for each in one.options))
]


def rules_in(found, verdict: str) -> list[str]:
    return [one["rule"] for one in found.results if one["verdict"] == verdict]


def test_what_was_corrected_or_entered_in_error_is_not_weighed(enrolment, therapist, physician):
    former = screened.finding(enrolment, "psychotic_disorder", "past", by=therapist)
    assert "rule.psychotic_disorder" in rules_in(screened.results(enrolment, by=physician), "exclude")
    screened.finding(enrolment, "psychotic_disorder", "never", by=therapist, replaces=former)
    found = screened.results(enrolment, by=physician)
    assert rules_in(found, "exclude") == [] and len(found.facts["findings"]) == 1


def test_a_clearance_counts_when_it_is_signed(enrolment, therapist, physician):
    medicine = screened.medicine(enrolment, "Sertraline", by=therapist)
    of = {"site_id": enrolment.site_id}
    with rows_of([enrolment.site_id], str(physician.pk)):
        row = MedicineClearance.objects.create(
            **of, medication=medicine, occurred_at=timezone.now(), recorded_by=physician,
            words_sealed=b"sealed", sha256="a" * 64,
        )  # fmt: skip
        assert screened.results(enrolment, by=physician).facts["medicines"][0]["cleared"] is False
        signed = {"record": "clearance", "record_id": row.pk, "meaning": "review", "record_sha256": "a" * 64}
        Signature.objects.create(**of, signer=physician, signer_name="P", **signed)
    assert screened.results(enrolment, by=physician).facts["medicines"][0]["cleared"] is True


@pytest.mark.parametrize(
    ("born", "year", "age"),
    [
        (dt.date(2008, 3, 1), 2008, 18),
        (dt.date(2008, 3, 2), 2008, 17),
        (None, 2008, 17),
        (None, None, None),
        (dt.date(1984, 2, 29), 1984, 42),
    ],
)
def test_the_age_is_that_of_the_day_and_never_too_high(born, year, age):
    assert age_in_years(born=born, birth_year=year, on=dt.date(2026, 3, 1)) == age


def test_who_may_not_read_the_identity_gets_the_age_from_the_year(enrolment, physician, auditor, site):
    with rows_of([site.pk], "tests"):
        Participant.objects.filter(pk=enrolment.participant_id).update(birth_year=1984)
        enrolment.participant.refresh_from_db()
    known = screened.results(enrolment, by=physician).facts["person"]["age_years"]
    assert screened.results(enrolment, by=auditor).facts["person"]["age_years"] in (known, known - 1)


@pytest.mark.parametrize("number", [1, 40])
def test_the_rules_cost_four_queries_whatever_is_recorded(enrolment, therapist, physician, number, rows):
    for _ in range(number):
        screened.finding(enrolment, "housing", "none", by=therapist)
        screened.medicine(enrolment, "Sertraline", by=therapist)
    whole = enrolment_of(physician, enrolment.pk, Action.READ_SCREENING)
    with counted_queries() as seen:
        screened.evaluate_enrolment(whole, timezone.now())
    assert len(seen) == 4, "\n".join(seen)


@hypothesis(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(answer=st.sampled_from(ANSWERS))
def test_a_finding_in_between_never_becomes_eligible_in_silence(
    answer, eligible, look, physician, therapist, enrolment
):
    before = SHOWN.search(look(physician, enrolment))[1]
    screened.finding(enrolment, *answer, by=therapist)
    response = eligible(physician, enrolment, results_sha256=before)
    assert response.status_code == 400
    with rows_of([enrolment.site_id]):
        assert not EligibilityDecision.objects.exists()
