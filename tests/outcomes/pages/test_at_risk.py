"""An answer that must be acted on says at once what to do, whatever the total, and never that somebody is safe."""

import re

import pytest
from django.utils import timezone

from clinic.rows import rows_of
from outcomes.at_risk import DUTIES, Level, advice_for
from outcomes.models import Assessment
from outcomes.services.assessments import record_assessment
from tests import make, pseudo

pytestmark = pytest.mark.django_db
NEVER_SAID = re.compile(r"\b(safe|clear|low risk)\b", re.IGNORECASE)
ALL_NO = {"item_1": 0, "item_2": 0, "item_6": 0}


def sent(**answers):
    return {"id": make.new_id(), "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), **answers}


@pytest.mark.parametrize(
    ("key", "answers", "level"),
    [
        ("phq9", {"item_9": 0}, None),
        ("phq9", {"item_9": 1}, Level.YELLOW),
        ("phq9", {"item_9": 2}, Level.AMBER),
        ("phq9", {"item_1": 3}, None),
        ("cssrs_screener", ALL_NO, None),
        ("cssrs_screener", ALL_NO | {"item_1": 1}, Level.YELLOW),
        ("cssrs_screener", ALL_NO | {"item_2": 1, "item_3": 0, "item_4": 0, "item_5": 0}, Level.YELLOW),
        ("cssrs_screener", ALL_NO | {"item_2": 1, "item_3": 1, "item_4": 0, "item_5": 0}, Level.AMBER),
        ("cssrs_screener", ALL_NO | {"item_4": 1}, Level.RED),
        ("cssrs_screener", ALL_NO | {"item_5": 1}, Level.RED),
        ("cssrs_screener", ALL_NO | {"item_6": 1, "item_6_recent": 0}, Level.AMBER),
        ("cssrs_screener", ALL_NO | {"item_6": 1, "item_6_recent": 1}, Level.RED),
        ("cssrs_screener", ALL_NO | {"item_6": 1}, Level.RED),
        ("cssrs_screener", {"item_1": 0}, Level.YELLOW),
        ("cssrs_screener", {}, Level.YELLOW),
        ("daily_checkin", {"not_wanting_to_be_alive": 1}, Level.YELLOW),
        ("madrs", {"total": 9, "item_10": 4}, Level.AMBER),
        ("gad7", {"item_1": 3}, None),
    ],
)
def test_the_level_of_an_answer(key, answers, level):
    found = advice_for(key, answers)
    assert (found.level if found else None) == level


def test_no_duty_says_that_somebody_is_safe():
    for duty in DUTIES.values():
        assert not [words for words in (duty.title, *duty.steps) if NEVER_SAID.search(str(words))]


def test_the_page_after_saving_and_the_participants_page_say_what_to_do(client_of, therapist, enrolment):
    client = client_of(therapist)
    address = f"/outcomes/enrolments/{enrolment.pk}/assess/phq9/"
    page = client.post(address, sent(item_9=1), follow=True).content.decode()
    assert "The C-SSRS by staff today" in page and "tel:131114" in page and not NEVER_SAID.search(page)
    person = client.get(f"/outcomes/participants/{enrolment.participant_id}/").content.decode()
    assert "The C-SSRS by staff today" in person and "PHQ-9 item 9 answered above 0" in person


def test_a_lower_score_later_does_not_take_it_away(client_of, therapist, enrolment):
    with rows_of([enrolment.site_id]):
        for answer in (2, 0):
            record_assessment(
                by=therapist, enrolment=enrolment, instrument="phq9", mode="staff", answers={"item_9": answer}
            )
    page = client_of(therapist).get(f"/outcomes/participants/{enrolment.participant_id}/").content.decode()
    assert "A clinician today" in page


def test_a_rater_is_told_as_well(client_of, rater, enrolment):
    address = f"/outcomes/enrolments/{enrolment.pk}/assess/madrs/"
    page = client_of(rater).post(address, sent(total="12", item_10="4"), follow=True).content.decode()
    assert "MADRS item 10 rated 4 or more" in page and "A clinician speaks with the person" in page


def test_a_rater_sees_nobodys_sitting(client_of, rater, therapist, enrolment):
    with rows_of([enrolment.site_id]):
        row = record_assessment(
            by=therapist, enrolment=enrolment, instrument="phq9", mode="staff", answers={"item_9": 1}
        )
    assert client_of(rater).get(f"/outcomes/assessments/{row.pk}/").status_code == 403


def test_the_sitting_shows_bands_rules_limits_and_answers(client_of, therapist, participant, enrolment):
    client = client_of(therapist)
    answers = {f"item_{number}": 2 for number in range(1, 21)}
    page = client.post(f"/outcomes/enrolments/{enrolment.pk}/assess/pcl5/", sent(**answers), follow=True)
    text = page.content.decode()
    assert "Meets the symptom rule for provisional PTSD" in text and "33 or more" in text
    with rows_of([enrolment.site_id]):
        assert Assessment.objects.get().criteria == {"provisional_ptsd": True}


def test_single_sensitive_answers_are_for_those_who_treat(client_of, therapist, auditor, enrolment):
    with rows_of([enrolment.site_id]):
        row = record_assessment(
            by=therapist, enrolment=enrolment, instrument="ace10", mode="staff", answers={"sexual_abuse": 1}
        )
    pages = [
        client_of(user).get(f"/outcomes/assessments/{row.pk}/").content.decode()
        for user in (therapist, auditor)
    ]
    assert ["Sexual abuse" in page for page in pages] == [True, False]


def test_every_text_is_translated(client_of, therapist, participant, enrolment):
    with rows_of([enrolment.site_id]):
        row = record_assessment(
            by=therapist, enrolment=enrolment, instrument="phq9", mode="staff", answers={"item_9": 1}
        )
    with pseudo.language():
        html = client_of(therapist).get(f"/outcomes/assessments/{row.pk}/").content.decode()
    data = (participant.code, "Wren", "Harbour", therapist.name)
    assert pseudo.untranslated(html, data=data) == []
