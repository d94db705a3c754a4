"""How many queries a page and a write take: the same at 5 rows as at 50."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.rows import rows_of
from sessions.services.dosing import record_vitals
from sessions.services.sessions import write_note
from tests import make
from tests.make import PASSWORD
from tests.sessions.day import at, typed

FREE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ")


def queries_of(send) -> list[str]:
    """The statements that count: without transactions and set_config."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        send()
    sent = [query["sql"] for query in seen.captured_queries]
    return [sql for sql in sent if not sql.startswith(FREE) and "set_config" not in sql]


def fill(session, therapist, number: int) -> None:
    """Notes and readings."""
    with rows_of([session.site_id]):
        for _ in range(number):
            write_note(by=therapist, session=session, text="Calm.", occurred_at=at(10))
            record_vitals(by=therapist, session=session, pulse_bpm=80, occurred_at=at(10))


@pytest.mark.parametrize("number", [5, 50])
def test_the_session_page_takes_six_queries_whatever_its_length(client_of, therapist, session, number):
    fill(session, therapist, number)
    client = client_of(therapist)
    seen = queries_of(lambda: client.get(f"/sessions/{session.pk}/"))
    assert len(seen) == 6, "\n".join(seen)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("notes", {"text": "Calm."}),
        ("vitals", {"pulse_bpm": "80"}),
        ("doses", {"part": "initial", "substance": "MDMA", "dose_mg": "80", "decision": "none"}),
    ],
)
def test_a_write_takes_nine_queries_at_most(client_of, therapist, closed, kind, fields):
    client = client_of(therapist)
    fields = {
        "id": make.new_id(),
        "occurred_at": typed(9),
        "reason": "Kept on paper",
        "given_by": str(therapist.pk),
        **fields,
    }
    answers = []
    seen = queries_of(lambda: answers.append(client.post(f"/sessions/{closed.pk}/{kind}", fields)))
    assert answers[0].status_code == 302
    assert len(seen) <= 9, "\n".join(seen)


def test_signing_and_amending_keep_to_nine_too(client_of, therapist, note, closed):
    client = client_of(therapist)
    amended = {"id": make.new_id(), "occurred_at": typed(60), "text": "Awake.", "reason": "A slip"}
    signed = {"id": make.new_id(), "meaning": "author", "password": PASSWORD}
    counts = {
        "amend": len(
            queries_of(lambda: client.post(f"/sessions/{closed.pk}/amend/notes/{note.pk}", amended))
        ),
        "sign": len(queries_of(lambda: client.post(f"/sessions/{closed.pk}/sign", signed))),
    }
    assert max(counts.values()) <= 9, counts
