"""Staff make, read and withdraw links."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from clinic.rows import rows_of
from outcomes.models import CheckIn
from outcomes.services.check_ins import State, digest_of, state_of
from tests import make

pytestmark = pytest.mark.django_db


def url(enrolment):
    """Where a link is made."""
    return f"/outcomes/enrolments/{enrolment.pk}/check-ins/new/"


def test_link_is_shown_once_and_its_digest_kept(demo, client_of, therapist, enrolment):
    client, form = client_of(therapist), {"id": make.new_id(), "hours": "24", "instruments": "daily_checkin"}
    first, second = (client.post(url(enrolment), form).content.decode() for _time in range(2))
    secret = re.search(r"/c/([\w-]{43})/", first).group(1)
    assert secret not in second and "cannot be shown again" in second
    with rows_of([enrolment.site_id]):
        assert CheckIn.objects.get().token_digest == digest_of(secret)


def test_no_link_outside_the_demo(client_of, therapist, enrolment, settings):
    settings.DEMO = False
    page = client_of(therapist).post(
        url(enrolment), {"id": make.new_id(), "hours": "24", "instruments": "daily_checkin"}
    )
    assert page.status_code == 400 and "no safety question without a reader" in page.content.decode()


def test_no_link_without_consent_to_follow_up(demo, client_of, therapist, site, programme):
    person = make.participant(site, by=therapist)
    course, client = make.enrolment(person, programme, by=therapist, agreed=()), client_of(therapist)
    ask = f"/participants/{person.pk}/consents/new/follow-up"
    assert ask in client.get(url(course)).content.decode()
    page = client.post(url(course), {"id": make.new_id(), "hours": "24", "instruments": ["daily_checkin"]})
    assert page.status_code == 400 and "so no link can be made" in page.content.decode()
    sent = {"id": make.new_id(), "enrolment": str(course.pk)}
    answer = client.post(
        f"/api/v1/participants/{person.pk}/check-ins/", sent, content_type="application/json"
    )
    assert answer.status_code == 400 and "so no link can be made" in str(answer.json())


@pytest.mark.parametrize("hours", ["0", "169", "x", "", "9" * 500])
def test_hours_out_of_range(demo, client_of, therapist, enrolment, hours):
    page = client_of(therapist).post(
        url(enrolment), {"id": make.new_id(), "hours": hours, "instruments": "daily_checkin"}
    )
    assert page.status_code == 400 and "There is a problem" in page.content.decode()


def test_roles(demo, client_of, rater, auditor, therapist_elsewhere, enrolment):
    assert [
        client_of(user).get(url(enrolment)).status_code for user in (rater, auditor, therapist_elsewhere)
    ] == [403, 403, 404]


def test_withdraw(demo, client_of, therapist, made):
    client, address = client_of(therapist), f"/outcomes/check-ins/{made[0].pk}/withdraw/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"id": make.new_id()}).status_code == 302
    assert client.post(address, {"id": make.new_id()}).status_code == 400
    with rows_of([made[0].site_id]):
        assert state_of(CheckIn.objects.get()) == State.WITHDRAWN


def test_states():
    now = timezone.now()
    ahead, past = now + timedelta(hours=1), now - timedelta(hours=1)
    assert state_of(CheckIn(expires_at=ahead)) == State.PLANNED
    assert state_of(CheckIn(expires_at=ahead, opened_at=past)) == State.OPENED
    assert state_of(CheckIn(expires_at=past, opened_at=past)) == State.EXPIRED
    assert state_of(CheckIn(expires_at=past)) == State.MISSED
    assert state_of(CheckIn(expires_at=past, opened_at=past, submitted_at=past)) == State.ANSWERED


def test_list_and_one(client_of, therapist, participant, made, therapist_elsewhere):
    client, stranger = client_of(therapist), client_of(therapist_elsewhere)
    urls = [f"/outcomes/participants/{participant.pk}/check-ins/", f"/outcomes/check-ins/{made[0].pk}/"]
    assert [client.get(address).status_code for address in urls] == [200, 200]
    assert [stranger.get(address).status_code for address in urls] == [404, 404]
    assert client.get(urls[0] + "?before=x").status_code == 404
