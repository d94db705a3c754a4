"""Codes, keys and sealed text."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from clinic import codes, envelope
from clinic.models import AccessEvent, Identity
from clinic.services import participants
from tests.database import database_role

signs = st.text(alphabet=codes.SIGNS, min_size=codes.LENGTH, max_size=codes.LENGTH)


@given(signs, st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.SIGNS))
def test_any_single_slip_is_caught(text, place, other):
    wrong = text[:place] + other + text[place + 1 :]
    assert wrong == text or codes.check_character(wrong) != codes.check_character(text)


@given(signs, st.integers(0, codes.LENGTH - 2))
def test_any_swap_of_neighbours_is_caught(text, place):
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert swapped == text or codes.check_character(swapped) != codes.check_character(text)


@pytest.mark.parametrize("typed", ["p-7kq4-mrc", "7KQ4MRC", " P 7KQ4 MRC "])
def test_a_code_is_known_however_it_is_typed(typed):
    assert codes.normalise(typed) == "P-7KQ4-MRC"


@pytest.mark.parametrize("typed", ["", "P-7KQ4-MRD", "P-7KQ4-MR0", "P-7KQ4", "'; DROP TABLE", "P" * 1000])
def test_a_wrong_code_says_so(typed):
    with pytest.raises(ValidationError):
        codes.normalise(typed)


def test_a_new_code_is_valid():
    codes.validate_code(codes.new_code())


@pytest.mark.django_db
def test_identity_is_sealed_and_each_reading_is_written_down(participant, therapist, rows):
    sealed = bytes(Identity.objects.get(participant=participant).details_sealed)
    assert b"Wren" not in sealed
    assert (
        participants.read_identity(by=therapist, participant=participant, purpose="test")["preferred_name"]
        == "Wren"
    )
    with database_role(None):
        assert (
            AccessEvent.objects.filter(participant=participant, user=therapist, kind="identity").count() == 1
        )


@pytest.mark.django_db
def test_a_sealed_value_does_not_open_in_another_row(participant, site, therapist, rows):
    other = participants.add_participant(by=therapist, site=site, details={"preferred_name": "Sam"})
    row, stolen = Identity.objects.get(participant=participant), Identity.objects.get(participant=other)
    row.details_sealed = stolen.details_sealed
    with pytest.raises(envelope.Unreadable):
        participants.keys_of(other.pk).open(row, "details_sealed")


@pytest.mark.django_db
def test_one_person_is_not_added_twice(site, therapist, rows):
    details = {"given_name": "Ada", "family_name": "Example", "birth_date": "1970-01-01"}
    participants.add_participant(by=therapist, site=site, details=details)
    with pytest.raises(ValidationError, match="already here"):
        participants.add_participant(by=therapist, site=site, details={**details, "given_name": " ada "})


@pytest.mark.parametrize(
    "text", ["", "wrap short AAAA", "wrap aaaaaaaa not-base64!", "index aaaaaaaa " + "A" * 43 + "="]
)
def test_a_bad_key_file_stops_the_start(tmp_path, text):
    path = tmp_path / "keys"
    path.write_text(text)
    with pytest.raises(envelope.KeyFileError):
        envelope.keyring.__wrapped__(path)


def test_a_missing_key_file_stops_the_start(tmp_path):
    with pytest.raises(envelope.KeyFileError, match="KEY_FILE"):
        envelope.keyring.__wrapped__(tmp_path / "none")
