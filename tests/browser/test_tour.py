"""The demo clinic as each role sees it, in a real browser: axe, width, console; and the README's pictures."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from clinic.models import Programme
from clinic.rows import rows_of
from clinic.services.demo import DEMO_PASSWORD
from outcomes.models import Assessment
from outcomes.services.check_ins import make_check_in
from outcomes.services.seed import RUNNING, seed_demo
from sessions.models import Session
from tests import make

ALIASES = ["default", "accounts", "research", "auditor", "checkin"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=ALIASES)]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "tour"
SIZES = ((1440, "light"), (820, "dark"), (390, "light"))


@pytest.fixture
def demo(settings, live_server):
    """The demo clinic, served."""
    settings.DEMO = True
    make.mark_demo()
    seed_demo()
    settings.SITE_URL = live_server.url
    yield live_server.url
    make.unmark_demo()


@pytest.fixture
def visit(demo, chromium):
    """Opens pages as somebody, and gathers what is wrong with each."""
    tabs, wrong = [], []

    def as_person(email: str = ""):
        tab = chromium.new_context(viewport={"width": 1440, "height": 900})
        tabs.append(tab)
        page = tab.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.goto(f"{demo}/accounts/login/")
        if email:
            page.fill("[name=login]", email)
            page.fill("[name=password]", DEMO_PASSWORD)
            page.click("main button.main")
        return page

    yield as_person, wrong
    for tab in tabs:
        tab.close()


def look(page, address: str, wrong: list, picture: str = "") -> None:
    """One page at three sizes and in both lights."""
    for width, light in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light)
        answer = page.goto(address)
        if answer.status != 200:
            wrong.append(f"{address}: {answer.status}")
        wrong += [f"{address} at {width}: {found['id']}" for found in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{address} scrolls sideways at {width}")
        if picture and os.environ.get("TOUR") and width == (390 if picture == "check-in" else 1440):
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{picture}.png", full_page=True)


def test_every_page_of_the_demo_is_sound_for_everybody(visit, demo):
    as_person, wrong = visit
    harbour = Programme._meta.get_field("site").related_model.objects.get(slug="harbour")
    with rows_of([harbour.pk]):
        # The one that was dosed began first; the other waits at a closed gate.
        session, waits = Session.objects.filter(kind="dosing", ended_at=None).order_by("occurred_at")
        enrolment = session.enrolment
        lead = session.opened_by
        programme = Programme.objects.get(code=RUNNING)
        enrolment.programme = programme
        _row, secret = make_check_in(by=lead, enrolment=enrolment, hours=4)
        flagged = Assessment.objects.exclude(safety=[]).get().enrolment.participant_id
        unsigned = Session.objects.waiting().exclude(ended_at=None).get()
        treatment = session.participant.consents.get(kind="treatment").pk
    person, course = session.participant_id, enrolment.pk
    pages = {
        "therapist@harbour.example": [
            ("sessions/today", "today"),
            ("participants/", ""),
            ("participants/new", ""),
            (f"sessions/{session.pk}/", "session"),
            *[
                (f"sessions/{session.pk}/{form}", "")
                for form in ("vitals", "doses", "notes", "attendance", "setting", "close", "sign")
            ],
            (f"outcomes/participants/{person}/", "participant"),
            (f"outcomes/participants/{flagged}/", ""),
            (f"outcomes/participants/{flagged}/assessments/", ""),
            (f"outcomes/participants/{flagged}/check-ins/", ""),
            (f"sessions/{unsigned.pk}/", ""),
            (f"participants/{person}/identity", ""),
            (f"participants/{person}/consents", ""),
            (f"participants/{person}/consents/new/touch-hand", ""),
            (f"participants/{person}/consents/{treatment}", ""),
            (f"participants/{person}/consents/{treatment}/withdraw", ""),
            (f"participants/{person}/enrol", ""),
            (f"sessions/open/{course}", ""),
            (f"outcomes/enrolments/{course}/assess/", ""),
            (f"outcomes/enrolments/{course}/assess/phq9/", ""),
            (f"outcomes/enrolments/{course}/check-ins/new/", ""),
            ("accounts/2fa/", ""),
            ("accounts/password/change/", ""),
        ],
        "physician@harbour.example": [
            (f"sessions/{waits.pk}/gate", "gate"),
            (f"sessions/{session.pk}/gate", ""),
            (f"sessions/{waits.pk}/gate/dose", ""),
            (f"sessions/{waits.pk}/gate/override", ""),
            (f"sessions/{waits.pk}/morning", ""),
            ("sessions/deviations", ""),
            (f"sessions/screening/{course}/", ""),
            (f"sessions/enrolments/{course}/eligibility", ""),
        ],
        "coordinator@harbour.example": [("outcomes/import/", ""), ("outcomes/export/", "")],
        "administrator@harbour.example": [("accounts-of-staff/", ""), ("accounts-of-staff/new", "")],
        "auditor@harbour.example": [("audit/", ""), (f"sessions/{session.pk}/", "")],
        "rater@harbour.example": [("participants/", ""), (f"outcomes/participants/{person}/", "")],
        "": [("accounts/login/", ""), ("information/", ""), (f"c/{secret}/", "")],
    }
    for email, addresses in pages.items():
        page = as_person(email)
        for path, picture in addresses:
            look(page, f"{demo}/{path}", wrong, picture)
    page.goto(f"{demo}/c/{secret}/")
    page.click("main button.main")
    look(page, page.url, wrong, "check-in")
    assert wrong == []
