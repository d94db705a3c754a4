"""How the gate stands: each condition green, red or not known, by what is on record at that moment."""

import pytest
from django.utils import timezone

from clinic.models import Consent, Membership, Participant
from clinic.rows import rows_of
from sessions.gate import State, read_gate
from sessions.models import Attendance, ScreeningFinding, VitalSign
from sessions.protocol_file import FOLDER
from sessions.services.protocols import import_protocol, move_to
from sessions.services.sessions import open_session
from tests import make
from tests.database import database_role
from tests.sessions.gate import morning

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# The condition that asks for a factor, where they are not named alike.
KEYS = {
    "medicines_since": "medicines_cleared",
    "pregnancy": "pregnancy_test",
    "urine_drug_screen": "drug_screen",
    "food_and_drink": "fasting",
    "cssrs_since_last_contact": "suicidality",
    "first_night": "overnight",
    "rescue_ready": "rescue",
}
REFUSED = {
    "pregnancy": "positive",
    "urine_drug_screen": ["cocaine"],
    "food_and_drink": "not_as_agreed",
    "cssrs_since_last_contact": "plan",
    "contact_point": "not_proven",
    "first_night": "alone",
    "rescue_ready": "not_ready",
}


def states(session) -> dict[str, State]:
    """Every condition by its key."""
    with rows_of([session.site_id]):
        return {one.key: one.state for one in read_gate(session.pk, timezone.now()).answers}


def forget(**which) -> None:
    """Mark findings as entered in error."""
    ScreeningFinding.objects.filter(**which).update(entered_in_error_at=timezone.now())


def test_nothing_on_record_is_not_known_and_never_green(session):
    assert set(states(session).values()) == {State.UNKNOWN}


def test_everything_met_opens_it(ready):
    with rows_of([ready.site_id]):
        gate = read_gate(ready.pk, timezone.now())
    assert gate.is_open, [(one.key, one.state, one.facts) for one in gate.closed]


def test_a_programme_without_a_protocol_is_not_known(enrolment, therapist, site):
    with rows_of([site.pk]):
        session = open_session(by=therapist, enrolment=enrolment, kind="dosing", occurred_at=morning.ago(9))
    assert states(session) == {"protocol": State.UNKNOWN}


@pytest.mark.parametrize("factor", morning.ASKED)
def test_a_question_that_was_not_asked_is_not_known(ready, factor, site):
    with rows_of([site.pk]):
        forget(factor=factor)
    assert states(ready)[KEYS.get(factor, factor)] == State.UNKNOWN


@pytest.mark.parametrize(("factor", "value"), REFUSED.items())
def test_what_is_not_accepted_is_red_whatever_else_was_found(ready, therapist, factor, value, site):
    with rows_of([site.pk]):
        morning.find(ready, therapist, factor, value, minutes=80)
        morning.find(ready, therapist, factor, morning.ASKED[factor], minutes=70)
    assert states(ready)[KEYS.get(factor, factor)] == State.RED


@pytest.mark.parametrize(("factor", "value"), REFUSED.items())
def test_a_correction_replaces_what_was_red(ready, therapist, factor, value, site):
    with rows_of([site.pk]):
        wrong = morning.find(ready, therapist, factor, value, minutes=80)
        morning.find(ready, therapist, factor, morning.ASKED[factor], minutes=70, replaces=wrong)
    assert states(ready)[KEYS.get(factor, factor)] == State.GREEN


@pytest.mark.parametrize("value", ["unknown", "not_asked", "declined", "not_arranged"])
def test_an_answer_that_leaves_it_open_is_not_known(ready, therapist, value, site):
    with rows_of([site.pk]):
        morning.find(ready, therapist, "escort", value, minutes=10)
    assert states(ready)["escort"] == State.UNKNOWN


def test_yesterdays_drug_screen_does_not_count(ready, therapist, site):
    with rows_of([site.pk]):
        forget(factor="urine_drug_screen")
        morning.find(ready, therapist, "urine_drug_screen", ["none"], minutes=13 * 60)
    assert states(ready)["drug_screen"] == State.UNKNOWN


def test_a_pregnancy_test_is_not_asked_of_a_man(ready, site):
    with rows_of([site.pk]):
        Participant.objects.filter(pk=ready.participant_id).update(sex="male")
        forget(factor="pregnancy")
    assert states(ready)["pregnancy_test"] == State.NOT_APPLICABLE


def test_a_withdrawn_consent_is_red(ready, site):
    with rows_of([site.pk]):
        Consent.objects.filter(kind="treatment").update(withdrawn_at=timezone.now())
    assert states(ready)["consent_treatment"] == State.RED


def test_one_person_in_the_room_is_not_two(ready, site):
    with rows_of([site.pk]):
        Attendance.objects.filter(part="co-therapist").update(left_at=morning.ago(5))
    assert states(ready)["two_staff"] == State.RED


def test_the_same_person_twice_is_one(ready, therapist, site):
    with rows_of([site.pk]):
        Attendance.objects.filter(part="co-therapist").update(left_at=morning.ago(5))
        morning.attend(ready, therapist, "co-therapist")
    assert states(ready)["two_staff"] == State.RED


@pytest.mark.parametrize("change", [{"registration": ""}, {"registration_ends_on": "2020-01-01"}])
def test_a_registration_that_is_not_in_force_is_red(ready, co_therapist, change):
    with database_role(None):
        Membership.objects.filter(user=co_therapist).update(**change)
    assert states(ready)["two_staff"] == State.RED


def test_a_medicine_needs_a_signed_clearance(ready, therapist, physician, site):
    with rows_of([site.pk]):
        taken = morning.medicine(ready, therapist)
    assert states(ready)["medicines_cleared"] == State.RED
    with rows_of([site.pk]):
        cleared = morning.clear(taken, physician, signed=False)
    assert states(ready)["medicines_cleared"] == State.RED
    with rows_of([site.pk]):
        morning.sign(cleared, "clearance", physician)
    assert states(ready)["medicines_cleared"] == State.GREEN


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"systolic_mmhg": 141}, State.RED),
        ({"systolic_mmhg": 140}, State.GREEN),
        ({"temperature_c": "38.1"}, State.RED),
    ],
)
def test_vital_signs_are_held_against_the_protocols_limits(ready, therapist, value, state, site):
    with rows_of([site.pk]):
        morning.measure(ready, therapist, minutes=5, **value)
    assert states(ready)["vitals_before"] == state


def test_vital_signs_of_two_hours_ago_do_not_count(ready, therapist, site):
    with rows_of([site.pk]):
        VitalSign.objects.update(entered_in_error_at=timezone.now())
        morning.measure(ready, therapist, minutes=61)
    assert states(ready)["vitals_before"] == State.UNKNOWN


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        ({"outcome": "not-eligible"}, State.RED),
        ({"outcome": "defer", "defer_until": "2099-12-31"}, State.RED),
        ({"signers": []}, State.UNKNOWN),
        ({"overridden": ["weight"], "override_sealed": b"x"}, State.UNKNOWN),
    ],
)
def test_a_later_decision_counts_and_needs_its_signatures(ready, physician, decision, state, site):
    with rows_of([site.pk]):
        morning.decide(ready, physician, **decision)
    assert states(ready)["eligible"] == state


def test_an_override_of_a_rule_needs_two_people(ready, physician, therapist, site):
    facts = {"overridden": ["weight"], "override_sealed": b"x", "signers": [physician, therapist]}
    with rows_of([site.pk]):
        morning.decide(ready, physician, **facts)
    assert states(ready)["eligible"] == State.GREEN


def test_what_was_found_after_the_decision_was_not_weighed_by_it(ready, therapist, site):
    with rows_of([site.pk]):
        morning.find(ready, therapist, "seizure_history", "yes", occasion="baseline")
    assert states(ready)["eligible"] == State.UNKNOWN


def test_a_decision_under_another_version_is_not_known(ready, programme, therapist, site):
    text = (FOLDER / "mdma_ptsd.toml").read_text().replace("value = 140", "value = 130", 1)
    with rows_of([site.pk]):
        newer = import_protocol(by=therapist, programme=programme, content=text.encode(), file_name="a.toml")
    assert states(ready)["eligible"] == State.GREEN
    with rows_of([site.pk]):
        move_to(
            by=therapist,
            enrolment=ready.enrolment,
            protocol=newer,
            reason="Amended",
            password=make.PASSWORD,
        )
    assert states(ready)["eligible"] == State.UNKNOWN


def test_another_site_sees_no_gate_that_is_open(ready, elsewhere):
    with rows_of([elsewhere.pk]):
        assert not read_gate(ready.pk, timezone.now()).is_open
