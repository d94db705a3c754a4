"""The morning of a dosing day on which every condition of the gate is met, and ways to spoil one."""

from datetime import timedelta

from django.utils import timezone

from clinic.models import Consent, Membership, Signature
from sessions.models import (
    Attendance,
    EligibilityDecision,
    Medication,
    MedicineClearance,
    ScreeningFinding,
    VitalSign,
)
from sessions.services.protocols import protocol_of
from tests.database import database_role

# Factor and accepted value, as the shipped protocol asks for them.
ASKED = {
    "medicines_since": "nothing_new",
    "pregnancy": "negative",
    "urine_drug_screen": ["none"],
    "food_and_drink": "as_agreed",
    "cssrs_since_last_contact": "none",
    "contact_point": "proven",
    "escort": "named",
    "first_night": "adult_at_home",
    "rescue_ready": "ready",
}


def ago(minutes: float):
    """So many minutes before now."""
    return timezone.now() - timedelta(minutes=minutes)


def prepare(session, *, physician, lead, second) -> None:
    """Everything that the shipped protocol asks for before a dose."""
    register(lead, second)
    decide(session, physician)
    Consent.objects.create(
        site_id=session.site_id,
        participant_id=session.participant_id,
        kind="treatment",
        text_version="1",
        given_at=ago(5000),
    )
    for person, part in ((lead, "lead"), (second, "co-therapist")):
        attend(session, person, part)
    for factor, value in ASKED.items():
        find(session, lead, factor, value)
    measure(session, lead)


def register(*people) -> None:
    """Give registrations."""
    with database_role(None):
        Membership.objects.filter(user__in=people).update(registration="REG-1")


def decide(session, by, *, outcome="eligible", signers=None, **more) -> EligibilityDecision:
    """A decision, signed by the people named."""
    row = EligibilityDecision.objects.create(
        site_id=session.site_id,
        enrolment_id=session.enrolment_id,
        protocol=protocol_of(session.enrolment),
        rules="1",
        outcome=outcome,
        rationale_sealed=b"x",
        evidence="{}",
        sha256="0" * 64,
        occurred_at=ago(1),
        recorded_by=by,
        **more,
    )
    for signer in [by] if signers is None else signers:
        sign(row, "eligibility", signer)
    return row


def sign(row, record, signer) -> Signature:
    """A signature over a row."""
    return Signature.objects.create(
        site_id=row.site_id,
        record=record,
        record_id=row.pk,
        signer=signer,
        signer_name=str(signer),
        meaning="author",
        record_sha256=row.sha256,
    )


def attend(session, person, part, **more) -> Attendance:
    """Somebody is in the room."""
    return Attendance.objects.create(
        site_id=session.site_id,
        session=session,
        recorded_by=person,
        person=person,
        part=part,
        occurred_at=ago(100),
        **more,
    )


def find(session, by, factor, value, *, minutes=90, occasion="dosing", **more) -> ScreeningFinding:
    """A finding of this morning."""
    if "replaces" in more:
        more["reason"] = "Asked again"
    return ScreeningFinding.objects.create(
        site_id=session.site_id,
        enrolment_id=session.enrolment_id,
        factor=factor,
        catalogue="1",
        occasion=occasion,
        value=value,
        source="interview",
        occurred_at=ago(minutes),
        recorded_by=by,
        **more,
    )


def measure(session, by, *, minutes=20, **values) -> VitalSign:
    """A reading before the dose."""
    taken = {"systolic_mmhg": 122, "diastolic_mmhg": 78, "pulse_bpm": 66, "temperature_c": "36.6", **values}
    return VitalSign.objects.create(
        site_id=session.site_id, session=session, recorded_by=by, occurred_at=ago(minutes), **taken
    )


def medicine(session, by, name="Sertraline", **more) -> Medication:
    """A medicine on the list."""
    return Medication.objects.create(
        site_id=session.site_id,
        enrolment_id=session.enrolment_id,
        name=name,
        occurred_at=ago(95),
        recorded_by=by,
        **more,
    )


def clear(row, by, *, signed=True) -> MedicineClearance:
    """A clearance of a medicine."""
    cleared = MedicineClearance.objects.create(
        site_id=row.site_id,
        medication=row,
        occurred_at=ago(30),
        recorded_by=by,
        words_sealed=b"x",
        sha256="1" * 64,
    )
    if signed:
        sign(cleared, "clearance", by)
    return cleared
