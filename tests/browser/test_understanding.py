"""The check of understanding walked through as a participant does: by keyboard, without JavaScript, on a small tablet."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from clinic.consents.questions import newest
from clinic.models import Understanding
from clinic.rows import rows_of
from tests import make

ALIASES = ["default", "accounts", "research", "auditor", "checkin"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=ALIASES)]
# Which choice is made, by question: the first is taken where the right one is the second.
PRESSES = {"helps": 0}


@pytest.fixture
def consents(settings, live_server, participant, therapist):
    """The address of the page of consents, with consent to treatment in force."""
    settings.DEMO = True
    make.consent(participant, "treatment", by=therapist)
    return f"{live_server.url}/participants/{participant.pk}/consents"


def opened(chromium, client_of, therapist, address, **options):
    """A page with the therapist signed in."""
    tab = chromium.new_context(viewport={"width": 820, "height": 1100}, **options)
    cookie = client_of(therapist).cookies["afterward"].value
    tab.add_cookies([{"name": "afterward", "value": cookie, "url": address}])
    page = tab.new_page()
    page.goto(address)
    return page


def choose_by_keyboard(page, question) -> None:
    """Reach the first choice, go down to the ones that are meant, and press Next; no mouse."""
    places = [place for place, choice in enumerate(question.choices) if choice.key in question.correct]
    places = [PRESSES[question.key]] if question.key in PRESSES else places
    page.locator("fieldset input").first.focus()
    for step in range(len(question.choices)):
        if step in places:
            page.keyboard.press("Space")
        if step < max(places):
            page.keyboard.press("Tab" if question.several else "ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_participant_answers_by_keyboard(chromium, client_of, therapist, participant, consents, javascript):
    page = opened(chromium, client_of, therapist, consents, java_script_enabled=javascript)
    page.click("text=Ask the questions")
    for question in newest().questions:
        assert page.locator("h1").inner_text() == question.text
        assert page.locator("input:checked").count() == 0
        choose_by_keyboard(page, question)
    page.click("text=Show the answers")
    assert page.locator("h1").inner_text() == "1 thing to talk about again"
    page.click("text=Give the tablet back")
    assert "7 of 8 right" in page.locator("main").inner_text()
    with rows_of([participant.site_id]):
        assert Understanding.objects.get().answers["helps"] == ["everybody"]
    page.context.close()


@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_its_pages_are_sound(chromium, client_of, therapist, consents, width, light):
    page = opened(chromium, client_of, therapist, consents, color_scheme=light)
    page.set_viewport_size({"width": width, "height": 1100})
    page.click("text=Ask the questions")
    for question in newest().questions:
        check(page, width)
        choose_by_keyboard(page, question)
    check(page, width)
    page.click("text=Show the answers")
    check(page, width)
    page.context.close()


def check(page, width) -> None:
    """Nothing for axe, nothing sideways."""
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_tap_withdraws_without_javascript(chromium, client_of, therapist, consents):
    page = opened(chromium, client_of, therapist, consents, java_script_enabled=False)
    page.click("button:has-text('Withdraw')")
    assert "Withdrawn: Treatment. It is not in force any more." in page.locator("main").inner_text()
    assert page.locator("button:has-text('Withdraw')").count() == 0
    page.context.close()
