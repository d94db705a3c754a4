"""A real Chromium on one page that holds every part, under the project's own content policy."""

import mimetypes
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines

from tests.browser.looks.parts import context

HOST = "http://parts.test"
SOURCE = Path(__file__).with_name("parts.html").read_text()


def policy() -> str:
    """The header that the middleware sends, from the same setting."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(map(str, values))}" for name, values in directives.items())


def answer(route, html: str) -> None:
    """A static file from the finders, or the page."""
    path = route.request.url.removeprefix(HOST)
    prefix = "/" + settings.STATIC_URL.strip("/") + "/"
    if not path.startswith(prefix):
        return route.fulfill(
            body=html, content_type="text/html", headers={"Content-Security-Policy": policy()}
        )
    found = Path(finders.find(path.removeprefix(prefix)))
    return route.fulfill(body=found.read_bytes(), content_type=mimetypes.guess_type(found)[0])


@pytest.fixture
def parts(chromium):
    """Opens the page of parts; keeps what the browser complained of in `page.complaints`."""
    opened = []

    def open_parts(width=1440, theme="light", **options):
        tab = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(tab)
        page = tab.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda message: page.complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        html = engines["django"].from_string(SOURCE).render(context(theme))
        page.route(f"{HOST}/**", lambda route: answer(route, html))
        page.goto(f"{HOST}/parts")
        return page

    yield open_parts
    for tab in opened:
        tab.close()
