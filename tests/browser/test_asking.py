"""A questionnaire on a phone by a link, and on a tablet handed over, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from clinic.permissions import Role
from clinic.rows import rows_of
from outcomes.models import Assessment
from outcomes.services.check_ins import make_check_in
from tests import make

ALIASES = ["default", "accounts", "research", "auditor", "checkin"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=ALIASES)]
PHONE, TABLET = {"width": 390, "height": 844}, {"width": 820, "height": 1180}


@pytest.fixture
def clinic(settings, live_server):
    """A site with a therapist and somebody enrolled, served."""
    settings.DEMO, settings.SITE_URL = True, live_server.url
    make.mark_demo()
    site = make.site("harbour", "Harbour")
    therapist = make.user("therapist@harbour.example", Role.THERAPIST, site)
    enrolment = make.enrolment(make.participant(site, by=therapist), make.programme(site), by=therapist)
    return live_server.url, therapist, enrolment


def opened(chromium, size):
    page = chromium.new_context(viewport=size).new_page()
    wrong = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    return page, wrong


def sound(page, wrong):
    """No fault of access, no sideways scroll, nothing chosen for the person."""
    wrong += [found["id"] for found in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("scrolls sideways")
    if page.locator("input:checked").count():
        wrong.append("something is chosen already")


def answer(page, count, label, wrong):
    for _number in range(count):
        sound(page, wrong)
        page.get_by_text(label, exact=True).click()
        page.get_by_role("button", name="Next").click()


def test_a_questionnaire_on_a_phone(chromium, clinic):
    address, therapist, enrolment = clinic
    with rows_of([enrolment.site_id]):
        asked = ["phq2", "gad2"]
        _row, secret = make_check_in(by=therapist, enrolment=enrolment, instruments=asked)
    page, wrong = opened(chromium, PHONE)
    page.goto(f"{address}/c/{secret}/")
    page.get_by_role("button", name="Start").click()
    answer(page, 4, "Several days", wrong)
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Your answers are with your team").wait_for()
    with rows_of([enrolment.site_id]):
        assert [row.score for row in Assessment.objects.order_by("instrument")] == [2, 2]
    assert wrong == []


def test_a_tablet_handed_over_leads_back_to_no_record(chromium, clinic):
    address, therapist, enrolment = clinic
    page, wrong = opened(chromium, TABLET)
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", therapist.email)
    page.fill("[name=password]", make.PASSWORD)
    page.click("main button.main")
    page.goto(f"{address}/outcomes/enrolments/{enrolment.pk}/hand-over/")
    sound(page, wrong)
    page.get_by_label("Generalized Anxiety Disorder 2-item scale").check()
    page.get_by_role("button", name="Sign me out and begin").click()
    page.get_by_text("Feeling nervous, anxious or on edge").wait_for()
    page.go_back()
    page.wait_for_url("**/accounts/login/**")
    page.goto(f"{address}/c/q/")
    answer(page, 2, "Not at all", wrong)
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Please give the tablet back").wait_for()
    sound(page, wrong)
    page.get_by_role("link", name="Staff: sign in to go on").click()
    page.wait_for_url("**/accounts/login/?next=/outcomes/check-ins/**")
    page.fill("[name=login]", therapist.email)
    page.fill("[name=password]", make.PASSWORD)
    page.click("main button.main")
    page.get_by_role("heading", name="Check-in").wait_for()
    assert wrong == []
