"""What nobody should send, through pages and through the API: a clear refusal, and nothing half-stored."""

from types import SimpleNamespace

import pytest
from django.db import connection

from tests import grid, make, right
from tests.database import database_role
from tests.right import API, RIGHT, UNDERSTOOD, iso, typed
from tests.world import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
COUNTED = (
    "clinic_write", "clinic_participant", "clinic_identity", "clinic_consent", "clinic_enrolment", "clinic_user",
    "clinic_understanding",
    "clinic_membership", "clinic_signature", "therapy_session", "therapy_attendance", "therapy_setting",
    "therapy_screeningfinding", "therapy_medication", "therapy_medicineclearance",
    "therapy_logentry", "therapy_vitalsign", "therapy_doseadministration", "therapy_amendment",
    "therapy_dosedecision", "therapy_gateoverride", "therapy_dosedeviation", "therapy_eligibilitydecision",
    "outcomes_assessment", "outcomes_checkin", "outcomes_importdraft", "outcomes_importedfile", "clinic_auditevent",
)  # fmt: skip
BELL, NUL = "Settled\x07", "Settled\x00"
MEGABYTE = "a" * 1_000_000


def counted() -> dict[str, int]:
    """Rows of every table that a write could reach, whatever the site."""
    with database_role(None), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in COUNTED))
        return dict(cursor.fetchall())


@pytest.fixture
def place(harbour, hill, client_of):
    """Harbour with everybody in it, and what somebody at Hill has."""
    return SimpleNamespace(
        **vars(harbour),
        stranger=hill.therapist,
        their_programme=make.programme(hill.site, code="THEIRS"),
        their_enrolment=hill.enrolment,
        client_of=client_of,
        browser=client_of(harbour.therapist),
    )


ELIGIBILITY = ("sessions-api:eligibility", "sessions:eligibility")
COUNTERSIGN = ("sessions-api:countersign", "sessions:countersign")
# Route and one broken field. A function is given the place.
TEXTS = [
    ("clinic-api:consents", "text_version"), ("sessions-api:settings", "room"), ("sessions-api:notes", "text"),
    ("sessions-api:notes", "reason"), ("sessions-api:doses", "lot"), ("sessions-api:doses", "substance"),
    ("outcomes-api:assessments", "visit"), ("clinic-api:enrolments", "programme"),
    ("clinic:consent-record", "text"), ("clinic:consent-withdraw", "reason"), ("clinic-api:consent-withdraw", "reason"),
    ("clinic-api:consents", "language"), ("clinic-api:understandings", "version"), ("clinic:participant-add", "given_name"),
    ("clinic:participant-add", "phone"), ("sessions:setting", "music"), ("sessions:notes", "text"),
    ("sessions:doses", "lot"), ("outcomes:assess", "visit"),
    ("sessions:dose-decision", "reason"), ("sessions-api:dose-decision", "reason"),
    ("sessions:gate-override", "reason"), ("sessions-api:gate-override", "reason"),
    ("sessions:deviation-review", "words"), ("sessions-api:deviation-explain", "reason"),
    ("sessions-api:eligibility", "rationale"), ("sessions:eligibility", "rationale"),
    ("sessions-api:findings", "words"), ("sessions-api:findings", "reason"), ("sessions-api:findings", "value"),
    ("sessions-api:medicines", "name"),
    ("sessions-api:medicines", "words"), ("sessions:screen", "weight__words"), ("sessions:screen", "reason"),
    ("sessions:medicine-add", "name"), ("sessions:medicine-add", "dose"), ("sessions:medicine-clear", "words"),
]  # fmt: skip
TIMES = [
    ("clinic-api:consents", "given_at"), ("clinic-api:understandings", "started_at"),
    ("clinic-api:understandings", "finished_at"), ("sessions-api:sessions", "occurred_at"),
    ("sessions-api:attendances", "occurred_at"), ("sessions-api:settings", "occurred_at"),
    ("sessions-api:notes", "occurred_at"), ("sessions-api:vitals", "occurred_at"),
    ("sessions-api:doses", "occurred_at"), ("sessions-api:close", "ended_at"),
    ("outcomes-api:assessments", "occurred_at"), ("clinic:consent-record", "given_at"), ("sessions:open", "occurred_at"),
    ("sessions:attendance", "occurred_at"), ("sessions:setting", "occurred_at"), ("sessions:notes", "occurred_at"),
    ("sessions:vitals", "occurred_at"), ("sessions:doses", "occurred_at"), ("sessions:close", "ended_at"),
    ("outcomes:assess", "occurred_at"), ("sessions-api:findings", "occurred_at"),
    ("sessions-api:medicines", "occurred_at"), ("sessions:screen", "occurred_at"), ("sessions:morning", "occurred_at"),
    ("sessions:medicine-add", "occurred_at"), ("sessions:medicine-change", "occurred_at"),
]  # fmt: skip
WRONG = [
    ("sessions-api:attendances", "left_at", lambda p: iso(-60)), ("sessions:attendance", "left_at", lambda p: typed(-60)),
    ("sessions-api:close", "ended_at", lambda p: iso(-240)), ("sessions:close", "ended_at", lambda p: typed(-240)),
    ("sessions-api:attendances", "person", lambda p: str(p.stranger.pk)),
    ("sessions:attendance", "person", lambda p: str(p.stranger.pk)),
    ("sessions-api:doses", "given_by", lambda p: str(p.stranger.pk)),
    ("clinic-api:enrolments", "programme", lambda p: "THEIRS"),
    ("clinic:enrol", "programme", lambda p: str(p.their_programme.pk)),
    ("clinic:participant-add", "programme", lambda p: str(p.their_programme.pk)),
    ("sessions-api:vitals", "pulse_bpm", lambda p: 10**30), ("sessions:vitals", "pulse_bpm", lambda p: "1" * 30),
    ("sessions-api:vitals", "pulse_bpm", lambda p: ["70"]), ("sessions-api:vitals", "temperature_c", lambda p: "NaN"),
    ("sessions-api:doses", "dose_mg", lambda p: -1), ("sessions-api:doses", "dose_mg", lambda p: "Infinity"),
    ("sessions:dose-decision", "outcome", lambda p: "given"), ("sessions:dose-decision", "dose_mg", lambda p: "NaN"),
    ("sessions-api:dose-decision", "dose_mg", lambda p: -1), ("sessions-api:dose-decision", "dose_mg", lambda p: "1e9"),
    ("sessions-api:dose-decision", "override", lambda p: str(p.override.pk)),
    ("sessions:dose-decision", "password", lambda p: "wrong"), ("sessions-api:gate-override", "password", lambda p: "wrong"),
    ("sessions:gate-override", "reason", lambda p: "No"), ("sessions-api:deviation-review", "words", lambda p: ""),
    ("sessions:doses", "decision", lambda p: str(p.deviation.pk)), ("sessions:doses", "decision", lambda p: ""),
    ("sessions-api:doses", "decision", lambda p: str(p.deviation.pk)),
    ("sessions:doses", "dose_mg", lambda p: "-1"), ("sessions:doses", "dose_mg", lambda p: "NaN"),
    ("sessions-api:notes", "text", lambda p: {"a": 1}), ("sessions-api:notes", "text", lambda p: "a" * 20_001),
    ("sessions-api:sessions", "kind", lambda p: "party"), ("sessions:open", "kind", lambda p: "party"),
    ("sessions-api:sessions", "occurred_at", lambda p: "0001-01-01T00:00:00+14:00"),
    ("sessions:open", "occurred_at", lambda p: "0001-01-01T00:00"),
    *(("clinic-api:consents", field, lambda p, wrong=wrong: wrong) for field, wrong in (
        ("kind", "touch"), ("kind", "party"), ("text_version", "99"), ("text_version", "source-study"), ("language", "xx"),
        ("explained_by", None), ("explained_by", "nobody"),
    )),
    ("clinic-api:consents", "explained_by", lambda p: str(p.stranger.pk)),
    *(("clinic-api:understandings", field, lambda p, wrong=wrong: wrong) for field, wrong in (
        ("version", "2"), ("version", "../consents/wording/understanding.1"), ("language", "xx"), ("consent", "none"),
        ("answers", {}), ("answers", []), ("answers", {**UNDERSTOOD, "helps": ["party"]}),
        ("answers", {**UNDERSTOOD, "helps": ["some", "nobody"]}), ("answers", {**UNDERSTOOD, "helps": []}),
        ("answers", {**UNDERSTOOD, "helps": "some"}), ("answers", {**UNDERSTOOD, "helps": {"some": 1}}),
        ("answers", {**UNDERSTOOD, "more": ["some"]}), ("answers", {NUL: [NUL]}),
    )),
    ("clinic-api:understandings", "consent", lambda p: str(p.touch.pk)),
    ("clinic-api:understandings", "finished_at", lambda p: iso(-60)),
    ("clinic:consent-record", "explained_by", lambda p: str(p.stranger.pk)),
    ("clinic:consent-record", "explained_by", lambda p: ""),
    ("clinic:consent-record", "text", lambda p: "source-study/en"), ("clinic:consent-record", "text", lambda p: "1"),
    ("clinic:consent-withdraw", "reason", lambda p: "a" * 501),
    ("clinic-api:consent-withdraw", "reason", lambda p: "a" * 501),
    ("clinic-api:consents", "given_at", lambda p: "9999-12-31T23:59:59-12:00"),
    ("clinic-api:enrolments", "enrolled_on", lambda p: "2999-01-01"),
    ("clinic:enrol", "enrolled_on", lambda p: "2999-01-01"),
    ("clinic:participant-add", "birth_date", lambda p: "2999-01-01"),
    ("outcomes-api:assessments", "answers", lambda p: {"item_1": 9}),
    ("outcomes-api:assessments", "answers", lambda p: {NUL: 1}),
    ("outcomes-api:assessments", "answers", lambda p: {"item_1": 10**40}),
    ("outcomes:assess", "item_1", lambda p: "9"),
    ("outcomes-api:check-ins", "hours", lambda p: 10**9), ("outcomes:check-in-make", "hours", lambda p: "100000"),
    *((route, "outcome", lambda p: "party") for route in ELIGIBILITY),
    *((route, "outcome", lambda p: "eligible") for route in ELIGIBILITY),
    *((route, "outcome", lambda p: "defer") for route in ELIGIBILITY),
    *((route, "defer_until", lambda p: "2999-01-01") for route in ELIGIBILITY),
    *((route, "reasons", lambda p: ["rule.nobody_knows"]) for route in ELIGIBILITY),
    *((route, "reasons", lambda p: []) for route in ELIGIBILITY),
    *((route, "weighed", lambda p: ["rule.psychotic_disorder"]) for route in ELIGIBILITY),
    *((route, "overridden", lambda p: ["rule.psychotic_disorder"]) for route in ELIGIBILITY),
    *((route, "results_sha256", lambda p: "0" * 64) for route in ELIGIBILITY),
    *((route, "physician", lambda p: str(p.stranger.pk)) for route in ELIGIBILITY),
    *((route, "rationale", lambda p: "  ") for route in ELIGIBILITY),
    *((route, "password", lambda p: "guessed") for route in (*ELIGIBILITY, *COUNTERSIGN)),
    ("sessions-api:eligibility", "reasons", lambda p: {"a": 1}), ("sessions-api:eligibility", "reasons", lambda p: "a"),
    ("sessions-api:eligibility", "reasons", lambda p: [NUL]), ("sessions:decision-withdraw", "reason", lambda p: " "),
    ("sessions-api:findings", "factor", lambda p: "mood"), ("sessions-api:findings", "occasion", lambda p: "party"),
    ("sessions-api:findings", "source", lambda p: "interview"), ("sessions-api:findings", "value", lambda p: "heavy"),
    ("sessions-api:findings", "value", lambda p: 9000), ("sessions-api:findings", "value", lambda p: {NUL: [BELL]}),
    ("sessions-api:findings", "value", lambda p: "1e999999999"), ("sessions-api:findings", "value", lambda p: [[[1]]]),
    ("sessions-api:findings", "replaces", lambda p: str(p.medicine.pk)), ("sessions-api:findings", "reason", lambda p: " "),
    ("sessions-api:findings", "session", lambda p: str(p.session.pk)),
    ("sessions-api:findings", "assessment_id", lambda p: str(p.medicine.pk)),
    ("sessions-api:findings", "words", lambda p: "a" * 4_001),
    ("sessions-api:medicines", "name", lambda p: " "), ("sessions-api:medicines", "name", lambda p: "a" * 81),
    ("sessions-api:medicines", "stopped", lambda p: True), ("sessions-api:medicines", "stopped", lambda p: "perhaps"),
    ("sessions-api:medicines", "last_taken_on", lambda p: "2999-01-01"),
    ("sessions-api:medicines", "replaces", lambda p: str(p.finding.pk)), ("sessions-api:medicines", "reason", lambda p: ""),
    ("sessions:screen", "weight", lambda p: "NaN"), ("sessions:screen", "weight", lambda p: "1" * 19),
    ("sessions:screen", "weight__replaces", lambda p: str(p.medicine.pk)), ("sessions:screen", "reason", lambda p: ""),
    ("sessions:screen", "seizure_history", lambda p: "often"), ("sessions:screen", "source", lambda p: "hearsay"),
    ("sessions:morning", "food_and_drink", lambda p: "lunch"), ("sessions:medicine-add", "taken", lambda p: "maybe"),
    ("sessions:medicine-add", "last_taken_on", lambda p: "2999-01-01"),
    ("sessions:medicine-change", "last_taken_on", lambda p: ""), ("sessions:medicine-change", "reason", lambda p: " "),
    ("sessions:medicine-clear", "password", lambda p: "guess"), ("sessions:medicine-withdraw", "reason", lambda p: ""),
    ("sessions:finding-withdraw", "reason", lambda p: ""),
    *((route, "id", lambda p: "01900000-0000-4000-8000-000000000000") for route in RIGHT),
    *((route, "id", lambda p: "no id") for route in RIGHT),
    *((route, "nobody_asked", lambda p: "x") for route in API),
]  # fmt: skip
ROUTE = "route"


def browser_for(place, route: str):
    """The browser of somebody who may post here."""
    return place.client_of(place.people[grid.first_who_may(route, "post")])


def send(place, route: str, **broken):
    """The right form or body with some fields broken, sent by somebody who may."""
    browser = browser_for(place, route)
    browser.raise_request_exception = False
    return right.send(browser, route, address(route, place), {**RIGHT[route](place), **broken})


def refused(place, route: str, status: int = 400, **broken) -> None:
    """The request is refused with this status, says why, and leaves every table as it was."""
    before = counted()
    answer = send(place, route, **broken)
    assert answer.status_code == status, answer.content[:600]
    assert answer.content
    assert counted() == before


@pytest.mark.parametrize(ROUTE, RIGHT)
def test_the_right_one_is_stored(place, route):
    before = counted()
    assert send(place, route).status_code in {200, 201, 302}
    assert counted()["clinic_write"] == before["clinic_write"] + 1


@pytest.mark.parametrize("text", [BELL, NUL], ids=["bell", "nul"])
@pytest.mark.parametrize(("route", "field"), TEXTS)
def test_signs_that_no_keyboard_types_are_refused(place, route, field, text):
    refused(place, route, **{field: text})


@pytest.mark.parametrize(("route", "field"), TIMES)
def test_a_time_more_than_five_minutes_ahead_is_refused(place, route, field):
    refused(place, route, **{field: iso(8) if route in API else typed(8)})


@pytest.mark.parametrize(("route", "field", "value"), WRONG)
def test_a_wrong_value_is_refused(place, route, field, value):
    refused(place, route, **{field: value(place)})


@pytest.mark.parametrize(
    ROUTE, ["sessions-api:sessions", "outcomes-api:assessments", "outcomes-api:check-ins"]
)
def test_another_sites_enrolment_is_not_found(place, route):
    refused(place, route, 404, enrolment=str(place.their_enrolment.pk))


@pytest.mark.parametrize(
    ROUTE, ["sessions-api:notes", "sessions:notes", "outcomes:assess", "clinic:participant-add"]
)
def test_a_megabyte_is_too_large(place, route):
    refused(place, route, 413, text=MEGABYTE)


@pytest.mark.parametrize(
    "body", ["", "[]", "1", "null", '"a"', "{", '{"id": 1}', "\x00", '{"id": "\\ud800"}']
)
@pytest.mark.parametrize(ROUTE, API)
def test_a_body_that_is_no_object_is_refused(place, route, body):
    before = counted()
    browser = browser_for(place, route)
    browser.raise_request_exception = False
    answer = browser.post(address(route, place), body, content_type="application/json")
    assert answer.status_code == 400, (body, answer.content[:300])
    assert counted() == before


@pytest.mark.parametrize(ROUTE, API)
def test_another_content_type_is_refused(place, route):
    answer = browser_for(place, route).post(
        address(route, place), "id=1", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "path", ["/api/v1/participants/{}/", "/api/v1/sessions/{}/notes/", "/sessions/{}/", "/participants/{}/"]
)
@pytest.mark.parametrize("wrong", ["1", "no-id", "01900000-0000-7000-8000-00000000000g", "%00"])
def test_a_malformed_id_in_an_address_is_not_found(place, path, wrong):
    assert place.browser.get(path.format(wrong)).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize(ROUTE, RIGHT)
def test_a_method_that_nothing_has_is_not_allowed(place, route, method):
    browser = browser_for(place, route)
    assert getattr(browser, method)(address(route, place)).status_code == 405
