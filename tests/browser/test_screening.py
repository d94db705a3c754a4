"""A baseline on a tablet: by keyboard alone, and without a script; what is shown afterwards is sound."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from clinic.rows import rows_of
from sessions.models import ScreeningFinding
from sessions.screening.catalogue import Kind, catalogue
from sessions.services.findings import Answer, record_finding
from sessions.services.medicines import record_medicine
from sessions.services.sessions import open_session
from tests.make import PASSWORD
from tests.sessions.day import at

ALIASES = ["default", "accounts", "research", "auditor", "checkin"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=ALIASES)]
TABLET = {"width": 820, "height": 1180}
PARTS = {"low1": "78", "high2": "120", "low2": "76"}


@pytest.fixture
def tablet(settings, live_server, chromium, therapist):
    """A therapist's tablet, signed in: tablet(script=True) gives the page, and gathers what its console says."""
    settings.DEMO = True
    tabs = []

    def open_page(*, script: bool = True):
        tab = chromium.new_context(viewport=TABLET, java_script_enabled=script)
        tabs.append(tab)
        page = tab.new_page()
        page.goto(f"{live_server.url}/accounts/login/")
        page.fill("[name=login]", therapist.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button.main")
        return page

    yield open_page
    for tab in tabs:
        tab.close()


def in_reach(page, selector: str) -> None:
    """Go to a control by the Tab key alone; radios of one group are one stop."""
    for _stop in range(400):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by Tab")


def choose(page, name: str) -> None:
    """Choose the first answer of a group of radios."""
    in_reach(page, f"input[name={name}]")
    page.keyboard.press("Space")


def write(page, name: str, text: str) -> None:
    in_reach(page, f"[name={name}]")
    page.keyboard.type(text)


def answer(page, factor) -> None:
    """One factor, as its kind is answered."""
    if factor.kind in (Kind.CHOICE, Kind.MANY):
        choose(page, factor.key)
    elif factor.kind is Kind.PRESSURES:
        write(page, factor.key, "124")
        for part, text in PARTS.items():
            write(page, f"{factor.key}__{part}", text)
    elif factor.kind is Kind.TEXT:
        write(page, factor.key, "As told")
    elif factor.kind is Kind.DATE:
        write(page, factor.key, "2020-03")
    elif factor.kind is Kind.NUMBER and not factor.fields:
        write(page, factor.key, f"{factor.minimum + 30:f}")


@pytest.mark.parametrize("script", [True, False], ids=["keyboard", "no script"])
def test_a_baseline_is_entered_on_a_tablet_by_keyboard(script, tablet, live_server, enrolment, site):
    page, asked = tablet(script=script), set()
    page.goto(f"{live_server.url}/sessions/screening/{enrolment.pk}/baseline/mental_health")
    for group in catalogue().pages:
        factors = [one for one in group.factors if one.applies_to("female")]
        answered = [one for one in factors if one.kind is not Kind.SCORE and not one.fields]
        choose_source(page)
        for factor in answered:
            answer(page, factor)
            set_source(page, factor)
        asked |= {one.key for one in answered}
        in_reach(page, "button.main")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "There is a problem" not in page.content(), page.locator(".error-summary").inner_text()
    assert page.url.endswith(f"/sessions/screening/{enrolment.pk}/")
    with rows_of([site.pk]):
        assert set(ScreeningFinding.objects.values_list("factor", flat=True)) == asked


def choose_source(page) -> None:
    """Most of the page is known by interview, where it may be."""
    ways = page.locator("input[name=source]").evaluate_all("all => all.map(one => one.value)")
    in_reach(page, "input[name=source]")
    for _step in range(ways.index("interview") if "interview" in ways else 0):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")


def set_source(page, factor) -> None:
    """A factor that an interview does not tell says how it is known: the first way of its list."""
    if len(factor.sources) > 1 and "interview" not in factor.sources:
        in_reach(page, f"[name={factor.key}__source]")
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_pages_are_sound_at_every_width(width, light, tablet, live_server, enrolment, session_today):
    page, wrong = tablet(), []
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(color_scheme=light)
    course = f"{live_server.url}/sessions/screening/{enrolment.pk}"
    for address in (
        f"{course}/",
        f"{course}/baseline/physical",
        f"{course}/medicines?day=2026-12-08",
        f"{course}/medicines/new?name=sertralin",
        f"{live_server.url}/sessions/{session_today.pk}/morning",
    ):
        page.goto(address)
        wrong += [f"{address}: {found['id']}" for found in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{address} scrolls sideways")
    assert wrong == []


@pytest.fixture
def session_today(enrolment, therapist, site):
    """A dosing session, a finding, and two medicines: one the table knows, and one nobody knows."""
    with rows_of([site.pk]):
        for name in ("Zoloft", "Moonwort"):
            record_medicine(by=therapist, enrolment=enrolment, name=name, occurred_at=at(60))
        for value in ("thoughts", "not_asked"):
            said = Answer(factor="suicidal_ideation_month", source="interview", value=value)
            record_finding(
                by=therapist, enrolment=enrolment, occasion="baseline", occurred_at=at(60), answer=said
            )
        return open_session(by=therapist, enrolment=enrolment, kind="dosing", occurred_at=at(30))
