"""The participant page and the pages to enter an assessment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import AccessEvent
from clinic.rows import rows_of
from outcomes.instruments.wordings import wording
from outcomes.models import Assessment
from outcomes.services.assessments import record_assessment
from tests import make, pseudo
from tests.database import database_role
from tests.outcomes.conftest import PHQ9_ANSWERS

pytestmark = pytest.mark.django_db


def url(participant):
    """The page."""
    return f"/outcomes/participants/{participant.pk}/"


def assess(enrolment, key):
    """Where a sitting is entered."""
    return f"/outcomes/enrolments/{enrolment.pk}/assess/{key}/"


def sit(enrolment, by, count=1):
    """Some sittings with the PHQ-9."""
    with rows_of([enrolment.site_id]):
        for days in range(count):
            at = timezone.now() - timedelta(days=days)
            record_assessment(
                by=by,
                enrolment=enrolment,
                instrument="phq9",
                mode="staff",
                answers=PHQ9_ANSWERS,
                occurred_at=at,
            )


def form(**more):
    """A sitting now."""
    return {"id": make.new_id(), "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), **more}


def test_two_identifiers_leave_one_access_event(client_of, therapist, participant, enrolment):
    page = client_of(therapist).get(url(participant)).content.decode()
    assert participant.code in page and "Wren" in page and "17 May 1984" in page
    with database_role("auditor"), rows_of([participant.site_id]):
        assert AccessEvent.objects.filter(kind=AccessEvent.Kind.IDENTITY).count() == 1


def test_auditor_sees_the_code_alone(client_of, auditor, participant, enrolment):
    page = client_of(auditor).get(url(participant)).content.decode()
    assert participant.code in page and "Wren" not in page and "1984" not in page


def test_rater_sees_no_session_dose_or_outcome(client_of, rater, therapist, participant, enrolment):
    sit(enrolment, therapist)
    page = client_of(rater).get(url(participant)).content.decode()
    assert not [word for word in ("Sessions", "Doses", "PHQ-9", "Check-ins", "Wren") if word in page]


def test_who_may_not(client_of, coordinator, administrator, therapist_elsewhere, participant):
    people = (coordinator, administrator, therapist_elsewhere)
    assert [client_of(user).get(url(participant)).status_code for user in people] == [403, 403, 404]


def test_chart_and_tabs(client_of, therapist, participant, enrolment):
    sit(enrolment, therapist, 3)
    client = client_of(therapist)
    page = client.get(url(participant)).content.decode()
    assert "<svg" in page and "The numbers as a table" in page
    assert client.get(url(participant) + "?instrument=nothing").status_code == 200


def test_a_safety_question_answered_yes_stands_on_the_page(client_of, therapist, participant, enrolment):
    client, words = client_of(therapist), "A safety question was answered yes"
    assert words not in client.get(url(participant)).content.decode()
    sit(enrolment, therapist)
    assert words in client.get(url(participant)).content.decode()


def test_sittings_stand_in_the_order_in_which_they_were_answered(
    client_of, therapist, participant, enrolment
):
    sit(enrolment, therapist, 3)
    lines = client_of(therapist).get(url(participant) + "assessments/").context["lines"]
    answered = [line["row"].occurred_at for line in lines]
    assert answered == sorted(answered, reverse=True)


@pytest.mark.parametrize("count", [5, 60])
def test_ten_queries(client_of, therapist, participant, enrolment, count):
    sit(enrolment, therapist, count)
    client = client_of(therapist)
    with CaptureQueriesContext(connection) as seen:
        client.get(url(participant))
    free = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    counted = [q["sql"] for q in seen if not q["sql"].startswith(free) and "set_config" not in q["sql"]]
    assert len(counted) <= 10, "\n".join(counted)


def test_every_text_is_translated(client_of, therapist, participant, enrolment):
    sit(enrolment, therapist, 2)
    with pseudo.language():
        html = client_of(therapist).get(url(participant)).content.decode()
    assert (
        pseudo.untranslated(
            html, data=(participant.code, "Wren", "Harbour", "PHQ-9", "MDMA for PTSD", therapist.name)
        )
        == []
    )


def test_items_stand_in_their_own_words(client_of, therapist, enrolment):
    page = client_of(therapist).get(assess(enrolment, "phq9")).content.decode()
    words = wording("phq9")
    assert all(
        question.text.replace("'", "&#x27;").replace("&#x27;", "&#x27;") in page
        for question in words.questions
    )
    assert words.attribution.split(",")[0] in page


def test_enter_items(client_of, therapist, enrolment):
    sent, client = form(**PHQ9_ANSWERS), client_of(therapist)
    answers = [client.post(assess(enrolment, "phq9"), sent).status_code for _time in range(2)]
    with rows_of([enrolment.site_id]):
        row = Assessment.objects.get()
    assert answers == [302, 302] and (row.score, row.band, row.safety) == (9, "mild", ["item_9"])
    assert client.post(assess(enrolment, "phq9"), {**sent, "item_1": 3}).status_code == 409


def test_missing_items_are_not_scorable(client_of, therapist, enrolment):
    client_of(therapist).post(assess(enrolment, "phq9"), form(item_1=1, item_2=1))
    with rows_of([enrolment.site_id]):
        row = Assessment.objects.get()
    assert (
        row.score is None
        and row.missing_reason == "too_many_missing"
        and row.answers == {"item_1": 1, "item_2": 1}
    )


@pytest.mark.parametrize(
    "wrong", [{"item_1": 4}, {"item_1": "x"}, {}, {"occurred_at": "2999-01-01T10:00"}, {"id": "x"}]
)
def test_wrong_items(client_of, therapist, enrolment, wrong):
    sent = {**form(item_2=1), **wrong} if wrong else form()
    assert client_of(therapist).post(assess(enrolment, "phq9"), sent).status_code == 400
    with rows_of([enrolment.site_id]):
        assert not Assessment.objects.exists()


def test_interviews_are_for_raters(client_of, therapist, rater, enrolment):
    assert client_of(therapist).get(assess(enrolment, "caps5")).status_code == 403
    assert client_of(rater).get(assess(enrolment, "phq9")).status_code == 403
    assert client_of(rater).post(assess(enrolment, "caps5"), form(total="81")).status_code == 400
    assert (
        client_of(rater).post(assess(enrolment, "caps5"), form(total="44", visit="baseline")).status_code
        == 302
    )
    with rows_of([enrolment.site_id]):
        assert (Assessment.objects.get().score, Assessment.objects.get().mode) == (44, "rater")


def test_a_form_without_its_text_is_entered_by_number(client_of, therapist, enrolment):
    client = client_of(therapist)
    page = client.get(assess(enrolment, "dast10")).content.decode()
    assert "Item 3" in page and "The text of this measure may not be shown here" in page
    client.post(assess(enrolment, "dast10"), form(**dict.fromkeys([f"item_{n}" for n in range(1, 11)], 0)))
    with rows_of([enrolment.site_id]):
        row = Assessment.objects.get()
    assert (row.score, row.band, row.answers["item_3"]) == (1, "low", 0)


def test_a_held_text_is_not_shown(client_of, therapist, enrolment):
    page = client_of(therapist).get(assess(enrolment, "cssrs_screener")).content.decode()
    assert "wished you were dead" not in page and "Item 6, within the past 3 months" in page


def test_an_answer_that_no_form_has_is_refused(client_of, therapist, enrolment):
    page = client_of(therapist).post(assess(enrolment, "audit"), form(item_9=1))
    assert page.status_code == 400


def test_total_of_a_questionnaire(client_of, therapist, enrolment):
    client_of(therapist).post(assess(enrolment, "pcl5") + "?total", form(total="33"))
    with rows_of([enrolment.site_id]):
        assert Assessment.objects.get().score == 33


def test_other_pages(client_of, therapist, rater, therapist_elsewhere, participant, enrolment):
    sit(enrolment, therapist, 2)
    listed, choose = f"{url(participant)}assessments/", f"/outcomes/enrolments/{enrolment.pk}/assess/"
    assert client_of(therapist).get(listed).status_code == client_of(therapist).get(choose).status_code == 200
    assert client_of(rater).get(choose).status_code == 200 and client_of(rater).get(listed).status_code == 403
    assert client_of(therapist_elsewhere).get(choose).status_code == 404
    assert client_of(therapist).get(assess(enrolment, "nothing")).status_code == 404
