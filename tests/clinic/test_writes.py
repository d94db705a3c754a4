"""A write may be sent twice, and twenty times at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from clinic.models import Consent, Write
from clinic.rows import rows_of
from clinic.services.consents import record_consent
from clinic.uuid7 import uuid7
from clinic.writes import WriteConflict, once
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def write(participant, by, id, body="a"):
    """One write that adds one consent."""
    return once(
        id=id,
        by=by,
        site_id=participant.site_id,
        action="test",
        body={"body": body},
        work=lambda: record_consent(
            by=by,
            participant=participant,
            kind="touch-hand",
            text_version="1",
            explained_by=by,
            given_at=participant.recorded_at,
            id=id,
        ),
    )


def test_the_same_write_again_gets_the_same_answer_and_does_nothing(participant, therapist, rows):
    id = uuid7()
    assert write(participant, therapist, id) == write(participant, therapist, id) == {"id": str(id)}
    assert Consent.objects.count() == 1


def test_the_same_id_with_another_body_is_refused(participant, therapist, rows):
    id = uuid7()
    write(participant, therapist, id)
    with pytest.raises(WriteConflict):
        write(participant, therapist, id, body="b")


def test_the_same_id_by_somebody_else_is_refused(participant, therapist, physician, rows):
    id = uuid7()
    write(participant, therapist, id)
    with pytest.raises(WriteConflict):
        write(participant, physician, id)


def test_an_id_of_another_site_is_refused_in_the_same_words(
    participant, therapist, therapist_elsewhere, elsewhere
):
    id = uuid7()
    with rows_of([participant.site_id]):
        write(participant, therapist, id)
    other = make.participant(elsewhere, by=therapist_elsewhere)
    with rows_of([elsewhere.pk]), pytest.raises(WriteConflict):
        write(other, therapist_elsewhere, id)


def test_a_write_that_fails_is_forgotten(participant, therapist, rows):
    id = uuid7()
    with pytest.raises(ZeroDivisionError):
        once(id=id, by=therapist, site_id=participant.site_id, action="test", body={}, work=lambda: 1 / 0)
    assert not Write.objects.filter(pk=id).exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_write(site, therapist, participant):
    id = uuid7()

    def send(_number):
        try:
            with rows_of([site.pk]):
                return write(participant, therapist, id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(20)))
    with rows_of([site.pk]):
        assert answers == [{"id": str(id)}] * 20 and Consent.objects.count() == 1
