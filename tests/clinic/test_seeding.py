"""A row says when it was truly entered; the demo's seed alone may say otherwise, and the audit does not follow it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from clinic.models import AuditEvent
from clinic.seeding import ACTOR, entered, seeding
from tests import make

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def demo(settings):
    """A database that the demo made."""
    settings.DEMO = True
    make.mark_demo()


def event_of(row):
    """The one audit event of a row."""
    return AuditEvent.objects.using("auditor").get(row_id=str(row.pk))


def test_no_other_code_may_state_an_entry_time(therapist):
    with pytest.raises(RuntimeError, match="truly entered"), entered(LONG_AGO):
        pass


def test_nobody_seeds_a_database_that_the_demo_did_not_make(settings, db):
    settings.DEMO = True
    with pytest.raises(ValidationError, match="only into a database that the demo made"), seeding():
        pass


def test_nobody_seeds_outside_the_demo(demo, settings):
    settings.DEMO = False
    with pytest.raises(ValidationError, match="only into a database that the demo made"), seeding():
        pass


@pytest.mark.usefixtures("logins")
def test_the_row_has_the_stated_time_and_the_audit_the_true_one_and_the_command(demo, site, therapist):
    with seeding(), entered(LONG_AGO):
        person = make.participant(site, by=therapist)
    with make.rows_of([site.pk], using="auditor"):
        event = event_of(person)
    assert (person.recorded_at, event.actor) == (LONG_AGO, ACTOR)
    assert timezone.now() - event.recorded_at < timedelta(minutes=5)


def test_an_entry_time_does_not_lie_ahead(demo, site, therapist):
    with seeding(), entered(timezone.now() + timedelta(days=1)):
        person = make.participant(site, by=therapist)
    assert person.recorded_at <= timezone.now()


def test_after_the_block_a_row_is_entered_now_and_by_whom_it_names(demo, site, therapist):
    with seeding(), entered(LONG_AGO):
        pass
    person = make.participant(site, by=therapist)
    assert timezone.now() - person.recorded_at < timedelta(minutes=5)
