"""The first page of those who treat: what runs, what waits for a signature, and whose each is."""

import pytest
from django.urls import reverse

from clinic.models import AccessEvent
from clinic.rows import rows_of
from sessions.services.sessions import close_session, open_session
from sessions.services.signing import sign_session
from tests.database import database_role
from tests.make import PASSWORD
from tests.sessions.day import at


@pytest.fixture
def page(client_of, therapist):
    """The page's text."""
    return lambda: client_of(therapist).get(reverse("sessions:today")).content.decode()


def test_a_running_session_names_whose_it_is(page, session):
    html = page()
    assert "1 session is running" in html and "Wren" in html and "17 May 1984" in html


def test_a_closed_session_waits_until_it_is_signed(page, closed, therapist, site):
    assert "1 record waits for a signature" in page()
    with rows_of([site.pk]):
        sign_session(by=therapist, session=closed, meaning="author", password=PASSWORD)
    html = page()
    assert "Nothing waits for a signature" in html and "Nothing is running" in html


def test_one_person_in_three_lists_leaves_one_trace(page, session, enrolment, therapist, site, rows):
    with rows_of([site.pk]):
        other = open_session(by=therapist, enrolment=enrolment, kind="preparation", occurred_at=at(300))
        close_session(by=therapist, session=other, ended_at=at(200))
    page()
    with database_role("auditor"):
        assert AccessEvent.objects.filter(kind="identity", purpose="today").count() == 1
