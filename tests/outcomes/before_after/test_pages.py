"""Before and after: one person factor by factor, and a programme without anybody's name."""

import pytest

from clinic.rows import rows_of
from outcomes.services.assessments import record_assessment
from sessions.services.findings import Answer, record_finding
from tests import make
from tests.sessions.day import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]


@pytest.fixture
def found(therapist):
    """Record one finding of an enrolment: found(enrolment, occasion, value, factor=…)."""

    def record(course, occasion, value, factor="seizure_history", minutes=60, **more):
        answer = Answer(factor=factor, source="interview", value=value, **more)
        with rows_of([course.site_id]):
            return record_finding(
                by=therapist, enrolment=course, occasion=occasion, occurred_at=at(minutes), answer=answer
            )

    return record


@pytest.fixture
def page(client_of, therapist, enrolment):
    """The page of the person, as a therapist sees it."""
    return lambda user=therapist: (
        client_of(user).get(f"/outcomes/enrolments/{enrolment.pk}/before-after/").content.decode()
    )


def test_what_newly_appeared_is_flagged(page, found, enrolment):
    found(enrolment, "baseline", "never", minutes=600)
    found(enrolment, "month6", "present")
    html = page()
    assert "Newly appeared" in html
    assert "worse than before" in html


def test_what_went_is_no_worsening(page, found, enrolment):
    found(enrolment, "baseline", "present", minutes=600)
    found(enrolment, "end", "never")
    html = page()
    assert "Gone" in html
    assert "worse than before" not in html


def test_a_slip_that_was_corrected_is_not_compared(page, found, enrolment):
    slip = found(enrolment, "baseline", "present", minutes=600)
    found(enrolment, "baseline", "never", minutes=590, replaces=slip, reason="Wrong box")
    found(enrolment, "end", "never")
    assert "Gone" not in page()


def test_the_morning_of_a_dosing_day_is_no_after(page, found, enrolment):
    found(enrolment, "baseline", "never", minutes=600)
    assert "Nothing to compare yet" in page()


@pytest.mark.parametrize(
    ("last", "word"), [(3, "Within noise"), (9, "Worse, reliable"), (13, "Worse, meaningful")]
)
def test_a_score_is_judged_by_its_published_limit_alone(last, word, page, therapist, enrolment):
    for total, minutes in ((2, 600), (last, 60)):
        answers = {f"item_{n}": min(4, max(0, total - 4 * (n - 1))) for n in range(1, 21)}
        with rows_of([enrolment.site_id]):
            record_assessment(
                by=therapist,
                enrolment=enrolment,
                instrument="pcl5",
                occurred_at=at(minutes),
                mode="staff",
                answers=answers,
            )
    html = page()
    assert word in html
    assert ("worse than before" in html) is (word != "Within noise")


def test_a_pharmacist_sees_factors_and_no_scores(page, pharmacist):
    html = page(pharmacist)
    assert 'id="factors"' in html
    assert 'id="scores"' not in html


@pytest.mark.parametrize(("people", "shown"), [(4, "fewer than 5"), (5, "5")])
def test_a_small_cell_is_hidden(people, shown, found, programme, site, therapist, client_of, coordinator):
    for _one in range(people):
        course = make.enrolment(make.participant(site, by=therapist), programme, by=therapist)
        found(course, "baseline", "never", minutes=600)
        found(course, "month6", "present")
    html = client_of(coordinator).get(f"/outcomes/programmes/{programme.pk}/before-after/").content.decode()
    row = html[html.index("Seizures") :]
    assert f'data-label="Newly appeared" class="n">{shown}<' in row
    assert 'data-label="Gone" class="n">fewer than 5<' in row
