"""Recording entries of a session."""

import pytest

from sessions.models import Attendance, DoseAdministration, LogEntry, VitalSign
from tests import make
from tests.sessions.day import HOSTILE, sent, typed


@pytest.fixture
def bodies(therapist, co_therapist):
    """A whole entry of each kind: page, endpoint, fields."""
    return {
        "attendance": ("attendances", {"person": str(therapist.pk), "part": "lead"}),
        "setting": ("settings", {"place": "room", "room": "Quiet room", "music": "Playlist 2"}),
        "notes": ("notes", {"text": "Speaks of the sea."}),
        "vitals": (
            "vitals",
            {"systolic_mmhg": 132, "diastolic_mmhg": 84, "pulse_bpm": 88, "temperature_c": "37.1"},
        ),
        "doses": (
            "doses",
            {
                "part": "initial",
                "substance": "MDMA",
                "dose_mg": "80",
                "given_by": str(therapist.pk),
                "witnessed_by": str(co_therapist.pk),
            },
        ),
    }


KINDS = ("attendance", "setting", "notes", "vitals", "doses")
# A page chooses nothing beforehand; the API takes what is left out as none.
CHOSEN = {"doses": {"decision": "none"}}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_recorded_from_its_page(post, client_of, therapist, session, bodies, kind):
    answer = post(
        therapist,
        f"/sessions/{session.pk}/{kind}",
        occurred_at=typed(30),
        **bodies[kind][1],
        **CHOSEN.get(kind, {}),
    )
    assert answer.status_code == 302
    assert client_of(therapist).get(f"/sessions/{session.pk}/{kind}").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_recorded_over_the_api_and_listed(call, client_of, therapist, session, bodies, kind):
    endpoint, fields = bodies[kind]
    url = f"/api/v1/sessions/{session.pk}/{endpoint}/"
    answer = call(therapist, url, occurred_at=sent(30), **fields)
    (row,) = client_of(therapist).get(url).json()["results"]
    assert (answer.status_code, row["id"]) == (201, answer.json()["id"])
    assert not [name for name in row if "sealed" in name]


@pytest.mark.parametrize("kind", KINDS)
def test_another_site_finds_nothing_and_a_rater_may_not(
    post, call, rater, therapist_elsewhere, session, bodies, kind
):
    endpoint, fields = bodies[kind]
    page, url = f"/sessions/{session.pk}/{kind}", f"/api/v1/sessions/{session.pk}/{endpoint}/"
    assert post(therapist_elsewhere, page, occurred_at=typed(30), **fields).status_code == 404
    assert call(therapist_elsewhere, url, occurred_at=sent(30), **fields).status_code == 404
    assert post(rater, page, occurred_at=typed(30), **fields).status_code == 403
    assert call(rater, url, occurred_at=sent(30), **fields).status_code == 403


def test_the_same_form_twice_is_one_dose(post, therapist, session, bodies, rows):
    fields = {"id": make.new_id(), "occurred_at": typed(30), **bodies["doses"][1], **CHOSEN["doses"]}
    first, second = (post(therapist, f"/sessions/{session.pk}/doses", **fields) for _ in range(2))
    assert (first.url, second.url) == (f"/sessions/{session.pk}/",) * 2
    assert DoseAdministration.objects.count() == 1


def test_the_same_id_with_another_dose_is_a_conflict(post, therapist, session, bodies, rows):
    fields = {"id": make.new_id(), "occurred_at": typed(30), **bodies["doses"][1], **CHOSEN["doses"]}
    post(therapist, f"/sessions/{session.pk}/doses", **fields)
    assert post(therapist, f"/sessions/{session.pk}/doses", **{**fields, "dose_mg": "120"}).status_code == 409


@pytest.mark.parametrize(
    ("minutes_ago", "words"), [(-10, "This time lies ahead"), (180, "before the session began")]
)
def test_a_wrong_time_is_refused_at_its_field(post, call, therapist, session, minutes_ago, words):
    page = post(therapist, f"/sessions/{session.pk}/notes", occurred_at=typed(minutes_ago), text="Calm.")
    body = call(
        therapist, f"/api/v1/sessions/{session.pk}/notes/", occurred_at=sent(minutes_ago), text="Calm."
    )
    assert (page.status_code, body.status_code) == (400, 400)
    assert words in page.content.decode()
    assert words in body.json()["occurred_at"][0]


def test_nobody_leaves_before_coming(post, therapist, session, bodies, rows):
    fields = {**bodies["attendance"][1], "occurred_at": typed(30), "left_at": typed(40)}
    answer = post(therapist, f"/sessions/{session.pk}/attendance", **fields)
    assert "The end is before the start." in answer.content.decode()
    assert not Attendance.objects.exists()


def test_the_second_person_is_somebody_else(post, therapist, session, bodies, rows):
    fields = {
        **bodies["doses"][1],
        **CHOSEN["doses"],
        "occurred_at": typed(30),
        "witnessed_by": str(therapist.pk),
    }
    answer = post(therapist, f"/sessions/{session.pk}/doses", **fields)
    assert (answer.status_code, DoseAdministration.objects.count()) == (400, 0)


def test_a_person_of_another_site_cannot_be_named(call, therapist, therapist_elsewhere, session):
    fields = {"person": str(therapist_elsewhere.pk), "part": "lead", "occurred_at": sent(5)}
    answer = call(therapist, f"/api/v1/sessions/{session.pk}/attendances/", **fields)
    assert (answer.status_code, list(answer.json())) == (400, ["person"])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"systolic_mmhg": 120},
        {"systolic_mmhg": 80, "diastolic_mmhg": 120},
        {"pulse_bpm": 900},
        {"pulse_bpm": "fast"},
        {"pulse_bpm": 80, "colour": "blue"},
        {"spo2_percent": 20},
    ],
)
def test_readings_that_cannot_be_are_refused_whole(call, therapist, session, rows, fields):
    answer = call(therapist, f"/api/v1/sessions/{session.pk}/vitals/", occurred_at=sent(5), **fields)
    assert answer.status_code == 400
    assert not VitalSign.objects.exists()


@pytest.mark.parametrize(
    ("text", "status"),
    [("x" * 1_000_000, 413), ("x" * 20_001, 400), ("bell\x07", 400), ("nul\x00", 400), (" ", 400)],
)
def test_text_that_cannot_be_stored_is_refused(post, call, therapist, session, rows, text, status):
    page = post(therapist, f"/sessions/{session.pk}/notes", occurred_at=typed(5), text=text)
    body = call(therapist, f"/api/v1/sessions/{session.pk}/notes/", occurred_at=sent(5), text=text)
    assert (page.status_code, body.status_code) == (status, status)
    assert not LogEntry.objects.exists()


def test_a_hostile_note_is_shown_as_text(post, client_of, therapist, session):
    post(therapist, f"/sessions/{session.pk}/notes", occurred_at=typed(5), text=HOSTILE)
    html = client_of(therapist).get(f"/sessions/{session.pk}/").content.decode()
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_note_is_stored_sealed(note, rows):
    assert b"Settled" not in bytes(LogEntry.objects.get().text_sealed)


def test_a_private_note_is_its_authors_alone(post, client_of, therapist, co_therapist, session):
    post(therapist, f"/sessions/{session.pk}/notes", occurred_at=typed(5), text="My own doubt.", private="on")
    pages = [f"/sessions/{session.pk}/", f"/api/v1/sessions/{session.pk}/notes/"]
    seen = {
        user: ["My own doubt." in client_of(user).get(url).content.decode() for url in pages]
        for user in (therapist, co_therapist)
    }
    assert seen == {therapist: [True, True], co_therapist: [False, False]}
