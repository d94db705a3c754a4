"""The session page: what it shows, to whom, and in which words."""

import pytest

from clinic.models import AccessEvent
from tests import pseudo
from tests.database import database_role


def test_those_who_treat_see_two_identifiers_and_leave_a_trace(
    client_of, therapist, participant, session, rows
):
    html = client_of(therapist).get(f"/sessions/{session.pk}/").content.decode()
    assert participant.code in html and "Wren" in html and "17 May 1984" in html
    with database_role("auditor"):
        assert AccessEvent.objects.filter(participant=participant, kind="identity").count() == 1


def test_the_auditor_sees_the_session_and_no_identity(client_of, auditor, participant, session):
    html = client_of(auditor).get(f"/sessions/{session.pk}/").content.decode()
    assert participant.code in html
    assert "Wren" not in html
    assert "Record vital signs" not in html


@pytest.mark.parametrize("page", ["", "attendance", "setting", "notes", "vitals", "doses", "close", "sign"])
def test_every_word_is_translated(client_of, therapist, participant, session, note, page):
    with pseudo.language():
        html = client_of(therapist).get(f"/sessions/{session.pk}/{page}").content.decode()
    data = (
        participant.code,
        "Wren",
        "Harbour",
        "Therapist",
        "Settled, eyes closed.",
        "MDMA for PTSD",
        "MAPP1",
        str(therapist),
    )
    assert pseudo.untranslated(html, data=data) == []


def test_anonymous_people_are_sent_to_sign_in(client, session):
    assert client.get(f"/sessions/{session.pk}/").url.startswith("/accounts/login/")
