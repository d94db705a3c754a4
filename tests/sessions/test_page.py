"""The session page: what it shows, to whom, and in which words."""

import pytest

from clinic.models import AccessEvent
from sessions.services.sessions import close_session
from tests import pseudo
from tests.database import database_role
from tests.sessions.day import at, typed


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


def shown(client, session) -> str:
    """What the session's page says."""
    return client.get(f"/sessions/{session.pk}/").content.decode()


def test_who_has_not_left_is_still_there_until_the_end(client_of, post, therapist, session, rows):
    post(
        therapist,
        f"/sessions/{session.pk}/attendance",
        person=therapist.pk,
        part="lead",
        occurred_at=typed(30),
    )
    assert "Still there" in shown(client_of(therapist), session)
    close_session(by=therapist, session=session, ended_at=at(5))
    assert "At the end" in shown(client_of(therapist), session)


def test_entries_have_an_age_only_while_the_session_runs(client_of, post, therapist, session, rows):
    post(therapist, f"/sessions/{session.pk}/vitals", pulse_bpm=70, occurred_at=typed(30))
    assert "data-age" in table(shown(client_of(therapist), session))
    close_session(by=therapist, session=session, ended_at=at(5))
    assert "data-age" not in table(shown(client_of(therapist), session))


def table(html: str) -> str:
    """The vital signs."""
    return html.split('id="vitals"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("form", "sent", "said"),
    [
        ("vitals", {"systolic_mmhg": 999}, "Systolic pressure must be 300 mmHg or less."),
        ("vitals", {"systolic_mmhg": 4}, "Systolic pressure must be 40 mmHg or more."),
        ("vitals", {"temperature_c": 50}, "Temperature must be 45 °C or less."),
        ("doses", {}, "Enter the dose in mg"),
        ("doses", {}, "Substance is missing."),
    ],
)
def test_a_refusal_names_the_field_and_its_unit(post, therapist, session, form, sent, said):
    answer = post(therapist, f"/sessions/{session.pk}/{form}", occurred_at=typed(30), **sent)
    assert said in answer.content.decode()


def test_anonymous_people_are_sent_to_sign_in(client, session):
    assert client.get(f"/sessions/{session.pk}/").url.startswith("/accounts/login/")
