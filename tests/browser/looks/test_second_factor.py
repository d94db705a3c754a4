"""Signing in by hand in a real browser: an app, a passkey, recovery codes, under the real content policy."""

import os

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe

from tests.make import PASSWORD

# Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = pytest.mark.browser
KEY = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def desk(live_server, chromium, therapist):
    """A therapist's first sign-in: the page at which a second factor must be set up."""
    tab = chromium.new_context(viewport={"width": 390, "height": 844})
    page = tab.new_page()
    page.complaints = []
    page.on(
        "console", lambda message: page.complaints.append(message.text) if message.type == "error" else None
    )
    # Passkeys need a host name, not an address.
    page.home = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(page.home)
    sign_in(page, therapist)
    yield page
    tab.close()


def sign_in(page, user) -> None:
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.main")


def confirm(page) -> None:
    """The password again, where it is asked for."""
    if page.locator("main [name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.click("main button.main")


def set_up_app(page) -> None:
    page.click("text=Set up an app")
    confirm(page)
    secret = page.locator(".secret").text_content()
    page.fill(
        "[name=code]", format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    )
    page.click("text=Turn on")


def add_passkey(page) -> None:
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{page.home}/accounts/2fa/webauthn/add/")
    confirm(page)
    page.click("#passkey-add")
    page.wait_for_url("**/2fa/**", wait_until="networkidle")


def faults(page) -> list:
    return [problem["id"] for problem in Axe().run(page).response["violations"]]


def test_without_a_second_factor_there_is_only_the_page_to_set_it_up(desk):
    desk.goto(f"{desk.home}/participants/")
    assert "Your account has no second step yet" in desk.locator("main").inner_text()
    assert faults(desk) == []


def test_an_app_is_set_up_and_shows_its_recovery_codes(desk):
    set_up_app(desk)
    assert desk.locator(".codes li").count() == 10
    assert faults(desk) + desk.complaints == []


def test_a_passkey_is_the_second_step_of_the_next_sign_in(desk, therapist):
    set_up_app(desk)
    add_passkey(desk)
    desk.click("text=Sign out")
    sign_in(desk, therapist)
    assert faults(desk) == []
    desk.click("#passkey-use")
    desk.wait_for_selector("h1:not(:has-text('second step'))")
    assert desk.complaints == []


def test_a_wrong_code_is_refused_in_words(desk):
    desk.click("text=Set up an app")
    confirm(desk)
    desk.fill("[name=code]", "000000")
    desk.click("text=Turn on")
    assert "Enter the newest code" in desk.locator(".error-summary").inner_text()
