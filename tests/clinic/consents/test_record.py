"""A consent is recorded kind by kind, with its text, its language and who explained it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.utils import timezone

from clinic.consents.texts import text_of
from clinic.models import AuditEvent, Consent
from clinic.rows import rows_of
from clinic.services.consents import record_consent, record_source_consent
from tests import make

pytestmark = pytest.mark.django_db


def url(participant, kind="touch-hand") -> str:
    return f"/participants/{participant.pk}/consents/new/{kind}"


def form(therapist, **more) -> dict:
    fields = {"id": make.new_id(), "text": "1/en", "given_at": "2026-01-05T09:30"}
    return {**fields, "explained_by": str(therapist.pk), **more}


def test_the_page_shows_the_text_and_stores_it_with_the_consent(client_of, therapist, participant):
    client = client_of(therapist)
    assert "may hold my hand" in client.get(url(participant)).content.decode()
    assert client.post(url(participant), form(therapist)).status_code == 302
    with rows_of([participant.site_id]):
        row = Consent.objects.get()
    assert (row.kind, row.text_version, row.language, row.explained_by) == (
        "touch-hand",
        "1",
        "en",
        therapist,
    )
    assert row.text == text_of("touch-hand", "1", "en").whole
    assert timezone.localtime(row.given_at, timezone.zoneinfo.ZoneInfo("Australia/Sydney")).hour == 9


def test_one_kind_of_touch_allows_no_other(client_of, therapist, participant):
    make.consent(participant, "touch-hand", by=therapist)
    page = client_of(therapist).get(f"/participants/{participant.pk}/consents").content.decode()
    assert "1 of 9 kinds are in force" in page and "8 kinds are not in force" in page
    with rows_of([participant.site_id]):
        assert not Consent.objects.in_force_for(participant, "touch-holding").exists()


def test_the_same_kind_twice_is_refused_with_what_to_do(client_of, therapist, participant):
    client = client_of(therapist)
    client.post(url(participant), form(therapist))
    again = client.post(url(participant), form(therapist))
    assert again.status_code == 400 and "already in force. Withdraw it" in again.content.decode()


@pytest.mark.parametrize("kind", ["touch", "party", "source-study"])
def test_a_kind_that_is_not_asked_has_no_page(client_of, therapist, participant, kind):
    assert client_of(therapist).get(url(participant, kind)).status_code == 404


def test_an_import_names_nobody_and_nobody_records_its_text_here(participant, therapist, rows):
    day = timezone.localdate()
    assert record_source_consent(by="tests", participant=participant, on=day).explained_by is None
    facts = {"by": therapist, "participant": participant, "given_at": timezone.now()}
    with pytest.raises(ValidationError, match="There is no text of this kind"):
        record_consent(kind="research", text_version="source-study", explained_by=therapist, **facts)


def test_what_was_consented_to_cannot_be_changed_by_the_app(participant, therapist, rows):
    make.consent(participant, by=therapist)
    for column, value in (("text", "Anything"), ("kind", "touch"), ("text_version", "9")):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Consent.objects.update(**{column: value})


def test_the_audit_holds_the_consent_and_who_recorded_it(participant, therapist, logins):
    row = make.consent(participant, by=therapist)
    with rows_of([participant.site_id], using="auditor"):
        event = AuditEvent.objects.using("auditor").get(row_id=str(row.pk))
    assert (event.operation, event.actor) == ("I", str(therapist.pk))
    assert event.after["explained_by_id"] == str(therapist.pk) and "hold my hand" in event.after["text"]


def test_the_api_records_and_lists(client_of, therapist, participant):
    address = f"/api/v1/participants/{participant.pk}/consents/"
    body = {
        "id": make.new_id(),
        "kind": "recording",
        "text_version": "1",
        "given_at": "2026-01-05T09:30:00Z",
        "explained_by": str(therapist.pk),
    }
    client = client_of(therapist)
    sent = [client.post(address, body, content_type="application/json") for _time in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    (row,) = client.get(address).json()
    assert (row["language"], row["explained_by"]) == ("en", str(therapist.pk)) and "text" not in row


def test_another_sites_staff_find_nobody(client_of, therapist_elsewhere, participant):
    client = client_of(therapist_elsewhere)
    assert client.get(url(participant)).status_code == 404
    assert client.post(url(participant), form(therapist_elsewhere)).status_code == 404
