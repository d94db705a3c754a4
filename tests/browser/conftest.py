"""One Chromium for all the browser tests."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests import make

# Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = (
    os.environ.get("AFTERWARD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium; where there is none, the marker `browser` has skipped the tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


def complaint(said) -> list[str]:
    """An error of the console. That a form was refused with 400 is none: the page says so itself."""
    return [said.text] if said.type == "error" and "status of 400" not in said.text else []


@pytest.fixture
def tab(chromium):
    """Opens browsers of their own, each with one page; what its console complains of stands in `page.complaints`."""
    opened = []

    def open_tab(**options):
        opened.append(chromium.new_context(**options))
        page = opened[-1].new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.extend(complaint(said)))
        return page

    yield open_tab
    for context in opened:
        context.close()


@pytest.fixture
def clinic(settings, live_server, enrolment, therapist, physician):
    """The address of a demo clinic with one participant, a therapist and a physician."""
    settings.DEMO, settings.SITE_URL = True, live_server.url
    make.mark_demo()
    yield live_server.url
    make.unmark_demo()
