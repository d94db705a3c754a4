"""The morning of a dosing day: a short page that belongs to its session, and what to do where it must be done at once."""

import re

import pytest

from clinic.rows import rows_of
from sessions.models import ScreeningFinding
from sessions.protocol_file import load, shipped
from sessions.screening.at_risk import answers
from sessions.screening.catalogue import catalogue
from sessions.services.findings import Answer, record_finding
from sessions.services.sessions import open_session
from tests.sessions.day import at, typed

pytestmark = pytest.mark.django_db
NEVER_SAID = re.compile(r"\b(safe|clear|low risk)\b", re.IGNORECASE)


@pytest.fixture
def morning(post, therapist, session):
    """Send the morning's page."""

    def send(**fields):
        fields = {"occurred_at": typed(5), "source": "interview", **fields}
        return post(therapist, f"/sessions/{session.pk}/morning", **fields)

    return send


def test_the_morning_belongs_to_its_session(morning, session, rows):
    assert morning(
        food_and_drink="as_agreed", urine_drug_screen=["none"], urine_drug_screen__source="measurement"
    )
    stored = ScreeningFinding.objects.values_list("factor", "value", "occasion", "session")
    assert {(one[0], str(one[1]), *one[2:]) for one in stored} == {
        ("food_and_drink", "as_agreed", "dosing", session.pk),
        ("urine_drug_screen", "['none']", "dosing", session.pk),
    }


def test_what_was_found_before_is_shown_and_need_not_be_faced(
    morning, client_of, therapist, session, enrolment
):
    with rows_of([enrolment.site_id]):
        record_finding(
            by=therapist, enrolment=enrolment, occasion="baseline", occurred_at=at(600),
            answer=Answer(factor="escort", source="interview", value="not_arranged"),
        )  # fmt: skip
    assert "Nobody yet" in client_of(therapist).get(f"/sessions/{session.pk}/morning").content.decode()
    assert morning(escort="named").status_code == 302


def test_what_was_said_this_morning_must_be_faced(morning, rows):
    morning(food_and_drink="not_as_agreed")
    answer = morning(food_and_drink="as_agreed")
    assert (answer.status_code, "Say whether this replaces it" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("said", "title"),
    [("behaviour", "A clinician now"), ("method", "A clinician today"), ("wish", "Staff today")],
)
def test_what_is_endorsed_says_at_once_what_to_do(said, title, morning, client_of, therapist, session):
    morning(cssrs_since_last_contact=said)
    html = client_of(therapist).get(f"/sessions/{session.pk}/morning").content.decode()
    assert title in html
    assert "What to do at once" in html


def test_nothing_endorsed_says_nothing_of_the_kind(morning, client_of, therapist, session):
    morning(cssrs_since_last_contact="none")
    html = client_of(therapist).get(f"/sessions/{session.pk}/morning").content.decode()
    assert "What to do at once" not in html
    assert not NEVER_SAID.search(re.sub(r"<[^>]+>", " ", html))


def test_something_taken_leads_to_the_list(morning, client_of, therapist, session, enrolment):
    morning(medicines_since="taken")
    html = client_of(therapist).get(f"/sessions/{session.pk}/morning").content.decode()
    assert f"/sessions/screening/{enrolment.pk}/medicines/new" in html


def test_another_kind_of_session_has_no_such_page(client_of, therapist, enrolment, site):
    with rows_of([site.pk]):
        other = open_session(by=therapist, enrolment=enrolment, kind="integration", occurred_at=at(60))
    assert client_of(therapist).get(f"/sessions/{other.pk}/morning").status_code == 404


@pytest.mark.parametrize("file", shipped())
def test_every_finding_that_the_gate_asks_for_can_be_entered_in_the_morning(file):
    """A value that no form can give would keep the gate shut for ever."""
    asked = {one.key: one for one in catalogue().morning.factors}
    for one in load(shipped()[file], file=file).gate.conditions:
        if one.kind in ("finding", "medicines"):
            known = {option.value for option in asked[one.facts["factor"]].options}
            assert set(one.facts.get("accept", [])) <= known, one.key


@pytest.mark.parametrize("file", shipped())
def test_what_the_protocol_needs_is_asked_at_baseline(file):
    asked = {factor.key for group in catalogue().pages for factor in group.factors}
    assert set(load(shipped()[file], file=file).screening.required) <= asked


def test_every_endorsed_answer_of_suicidality_has_its_steps():
    for key in ("cssrs_since_last_contact", "suicidal_ideation_month", "suicidal_behaviour"):
        for option in catalogue().factors[key].options:
            assert any(one.covers(key, option.value) for one in answers()) is not option.unendorsed, option


def test_the_steps_have_a_source_and_say_nothing_that_calms():
    for one in answers():
        assert one.basis.source
        assert not NEVER_SAID.search(" ".join([one.title, *one.steps]))
