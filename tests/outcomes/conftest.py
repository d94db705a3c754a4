"""What layer 3's tests share."""

import re

import pytest
from django.test import Client

from clinic.rows import rows_of
from outcomes.services.check_ins import make_check_in

PHQ9_ANSWERS = {f"item_{number}": 1 for number in range(1, 10)}


@pytest.fixture
def demo(settings):
    """Links may be made."""
    settings.DEMO = True


@pytest.fixture
def made(demo, enrolment, therapist, site, logins):
    """A check-in and its secret."""
    with rows_of([site.pk]):
        return make_check_in(by=therapist, enrolment=enrolment, hours=2)


@pytest.fixture
def phone():
    """A participant's browser, which meets Django's CSRF check like any other."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def write_id():
    """The id that a page's form carries."""
    return lambda html: re.search(r'name="id" value="([0-9a-f-]{36})"', html).group(1)
