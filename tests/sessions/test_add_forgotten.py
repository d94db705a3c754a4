"""Adding to a signed record what was forgotten, and withdrawing an entry without a replacement."""

import pytest
from django.core.exceptions import ValidationError

from clinic import audit
from clinic.rows import rows_of
from clinic.storing import insert
from sessions.models import Amendment, LogEntry, VitalSign
from sessions.services.dosing import record_vitals
from sessions.services.sessions import write_note
from sessions.services.signing import sign_session
from tests.make import PASSWORD
from tests.sessions.day import at, sent, typed

WHY = "Kept on paper, and found later"


@pytest.fixture
def signed(note, closed, therapist, site):
    """The session, closed and signed."""
    with rows_of([site.pk]):
        sign_session(by=therapist, session=closed, meaning="author", password=PASSWORD)
    return closed


@pytest.fixture
def reading(session, therapist, site):
    """A reading of another person's."""
    with rows_of([site.pk]):
        return record_vitals(by=therapist, session=session, occurred_at=at(50), pulse_bpm=70)


@pytest.mark.parametrize("api", [False, True])
def test_what_was_forgotten_comes_after_signing(post, call, therapist, signed, rows, api):
    fields = {"pulse_bpm": 88, "reason": WHY}
    if api:
        answer = call(therapist, f"/api/v1/sessions/{signed.pk}/add/vitals/", occurred_at=sent(50), **fields)
    else:
        answer = post(therapist, f"/sessions/{signed.pk}/add/vitals", occurred_at=typed(50), **fields)
    change = Amendment.objects.get()
    assert answer.status_code == (201 if api else 302)
    assert (change.old_row, change.new_row, change.reason) == (None, VitalSign.objects.get().pk, WHY)


def test_the_page_offers_it_and_shows_the_signature_superseded(post, client_of, therapist, signed):
    before = client_of(therapist).get(f"/sessions/{signed.pk}/").content.decode()
    fields = {"occurred_at": typed(50), "text": "Asked for water.", "reason": WHY}
    post(therapist, f"/sessions/{signed.pk}/add/notes", **fields)
    after = client_of(therapist).get(f"/sessions/{signed.pk}/").content.decode()
    assert "Add what was forgotten" in before and "Superseded" not in before
    assert "Superseded" in after and "Note: added after signing" in after and WHY in after


def test_a_form_of_each_kind_is_there(client_of, therapist, signed):
    for kind in ("attendance", "setting", "notes", "vitals", "doses"):
        assert client_of(therapist).get(f"/sessions/{signed.pk}/add/{kind}").status_code == 200
    assert client_of(therapist).get(f"/sessions/{signed.pk}/add/users").status_code == 404


def test_an_unsigned_record_takes_entries_as_any_other(post, therapist, closed, rows):
    fields = {"occurred_at": typed(50), "pulse_bpm": "88", "reason": WHY}
    answer = post(therapist, f"/sessions/{closed.pk}/add/vitals", **fields)
    assert answer.status_code == 400 and "not signed yet" in answer.content.decode()
    assert not VitalSign.objects.exists()


def test_it_needs_a_reason_and_a_time_within_the_session(post, call, therapist, signed, rows):
    page = post(therapist, f"/sessions/{signed.pk}/add/vitals", occurred_at=typed(50), pulse_bpm="88")
    url = f"/api/v1/sessions/{signed.pk}/add/vitals/"
    early = call(therapist, url, occurred_at=sent(500), pulse_bpm=88, reason=WHY)
    none = call(therapist, url, occurred_at=sent(50), pulse_bpm=88, reason=" ")
    assert [page.status_code, early.status_code, none.status_code] == [400] * 3
    assert not VitalSign.objects.exists() and not Amendment.objects.exists()


def test_a_private_note_added_later_stays_its_authors(post, client_of, therapist, co_therapist, signed):
    fields = {"occurred_at": typed(50), "text": "My own.", "private": "on", "reason": WHY}
    post(therapist, f"/sessions/{signed.pk}/add/notes", **fields)
    assert "My own." in client_of(therapist).get(f"/sessions/{signed.pk}/").content.decode()
    assert "My own." not in client_of(co_therapist).get(f"/sessions/{signed.pk}/").content.decode()


@pytest.mark.parametrize("api", [False, True])
def test_an_entry_is_withdrawn_without_a_replacement(post, call, therapist, session, reading, rows, api):
    if api:
        url = f"/api/v1/sessions/{session.pk}/withdraw/vitals/{reading.pk}/"
        answer = call(therapist, url, reason="Another person")
    else:
        url = f"/sessions/{session.pk}/withdraw/vitals/{reading.pk}"
        answer = post(therapist, url, reason="Another person")
    change = Amendment.objects.get()
    assert answer.status_code == (201 if api else 302)
    assert (change.old_row, change.new_row) == (reading.pk, None)
    assert not VitalSign.objects.in_force().exists()


def test_the_page_shows_it_struck_out_and_says_why(post, client_of, therapist, session, reading):
    amend = client_of(therapist).get(f"/sessions/{session.pk}/amend/vitals/{reading.pk}").content.decode()
    url = f"/sessions/{session.pk}/withdraw/vitals/{reading.pk}"
    post(therapist, url, reason="Another person")
    html = client_of(therapist).get(f"/sessions/{session.pk}/").content.decode()
    assert url in amend
    assert "Vital signs: entered in error" in html and html.count("Another person") == 2


def test_an_entry_is_withdrawn_once(call, therapist, session, reading, rows):
    url = f"/api/v1/sessions/{session.pk}/withdraw/vitals/{reading.pk}/"
    answers = [call(therapist, url, reason="Another person").status_code for _ in range(2)]
    assert answers == [201, 400]


def test_nobody_withdraws_another_persons_private_note(call, therapist, co_therapist, session, site, rows):
    note = write_note(by=therapist, session=session, text="My own.", occurred_at=at(5), private=True)
    url = f"/api/v1/sessions/{session.pk}/withdraw/notes/{note.pk}/"
    assert call(co_therapist, url, reason="Not mine").status_code == 404
    assert LogEntry.objects.in_force().exists()


def test_an_amendment_names_at_least_one_row(therapist, session, rows):
    empty = Amendment(site_id=session.site_id, session=session, reason="Nothing changed", by=therapist)
    empty.table = "therapy_vitalsign"
    with pytest.raises(ValidationError, match="changes an entry"), audit.change(by=therapist):
        insert(empty)
