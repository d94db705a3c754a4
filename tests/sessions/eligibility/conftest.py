"""Somebody whose screening can be decided on, and short ways to decide through the page."""

import re

import pytest

from clinic.permissions import Role
from tests import make, screened
from tests.make import PASSWORD

SHOWN = re.compile(r'name="results_sha256" value="([0-9a-f]{64})"')


@pytest.fixture
def protocol(programme):
    """The shipped protocol: a physician decides."""
    return screened.protocol(programme, screened.TEXT)


@pytest.fixture
def second(site):
    """Another physician."""
    return make.user("second-physician@harbour.example", Role.PHYSICIAN, site)


@pytest.fixture
def excluded(enrolment, therapist, protocol):
    """A finding that excludes."""
    return screened.finding(enrolment, "psychotic_disorder", "past", by=therapist)


@pytest.fixture
def look(client_of):
    """The page of an enrolment as somebody sees it."""
    return lambda user, enrolment, query="": client_of(user).get(url_of(enrolment) + query).content.decode()


@pytest.fixture
def decide(post, look):
    """Decide through the page, on the results that it shows now unless others are named."""

    def send(user, enrolment, **fields):
        if "results_sha256" not in fields:
            fields["results_sha256"] = SHOWN.search(look(user, enrolment))[1]
        given = {"outcome": "not-eligible", "reasons": ["other"], "rationale": "Weighed with the team."}
        return post(user, url_of(enrolment), **{**given, "password": PASSWORD, **fields})

    return send


@pytest.fixture
def eligible(decide):
    """Decide for eligible."""
    return lambda user, enrolment, **fields: decide(
        user, enrolment, **{"outcome": "eligible", "reasons": [], **fields}
    )


@pytest.fixture
def override(eligible, excluded, enrolment, physician):
    """Decide for eligible against the finding that excludes; the physician answers for it."""

    def send(**fields):
        given = {
            "overridden": ["rule.psychotic_disorder"],
            "override_reason": "One episode, under a steroid.",
            "physician": str(physician.pk),
        }
        return eligible(physician, enrolment, **{**given, **fields})

    return send


def url_of(enrolment) -> str:
    """The page of the results and of a decision on them."""
    return f"/sessions/enrolments/{enrolment.pk}/eligibility"
