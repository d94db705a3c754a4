"""A decision reads the same after every threshold and every sentence has changed."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone

from clinic.models import DataKey
from clinic.rows import rows_of
from sessions.models import EligibilityDecision
from sessions.screening import evaluate as judging
from sessions.screening import rules as rules_of_files
from sessions.services import evaluation
from sessions.services.protocols import move_to
from tests import screened
from tests.make import PASSWORD

pytestmark = pytest.mark.django_db
FRAME = re.compile(r'<article [^>]*id="frozen".*?</article>', re.DOTALL)


@pytest.fixture
def decision(protocol, decide, physician, enrolment, therapist):
    """Not eligible, by rules with limits and without, over findings and a medicine."""
    for factor, value in (
        ("blood_pressure", [["150", "95"], ["148", "92"]]),
        ("weight", "44"),
        ("housing", "none"),
        ("psychotic_disorder", "past"),
    ):
        screened.finding(enrolment, factor, value, by=therapist)
    screened.medicine(enrolment, "Phenelzine", by=therapist, stopped=True, last_taken_on="2026-01-01")
    answer = decide(physician, enrolment, reasons=["rule.weight", "other"])
    assert answer.status_code == 302
    with rows_of([enrolment.site_id]):
        return EligibilityDecision.objects.get(enrolment=enrolment)


@pytest.fixture
def other_rules(monkeypatch):
    """Version 2 of the rules, with another sentence in each."""

    def switch():
        now = rules_of_files.rules()
        said = {one.key: "Reworded {limit}." if one.condition.limits else "Reworded." for one in now.rules}
        new = replace(
            now, version="2", rules=tuple(replace(one, sentence=said[one.key]) for one in now.rules)
        )
        monkeypatch.setattr(judging, "rules", lambda: new)
        monkeypatch.setattr(evaluation, "version", lambda of: "2")

    return switch


def frame_of(client_of, user, decision) -> str:
    html = client_of(user).get(f"/sessions/decisions/{decision.pk}").content.decode()
    return FRAME.search(html)[0]


def every_limit_changed() -> str:
    """The shipped file with another value under each threshold."""
    head, mark, limits = screened.TEXT.partition("[thresholds.")
    text, thresholds = head + mark + limits, re.compile(r"(\[thresholds\.\w+\]\nvalue = )(\d+)")
    changed, count = thresholds.subn(lambda found: f"{found[1]}{int(found[2]) + 7}", text)
    assert count == len(re.findall(r"^\[thresholds\.", screened.TEXT, re.MULTILINE)) > 10
    return changed


def test_a_decision_reads_the_same_byte_for_byte_when_every_limit_and_sentence_has_changed(
    client_of, physician, enrolment, decision, other_rules, look
):
    before, results = frame_of(client_of, physician, decision), look(physician, enrolment)
    newer = screened.protocol(enrolment.programme, every_limit_changed())
    other_rules()
    with rows_of([enrolment.site_id]):
        move_to(by=physician, enrolment=enrolment, protocol=newer, reason="New edition", password=PASSWORD)
    assert "Reworded" in look(physician, enrolment) and "Reworded" not in results
    assert frame_of(client_of, physician, decision) == before
    assert all(text in before for text in ("48 kg", "version 1", "A primary psychotic disorder is recorded"))


def test_under_another_protocol_the_decision_says_that_it_counts_no_more(
    client_of, physician, enrolment, decision
):
    newer = screened.protocol(enrolment.programme, every_limit_changed())
    with rows_of([enrolment.site_id]):
        move_to(by=physician, enrolment=enrolment, protocol=newer, reason="New edition", password=PASSWORD)
    html = client_of(physician).get(f"/sessions/decisions/{decision.pk}").content.decode()
    assert "No dose can be authorised on this decision." in html


def test_a_finding_that_is_corrected_later_reads_as_it_did(
    client_of, physician, enrolment, decision, therapist
):
    before = frame_of(client_of, physician, decision)
    with rows_of([enrolment.site_id]):
        former = enrolment.screeningfinding_rows.get(factor="weight")
    screened.finding(enrolment, "weight", "80", by=therapist, replaces=former)
    assert frame_of(client_of, physician, decision) == before and "44 kg" in before


def test_words_whose_key_was_destroyed_are_said_to_be_gone(client_of, auditor, enrolment, decision):
    with rows_of([enrolment.site_id], "tests"):
        DataKey.objects.filter(participant=enrolment.participant_id).update(
            wrapped=None, destroyed_at=timezone.now()
        )
    client = client_of(auditor)
    assert "cannot be read any more" in client.get(f"/sessions/decisions/{decision.pk}").content.decode()
