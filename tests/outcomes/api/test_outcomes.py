"""Assessments and check-ins by the API."""

import pytest

from clinic.rows import rows_of
from outcomes.models import Assessment, CheckIn
from tests import make
from tests.outcomes.conftest import PHQ9_ANSWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(participant):
    """A participant's collection."""
    return lambda name: f"/api/v1/participants/{participant.pk}/{name}/"


def body(enrolment, **more):
    """A sitting with the PHQ-9."""
    sent = {
        "id": make.new_id(),
        "enrolment": str(enrolment.pk),
        "instrument": "phq9",
        "answers": PHQ9_ANSWERS,
    }
    return {**sent, **more}


def post(client, url, sent):
    """As JSON."""
    return client.post(url, sent, content_type="application/json")


def test_record_twice_is_once(client_of, therapist, enrolment, address):
    client, sent = client_of(therapist), body(enrolment)
    first, second = (post(client, address("assessments"), sent) for _time in range(2))
    assert first.status_code == second.status_code == 201 and first.json() == second.json() == {
        "id": sent["id"]
    }
    assert post(client, address("assessments"), {**sent, "visit": "week-4"}).status_code == 409
    (row,) = client.get(address("assessments")).json()["results"]
    assert row["band"] == "mild" and float(row["score"]) == 9


WRONG = [
    ({"answers": {"item_1": 4}}, "item_1"),
    ({"answers": {"nothing": 1}}, "nothing"),
    ({"answers": {"item_1": "x"}}, "answers"),
    ({"answers": {}}, "total"),
    ({"total": "9"}, "total"),
    ({"instrument": "daily_checkin"}, "instrument"),
    ({"occurred_at": "2999-01-01T00:00:00Z"}, "occurred_at"),
    ({"surprise": 1}, "surprise"),
    ({"id": "6e1c1e9c-3f0b-4c52-9b6f-0c6d4a9e6a0b"}, "id"),
    ({"enrolment": "x"}, "enrolment"),
    ({"language": "\x00"}, "language"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_wrong_body_is_said_at_the_field(client_of, therapist, enrolment, address, change, field):
    answer = post(client_of(therapist), address("assessments"), body(enrolment) | change)
    assert answer.status_code == 400 and field in answer.json()
    with rows_of([enrolment.site_id]):
        assert not Assessment.objects.exists()


def test_roles(client_of, rater, coordinator, auditor, therapist_elsewhere, enrolment, address):
    reads = [
        client_of(user).get(address("assessments")).status_code
        for user in (auditor, rater, coordinator, therapist_elsewhere)
    ]
    assert reads == [200, 403, 403, 404]
    writes = [
        post(client_of(u), address("assessments"), body(enrolment)).status_code
        for u in (auditor, rater, therapist_elsewhere)
    ]
    assert writes == [403, 403, 404]


def test_rater_rates(client_of, rater, therapist, enrolment, address):
    sent = {"id": make.new_id(), "enrolment": str(enrolment.pk), "instrument": "caps5", "total": "44"}
    assert post(client_of(therapist), address("assessments"), sent).status_code == 403
    assert post(client_of(rater), address("assessments"), sent).status_code == 201


def test_enrolment_of_somebody_else(client_of, therapist, site, programme, enrolment, address):
    other = make.enrolment(make.participant(site, by=therapist), programme, by=therapist)
    assert post(client_of(therapist), address("assessments"), body(other)).status_code == 404


def test_make_a_link(demo, client_of, therapist, enrolment, address):
    client, sent = client_of(therapist), {"id": make.new_id(), "enrolment": str(enrolment.pk), "hours": 3}
    first, second = (post(client, address("check-ins"), sent) for _time in range(2))
    assert first.status_code == second.status_code == 201
    assert "/c/" in first.json()["link"] and "link" not in second.json()
    (row,) = client.get(address("check-ins")).json()["results"]
    assert row["state"] == "planned" and not {"token_digest", "link", "answers"} & set(row)


def test_no_link_outside_the_demo(settings, client_of, therapist, rater, enrolment, address):
    settings.DEMO = False
    sent = {"id": make.new_id(), "enrolment": str(enrolment.pk)}
    answer = post(client_of(therapist), address("check-ins"), sent)
    assert answer.status_code == 400 and "no safety question without a reader" in str(answer.json())
    assert post(client_of(rater), address("check-ins"), sent).status_code == 403
    with rows_of([enrolment.site_id]):
        assert not CheckIn.objects.exists()
