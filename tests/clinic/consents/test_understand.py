"""The check of understanding: one question a page, kept with the consent, shown to staff, blocking nothing."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from clinic.consents.questions import newest
from clinic.models import AuditEvent, Understanding
from clinic.rows import rows_of
from clinic.services.consents import withdraw_consent
from clinic.services.understanding import start_understanding, understanding_answered
from tests import make

pytestmark = pytest.mark.django_db
QUESTIONS = newest().questions
RIGHT = {question.key: list(question.correct) for question in QUESTIONS}


@pytest.fixture
def treatment(participant, therapist):
    return make.consent(participant, "treatment", by=therapist, minutes_ago=10)


@pytest.fixture
def tablet(client_of, therapist):
    """The clinic's tablet, with the therapist signed in."""
    return client_of(therapist)


def begin(tablet, treatment) -> str:
    """The address below which the questions are."""
    url = f"/participants/{treatment.participant_id}/consents/{treatment.pk}/understanding"
    answer = tablet.post(url, {"id": make.new_id()})
    assert answer.status_code == 302
    return answer["Location"].removesuffix("1")


def answer_all(tablet, base, **wrong) -> None:
    """Go through all the questions, and finish."""
    for number, question in enumerate(QUESTIONS, 1):
        sent = {question.key: wrong.get(question.key, RIGHT[question.key])}
        assert tablet.post(f"{base}{number}", sent).status_code == 302
    assert tablet.post(f"{base}done").status_code == 302


def stored(treatment) -> Understanding:
    with rows_of([treatment.site_id]):
        return Understanding.objects.get()


def test_a_missed_answer_is_kept_with_the_consent_and_shown_to_staff(tablet, treatment, therapist):
    base = begin(tablet, treatment)
    answer_all(tablet, base, helps=["everybody"])
    row = stored(treatment)
    assert (row.consent_id, row.version, row.score, row.asked) == (treatment.pk, "1", 7, 8)
    assert row.answers["helps"] == ["everybody"] and row.taken_with == therapist and row.finished_at
    page = tablet.get(f"/participants/{treatment.participant_id}/consents").content.decode()
    assert "1 thing to explain again" in page and "Whom does it help?" in page and "7 of 8 right" in page
    told = tablet.get(f"{base}done").content.decode()
    assert "Everybody who takes part" in told and told.index("Whom does it help?") < told.index(
        "approved medicine"
    )


def test_a_question_has_no_default_and_shows_nobodys_name_or_code(tablet, treatment, participant):
    base = begin(tablet, treatment)
    page = tablet.get(f"{base}1").content.decode()
    assert page.count('type="radio"') == 3 and "checked" not in page
    assert "Wren" not in page and participant.code not in page


def test_an_empty_answer_is_asked_again(tablet, treatment):
    base = begin(tablet, treatment)
    page = tablet.post(f"{base}1")
    assert page.status_code == 400 and "Choose an answer." in page.content.decode()
    assert stored(treatment).answers == {}


def test_a_choice_that_is_not_there_is_refused(tablet, treatment):
    base = begin(tablet, treatment)
    assert tablet.post(f"{base}1", {"approval": "party"}).status_code == 400


def test_nobody_jumps_ahead_and_one_may_go_back(tablet, treatment):
    base = begin(tablet, treatment)
    assert tablet.get(f"{base}5")["Location"] == f"{base}1" == tablet.get(f"{base}done")["Location"]
    tablet.post(f"{base}1", {"approval": "approved"})
    page = tablet.get(f"{base}1").content.decode()
    assert "checked" not in page and "You have been here before" in page
    assert tablet.post(f"{base}1", {"csrf": "x"})["Location"] == f"{base}2"
    assert stored(treatment).answers == {"approval": ["approved"]}
    tablet.post(f"{base}1", {"approval": "declined"})
    assert stored(treatment).answers == {"approval": ["declined"]}


def test_what_is_finished_is_not_changed_and_may_be_asked_again(tablet, treatment):
    base = begin(tablet, treatment)
    answer_all(tablet, base, body=["none"])
    assert tablet.post(f"{base}4", {"body": "rise"})["Location"] == f"{base}done"
    assert tablet.post(f"{base}done").status_code == 302
    answer_all(tablet, begin(tablet, treatment))
    with rows_of([treatment.site_id]):
        assert list(Understanding.objects.finished().values_list("score", flat=True)) == [8, 7]
    page = tablet.get(f"/participants/{treatment.participant_id}/consents").content.decode()
    assert "Everything was answered as explained" in page
    assert "7 of 8 right" in tablet.get(
        f"/participants/{treatment.participant_id}/consents/{treatment.pk}"
    ).content.decode()  # fmt: skip


def test_only_consent_to_treatment_in_force_is_asked_about(tablet, treatment, participant, therapist):
    other = make.consent(participant, "recording", by=therapist)
    with rows_of([participant.site_id]):
        withdraw_consent(by=therapist, consent=treatment)
    for consent in (other, treatment):
        url = f"/participants/{participant.pk}/consents/{consent.pk}/understanding"
        page = tablet.post(url, {"id": make.new_id()})
        assert page.status_code == 400 and "consent to treatment that is in force" in page.content.decode()
    assert tablet.post(url, {"id": "x"}).status_code == 400


def test_a_second_tap_on_the_button_begins_nothing_new(tablet, treatment):
    url, sent = (
        f"/participants/{treatment.participant_id}/consents/{treatment.pk}/understanding",
        {"id": make.new_id()},
    )
    assert tablet.post(url, sent)["Location"] == tablet.post(url, sent)["Location"]
    stored(treatment)


def test_the_gate_may_ask_whether_it_was_answered(tablet, treatment, participant, therapist):
    base = begin(tablet, treatment)
    with rows_of([participant.site_id]):
        assert not understanding_answered(participant)
    answer_all(tablet, base, helps=["nobody"])
    with rows_of([participant.site_id]):
        assert understanding_answered(participant) and not understanding_answered(
            participant, treatment.given_at
        )
        withdraw_consent(by=therapist, consent=treatment)
        assert not understanding_answered(participant)
    make.consent(participant, "treatment", by=therapist)
    with rows_of([participant.site_id]):
        assert not understanding_answered(participant)


def test_the_api_records_all_at_once_and_lists(client_of, tablet, treatment, participant, auditor):
    address = f"/api/v1/participants/{participant.pk}/understandings/"
    times = {"started_at": "2026-01-05T09:00:00Z", "finished_at": "2026-01-05T09:04:00Z"}
    body = {"id": make.new_id(), "consent": str(treatment.pk), "version": "1", "answers": RIGHT, **times}
    sent = [tablet.post(address, body, content_type="application/json") for _time in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    (row,) = client_of(auditor).get(address).json()
    assert (row["score"], row["asked"], row["answers"]) == (8, 8, RIGHT)
    theirs = {**body, "id": make.new_id(), "consent": make.new_id()}
    assert tablet.post(address, theirs, content_type="application/json").status_code == 404


def test_every_answer_is_audited_with_who_was_present(tablet, treatment, therapist, logins):
    answer_all(tablet, begin(tablet, treatment))
    with rows_of([treatment.site_id], using="auditor"):
        events = AuditEvent.objects.using("auditor").filter(table="clinic_understanding").order_by("id")
        assert [event.operation for event in events] == ["I", *"UUUUUUUU", "U"]
        assert {event.actor for event in events} == {str(therapist.pk)}


def test_research_has_no_right_on_the_answers(treatment, logins):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        rows_of([treatment.site_id], using="research"),
    ):
        list(Understanding.objects.using("research").all())


@pytest.mark.database
def test_another_sites_rows_are_not_there_and_cannot_be_pointed_at(treatment, therapist, elsewhere):
    with rows_of([treatment.site_id]):
        row = start_understanding(by=therapist, consent=treatment)
    with rows_of([elsewhere.pk]):
        assert not Understanding.objects.exists()
    facts = {
        "version": "1",
        "language": "en",
        "asked": 8,
        "taken_with": therapist,
        "started_at": timezone.now(),
    }
    with rows_of([elsewhere.pk]), pytest.raises(IntegrityError, match="site_fk"), transaction.atomic():
        Understanding.objects.create(
            site=elsewhere, participant_id=row.participant_id, consent=treatment, **facts
        )


@pytest.mark.database
def test_a_score_without_an_end_is_refused_by_the_database(treatment, therapist, rows):
    row = start_understanding(by=therapist, consent=treatment)
    for wrong in ({"score": 3}, {"finished_at": timezone.now()}, {"score": 9, "finished_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="scored_when_finished"), transaction.atomic():
            Understanding.objects.filter(pk=row.pk).update(**wrong)


def test_another_sites_staff_find_nothing(tablet, treatment, client_of, therapist_elsewhere):
    base, stranger = begin(tablet, treatment), client_of(therapist_elsewhere)
    assert [stranger.get(f"{base}{page}").status_code for page in ("1", "done")] == [404, 404]
    assert stranger.post(f"{base}1", {"approval": "declined"}).status_code == 404
