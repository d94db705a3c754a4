"""A check-in from the link to the answers: the therapist at a desk, the participant on a phone."""

import re

import pytest

from tests.browser import walks
from tests.browser.hands import Hands

ALIASES = ["default", "accounts", "research", "auditor", "checkin"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=ALIASES)]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def therapist_at_desk(clinic, tab, therapist, participant):
    """Signed in, on the participant's page."""
    hands = Hands(tab())
    walks.sign_in(hands, clinic, therapist.email)
    walks.find(hands, participant.code)
    return hands


def make_link(hands: Hands) -> str:
    """The address that the participant gets."""
    hands.follow("Make a check-in link")
    hands.press("Make the link")
    return hands.page.get_by_label("Link", exact=True).input_value()


def chosen(phone: Hands) -> int:
    """How many answers the page shows as chosen."""
    return phone.page.locator("main input:checked").count()


def number(phone: Hands) -> int:
    """Which of the eight questions is shown."""
    return int(re.search(r"Question (\d) of 8", phone.page.locator("body").inner_text())[1])


def answer(phone: Hands, rating: str) -> None:
    """One rating, and on."""
    phone.pick(rating)
    phone.press("Next")


def answer_to_the_end(phone: Hands) -> None:
    """From where it stands: ratings, hours of sleep, and the safety question."""
    while number(phone) < 8:
        if phone.page.locator("main .scale").count():
            answer(phone, "7")
        else:
            phone.page.locator("main input:not([type=hidden])").fill("6.5")
            phone.press("Next")
    phone.pick("No")
    phone.press("Next")


def read_at_the_desk(hands: Hands, code: str) -> str:
    """What the participant's page leads to."""
    walks.find(hands, code)
    assert "Answered" in hands.reads()
    hands.go(hands.page.locator("section[aria-labelledby=check-ins-h] .day a").first)
    return hands.reads()


def test_a_check_in_is_answered_on_a_phone_and_read_at_the_desk(therapist_at_desk, tab, participant):
    link = make_link(therapist_at_desk)
    phone = Hands(tab(**PHONE))
    phone.page.goto(link)
    phone.press("Start")
    answer(phone, "6")
    answer(phone, "3")
    phone.follow("Back")
    assert (chosen(phone), "You have been here before" in phone.reads()) == (0, True)
    answer(phone, "4")
    answer_to_the_end(phone)
    phone.write("Is there anything else you would like your team to read?", "Slept by the open window.")
    phone.press("Submit")
    assert "Your answers are with your team" in phone.reads()
    assert phone.page.complaints == []
    said = read_at_the_desk(therapist_at_desk, participant.code)
    assert "Slept by the open window." in said


def test_an_interrupted_check_in_goes_on_at_the_first_open_question(therapist_at_desk, tab):
    link = make_link(therapist_at_desk)
    phone = Hands(tab(**PHONE))
    phone.page.goto(link)
    phone.press("Start")
    answer(phone, "6")
    phone.page.reload()
    assert (number(phone), chosen(phone)) == (2, 0)
    phone.page.goto(link)
    phone.press("Go on")
    assert (number(phone), chosen(phone)) == (2, 0)


def test_a_link_that_was_used_is_dead(therapist_at_desk, tab):
    link = make_link(therapist_at_desk)
    phone = Hands(tab(**PHONE))
    phone.page.goto(link)
    phone.press("Start")
    answer_to_the_end(phone)
    phone.press("Submit")
    stranger = tab(**PHONE)
    assert (phone.page.goto(link).status, stranger.goto(link).status) == (410, 410)
