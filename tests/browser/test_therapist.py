"""A therapist's work in a real browser: with the mouse, with JavaScript off, and with the keyboard alone."""

import pytest

from tests.browser import walks
from tests.browser.hands import Hands, Keys

ALIASES = ["default", "accounts", "research", "auditor", "checkin"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=ALIASES)]


def test_a_session_is_recorded_signed_and_amended(clinic, tab, therapist, participant):
    hands = Hands(tab())
    walks.sign_in(hands, clinic, therapist.email)
    walks.record_a_session(hands, participant.code)
    facts = ("124/78", "80 mg", "H-0417", "Lantern room", walks.NOTE, "1 person still has to sign")
    assert [fact for fact in facts if fact not in hands.reads()] == []
    walks.amend_note(hands, "Asked for the blanket at the second hour.")
    facts = ("Superseded", "Changed", "Note: amended", walks.NOTE)
    assert [fact for fact in facts if fact not in hands.reads()] == []
    assert hands.page.complaints == []


def test_a_session_is_recorded_without_javascript(clinic, tab, therapist, participant):
    hands = Hands(tab(java_script_enabled=False))
    walks.sign_in(hands, clinic, therapist.email)
    walks.record_a_session(hands, participant.code)
    assert "1 person still has to sign this version." in hands.reads()


def test_a_session_is_recorded_with_the_keyboard_alone(clinic, tab, therapist, participant):
    keys = Keys(tab())
    walks.sign_in(keys, clinic, therapist.email)
    walks.record_a_session(keys, participant.code)
    assert "1 person still has to sign this version." in keys.reads()


def test_a_dosing_day_is_whole_with_the_second_signature(clinic, tab, therapist, physician, participant):
    hands = Hands(tab())
    walks.sign_in(hands, clinic, therapist.email)
    walks.record_a_session(hands, participant.code)
    second = Hands(tab())
    walks.sign_in(second, clinic, physician.email)
    second.page.goto(hands.page.url)
    walks.sign(second)
    assert "The record is signed as it stands." in second.reads()


def test_a_questionnaire_is_entered_and_stands_on_the_participants_page(clinic, tab, therapist, participant):
    hands = Hands(tab())
    walks.sign_in(hands, clinic, therapist.email)
    walks.find(hands, participant.code)
    hands.follow("Enter an assessment")
    hands.follow("Patient Health Questionnaire-9")
    for item in range(9):
        hands.pick("Several days", question=item)
    hands.press("Store")
    # The ninth answer must be acted on, and the page says so at once.
    assert "Endorsed: act on it" in hands.reads()
    walks.find(hands, participant.code)
    assert "PHQ-9 was 9" in hands.reads()
