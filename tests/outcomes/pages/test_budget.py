"""Lists about one person ask the same few questions whatever their length."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.rows import rows_of
from outcomes.models import CheckIn
from outcomes.services.assessments import record_assessment
from tests import make, pseudo
from tests.outcomes.conftest import PHQ9_ANSWERS

pytestmark = pytest.mark.django_db
FREE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def asked(client, url):
    """The questions that count."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return [q["sql"] for q in seen if not q["sql"].startswith(FREE) and "set_config" not in q["sql"]]


def fill(enrolment, by, count):
    """So many sittings and check-ins."""
    with rows_of([enrolment.site_id], "tests"):
        for number in range(count):
            record_assessment(
                by=by, enrolment=enrolment, instrument="phq9", mode="staff", answers=PHQ9_ANSWERS
            )
            past = timezone.now() - timedelta(hours=number)
            CheckIn.objects.create(
                site_id=enrolment.site_id,
                enrolment=enrolment,
                token_digest=f"{number}",
                made_by=by,
                expires_at=past,
            )


@pytest.mark.parametrize("count", [5, 60])
def test_pages_about_one_person(client_of, therapist, participant, enrolment, count):
    fill(enrolment, therapist, count)
    client, base = client_of(therapist), f"/outcomes/participants/{participant.pk}/"
    numbers = {name: len(asked(client, base + name)) for name in ("", "assessments/", "check-ins/")}
    assert numbers == {"": 8, "assessments/": 6, "check-ins/": 6}


def test_older_pages_reach_every_row(client_of, therapist, participant, enrolment):
    fill(enrolment, therapist, 60)
    client, url = client_of(therapist), f"/outcomes/participants/{participant.pk}/assessments/"
    page = client.get(url)
    older = client.get(url, {"before": page.context["older"]})
    assert (len(page.context["lines"]), len(older.context["lines"]), older.context["older"]) == (50, 10, "")


def test_write_budget(client_of, therapist, enrolment):
    client, sent = client_of(therapist), {"id": make.new_id(), "occurred_at": "2026-01-01T10:00", "item_1": 1}
    with CaptureQueriesContext(connection) as seen:
        client.post(f"/outcomes/enrolments/{enrolment.pk}/assess/phq9/", sent)
    assert len([q for q in seen if not q["sql"].startswith(FREE) and "set_config" not in q["sql"]]) <= 9


def queries_to_submit(client, enrolment, key, count):
    """How many questions a sitting costs."""
    answers = {f"item_{number}": 1 for number in range(1, count + 1)}
    sent = {"id": make.new_id(), "occurred_at": "2026-01-01T10:00", **answers}
    with CaptureQueriesContext(connection) as seen:
        assert client.post(f"/outcomes/enrolments/{enrolment.pk}/assess/{key}/", sent).status_code == 302
    return len(seen)


def test_a_longer_questionnaire_asks_the_database_no_more(client_of, therapist, enrolment):
    client = client_of(therapist)
    queries_to_submit(client, enrolment, "isi", 7)
    seven, twenty_one = (queries_to_submit(client, enrolment, *one) for one in (("gad7", 7), ("dass21", 21)))
    assert seven == twenty_one


@pytest.mark.parametrize("path", ["", "assessments/", "check-ins/"])
def test_every_text_is_translated(client_of, therapist, participant, enrolment, path):
    fill(enrolment, therapist, 2)
    with pseudo.language():
        html = client_of(therapist).get(f"/outcomes/participants/{participant.pk}/{path}").content.decode()
    data = (participant.code, "Wren", "Harbour", "PHQ-9", "MDMA for PTSD", therapist.name)
    assert pseudo.untranslated(html, data=data) == []
