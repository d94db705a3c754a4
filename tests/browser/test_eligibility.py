"""Deciding on eligibility in a real browser: without JavaScript, with the keyboard alone, at every width and in both lights."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from clinic.permissions import Role
from tests import make, screened
from tests.browser import walks
from tests.browser.hands import Hands, Keys
from tests.make import PASSWORD

ALIASES = ["default", "accounts", "research", "auditor", "checkin"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=ALIASES)]
SIZES = ((1440, "light"), (820, "dark"), (390, "light"), (390, "dark"))


@pytest.fixture
def screening(clinic, enrolment, programme, physician, therapist):
    """Somebody with something of every kind: excluded, signed off, cautioned, open, and what triggers nothing."""
    screened.protocol(programme)
    for factor, value in (
        ("psychotic_disorder", "past"),
        ("housing", "none"),
        ("cyp2d6", "poor"),
        ("lactation", "never"),
        ("blood_pressure", [["150", "95"], ["128", "82"]]),
        ("intention", "To grieve"),
    ):
        screened.finding(enrolment, factor, value, by=therapist)
    screened.medicine(enrolment, "Phenelzine", by=therapist, stopped=True, last_taken_on=timezone.localdate())
    screened.medicine(enrolment, "Blue tablets", by=therapist)
    return enrolment


def decide(hands: Hands) -> None:
    """From the participant's page to a decision."""
    hands.follow("Eligibility")
    hands.pick("Not eligible")
    hands.tick("Another reason, written below")
    hands.write("Why you decide so", "An episode ten years ago, and nobody at home.")
    hands.write("Your password or a code from your app", PASSWORD)
    hands.press("Decide and sign")


@pytest.mark.parametrize(("worked", "options"), [(Hands, {"java_script_enabled": False}), (Keys, {})])
def test_a_decision_is_made_without_javascript_and_with_the_keyboard_alone(
    worked, options, clinic, tab, screening, physician
):
    hands = worked(tab(**options))
    walks.sign_in(hands, clinic, physician.email)
    walks.find(hands, screening.participant.code)
    decide(hands)
    said = hands.reads()
    assert "An episode ten years ago" in said and "No dose can be authorised on this decision." in said
    assert hands.page.complaints == []


def unsound(page, address: str) -> list[str]:
    """What is wrong with a page at any size, in both lights."""
    wrong = []
    for width, light in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light)
        page.goto(address)
        wrong += [f"{address} {width} {light}: {one['id']}" for one in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{address} scrolls sideways at {width}")
    return wrong


def test_every_page_is_sound_at_every_width_and_in_both_lights(
    clinic, tab, screening, site, physician, therapist
):
    row = screened.decision(
        screening,
        by=physician,
        outcome="eligible",
        overridden=["rule.psychotic_disorder"],
        override_reason="One episode.",
        physician=physician,
        weighed=["rule.housing"],
    )
    coordinator = make.user("coordinator@harbour.example", Role.COORDINATOR, site)
    pages = {
        therapist: [
            f"enrolments/{screening.pk}/eligibility",
            f"enrolments/{screening.pk}/decisions",
            f"decisions/{row.pk}",
            f"decisions/{row.pk}/countersign",
            f"decisions/{row.pk}/withdraw",
            "register",
            "today",
        ],
        coordinator: ["register/counts"],
    }
    wrong = []
    for user, addresses in pages.items():
        hands = Hands(tab())
        walks.sign_in(hands, clinic, user.email)
        for address in addresses:
            wrong += unsound(hands.page, f"{clinic}/sessions/{address}")
        wrong += hands.page.complaints
    assert wrong == []


def test_a_decision_prints_whole_with_what_triggered_nothing(clinic, tab, screening, physician):
    row = screened.decision(screening, by=physician, outcome="not-eligible", reasons=["other"])
    hands = Hands(tab())
    walks.sign_in(hands, clinic, physician.email)
    hands.page.goto(f"{clinic}/sessions/decisions/{row.pk}")
    hands.page.emulate_media(media="print")
    folded = hands.page.get_by_text("not endorsed. No rule triggered.").first
    assert folded.is_visible() and hands.page.locator(".printed").is_visible()
