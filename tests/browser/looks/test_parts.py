"""Every part in a real browser: sizes, lights, accessibility, keyboard, and the small modules."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.looks.parts import NOW

pytestmark = pytest.mark.browser
SIZES = (320, 390, 820, 1440)


@pytest.mark.parametrize("theme", ["light", "dim"])
@pytest.mark.parametrize("width", SIZES)
def test_the_parts_are_accessible_and_fit(parts, width, theme):
    page = parts(width, theme)
    found = Axe().run(page).response["violations"]
    assert [(problem["id"], problem["nodes"][0]["html"]) for problem in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_the_content_policy_is_never_broken(parts):
    assert parts().complaints == []


@pytest.mark.parametrize("width", SIZES)
def test_what_is_pressed_is_large_enough(parts, width):
    page = parts(width)
    heights = "e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height]"
    pressed = page.eval_on_selector_all(
        ".btn, .nav a, .input:not(.amount .input), .tick, .scale label", f"all => all.map({heights})"
    )
    assert [(html, height) for html, height in pressed if 0 < height < 47.5] == []


def test_focus_goes_to_the_error_summary_and_from_there_to_the_field(parts):
    page = parts()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_dose_mg"


def test_a_form_is_sent_once_however_often_it_is_pressed(parts):
    page, sent = parts(), []
    page.route("**/send", lambda route: sent.append(route))  # The server is slow: nothing is answered.
    page.evaluate(
        "b = document.querySelector('form[action=\"/send\"] .main'); b.click(); b.click(); b.click()"
    )
    page.wait_for_timeout(300)
    assert len(sent) == 1


def test_a_confirmation_opens_in_place_and_goes_back(parts):
    page = parts()
    page.click("a[data-dialog]")
    assert page.locator("dialog[open]").count() == 1
    page.click("dialog [data-close]")
    assert page.locator("dialog[open]").count() == 0


def test_without_scripts_a_confirmation_is_a_page_of_its_own(parts):
    page = parts(java_script_enabled=False)
    page.click("a[data-dialog]")
    assert page.url.endswith("/confirm")


def test_an_age_stays_true_while_the_page_is_open(parts):
    page = parts()
    page.clock.install(time=NOW)
    page.reload()
    page.clock.run_for(60_000)
    assert "15 min ago" in page.locator("#age").inner_text()


def test_on_paper_there_are_no_buttons_and_tables_are_open(parts):
    page = parts()
    page.emulate_media(media="print")
    assert page.locator(".btn:visible").count() == 0
    assert page.locator(".printed").is_visible()
