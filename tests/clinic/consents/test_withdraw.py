"""One tap withdraws; nobody has to say why; what was given stays readable."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic.models import AuditEvent, Consent
from clinic.rows import rows_of
from clinic.services.consents import consent_in_force, withdraw_consent
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def consent(participant, therapist):
    return make.consent(participant, by=therapist, minutes_ago=10)


def url(consent) -> str:
    return f"/participants/{consent.participant_id}/consents/{consent.pk}/withdraw"


def stored(consent) -> Consent:
    with rows_of([consent.site_id]):
        return Consent.objects.get(pk=consent.pk)


def test_one_post_from_the_page_withdraws_and_says_so(client_of, therapist, consent):
    client = client_of(therapist)
    page = client.get(f"/participants/{consent.participant_id}/consents").content.decode()
    assert f'action="{url(consent)}"' in page
    answer = client.post(url(consent), {"id": make.new_id()}, follow=True)
    assert answer.status_code == 200 and stored(consent).withdrawn_at
    assert "Withdrawn: Touch: holding a hand. It is not in force any more." in answer.content.decode()
    assert (
        "Not in force" not in answer.content.decode()
        and "9 kinds are not in force" in answer.content.decode()
    )


def test_a_second_tap_on_the_same_button_is_the_same_withdrawal(client_of, therapist, consent):
    client, sent = client_of(therapist), {"id": make.new_id()}
    assert [client.post(url(consent), sent).status_code for _tap in range(2)] == [302, 302]
    late = client.post(url(consent), {"id": make.new_id()})
    assert late.status_code == 400 and "was withdrawn before" in late.content.decode()


def test_a_reason_is_sealed_and_read_by_staff(client_of, therapist, consent, logins):
    client = client_of(therapist)
    client.post(url(consent), {"id": make.new_id(), "reason": "It felt too close"})
    assert b"close" not in bytes(stored(consent).withdrawal_sealed)
    page = client.get(f"/participants/{consent.participant_id}/consents/{consent.pk}").content.decode()
    assert "It felt too close" in page
    with rows_of([consent.site_id], using="auditor"):
        events = AuditEvent.objects.using("auditor").filter(row_id=str(consent.pk))
        assert [event.operation for event in events.order_by("id")] == ["I", "U"]
        assert all("too close" not in str(event.after) + event.reason for event in events)


def test_the_former_consent_stays_and_a_new_one_may_follow(client_of, therapist, participant, consent):
    client = client_of(therapist)
    client.post(url(consent), {"id": make.new_id()})
    make.consent(participant, by=therapist)
    page = client.get(f"/participants/{participant.pk}/consents").content.decode()
    assert "What was before" in page and "8 kinds are not in force" in page


def test_a_clock_that_runs_ahead_does_not_hold_a_withdrawal_up(participant, therapist, rows):
    ahead = make.consent(participant, by=therapist, minutes_ago=-4)
    assert withdraw_consent(by=therapist, consent=ahead).withdrawn_at == ahead.given_at


def test_in_force_is_asked_of_a_moment(participant, therapist, consent, rows):
    given, withdrawn = consent.given_at, withdraw_consent(by=therapist, consent=consent).withdrawn_at
    moment = timedelta(microseconds=1)
    asked = [given - moment, given, withdrawn - moment, withdrawn]
    assert [consent_in_force(participant, "touch-hand", at) for at in asked] == [False, True, True, False]
    assert not consent_in_force(participant, "touch-hand") and not consent_in_force(
        participant, "recording", given
    )


def test_a_row_in_error_is_not_in_force(participant, consent, rows):
    Consent.objects.filter(pk=consent.pk).update(entered_in_error_at=timezone.now())
    assert not consent_in_force(participant, "touch-hand")


def test_the_api_withdraws(client_of, therapist, consent):
    address = f"/api/v1{url(consent)}/"
    sent = {"id": make.new_id()}
    answers = [
        client_of(therapist).post(address, sent, content_type="application/json") for _time in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201] and stored(consent).withdrawn_at


def test_another_sites_staff_withdraw_nothing(client_of, therapist_elsewhere, consent):
    assert client_of(therapist_elsewhere).post(url(consent), {"id": make.new_id()}).status_code == 404
    assert not stored(consent).withdrawn_at


def test_no_length_of_history_hides_a_consent_in_force(client_of, therapist, participant, consent):
    at = consent.given_at + timedelta(minutes=1)
    with rows_of([participant.site_id], "tests"):
        facts = {"site_id": participant.site_id, "participant": participant, "kind": "recording"}
        Consent.objects.bulk_create(
            Consent(**facts, text_version="1", given_at=at, withdrawn_at=at) for _row in range(250)
        )
    page = client_of(therapist).get(f"/participants/{participant.pk}/consents").content.decode()
    assert "1 of 9 kinds are in force" in page
