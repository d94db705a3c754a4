"""A session in progress, and short ways to send forms and bodies."""

import pytest

from clinic.permissions import Role
from clinic.rows import rows_of
from sessions.services.sessions import close_session, open_session, write_note
from tests import make
from tests.sessions.day import at


@pytest.fixture
def session(enrolment, therapist, site):
    """A dosing session that began two hours ago."""
    with rows_of([site.pk]):
        return open_session(by=therapist, enrolment=enrolment, kind="dosing", occurred_at=at(120))


@pytest.fixture
def note(session, therapist, site):
    """A note of that session."""
    with rows_of([site.pk]):
        return write_note(by=therapist, session=session, text="Settled, eyes closed.", occurred_at=at(60))


@pytest.fixture
def closed(session, therapist, site):
    """The session, closed five minutes ago."""
    with rows_of([site.pk]):
        return close_session(by=therapist, session=session, ended_at=at(5))


@pytest.fixture
def co_therapist(site):
    """A second therapist of the site."""
    return make.user("second@harbour.example", Role.THERAPIST, site)


@pytest.fixture
def post(client_of):
    """Send a page's form as somebody: post(user, url, **fields)."""

    def send(user, url, **fields):
        return client_of(user).post(url, {"id": make.new_id(), **fields})

    return send


@pytest.fixture
def call(client_of):
    """Send a body to the API as somebody: call(user, url, **fields)."""

    def send(user, url, **fields):
        return client_of(user).post(url, {"id": make.new_id(), **fields}, content_type="application/json")

    return send
