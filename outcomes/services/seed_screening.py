"""The demo's screening: a baseline and a decision for each, the morning of each dosing day, and an authorised dose."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from clinic import audit
from clinic.models import Enrolment, Programme, User
from clinic.seeding import ACTOR, entered
from clinic.services.demo import DEMO_PASSWORD
from clinic.storing import insert
from clinic.uuid7 import uuid7
from outcomes.demo import screening as said
from outcomes.services.seed_people import SOON
from sessions.deciding import Choice
from sessions.models import DoseDecision, EligibilityDecision, Session
from sessions.protocol_file import shipped
from sessions.services import eligibility, gate
from sessions.services.evaluation import evaluate_enrolment
from sessions.services.findings import Answer, record_screening
from sessions.services.medicines import record_medicine
from sessions.services.protocols import import_protocol

PROTOCOL = "mdma_ptsd.toml"


def adopt_protocol(programme: Programme, at: datetime) -> None:
    """The shipped protocol, imported before anybody was enrolled."""
    with entered(at):
        import_protocol(by=ACTOR, programme=programme, content=shipped()[PROTOCOL], file_name=PROTOCOL)


def baseline(enrolment: Enrolment, by: User, at: datetime, changed: Mapping[str, object]) -> None:
    """History by interview, measurements, and the age from the record."""
    asked: dict[str, dict[str, object]] = {
        "interview": {**said.HISTORY, **changed},
        "measurement": dict(said.MEASURED),
        "record": {"age": "41"},
    }
    if enrolment.participant.sex == "female":
        for source, answers in said.OF_WOMEN.items():
            asked[source].update(answers)
    store(enrolment, by, at, asked, "baseline")


def store(
    enrolment: Enrolment,
    by: User,
    at: datetime,
    asked: Mapping[str, Mapping[str, object]],
    occasion: str,
    session: Session | None = None,
) -> None:
    """Findings by their source."""
    answers = [
        Answer(factor=factor, source=source, value=value)
        for source, found in asked.items()
        for factor, value in found.items()
    ]
    with entered(at + SOON):
        record_screening(
            by=by, enrolment=enrolment, occasion=occasion, occurred_at=at, answers=answers, session=session
        )


def decide(
    enrolment: Enrolment, by: User, at: datetime, outcome: str, rationale: str, dosing_on: date | None = None
) -> EligibilityDecision:
    """A physician's decision on that day, signed, under the same rules as any other."""
    with audit.change(by=by, reason="eligibility decided"), entered(at):
        held = eligibility.hold(enrolment)
        found = evaluate_enrolment(held, at, dosing_on=dosing_on)
        choice = Choice(
            outcome=outcome,
            rationale=rationale,
            defer_until=None,
            reasons=() if outcome == "eligible" else tuple(found.keys("exclude")),
            weighed=tuple(found.keys("sign-off")) if outcome == "eligible" else (),
            overridden=(),
            override_reason="",
            physician=None,
        )
        eligibility.check(by, held, choice, found, found.sha256)
        row = insert(eligibility.row_of(by, held, choice, found, at, uuid7()))
        insert(eligibility.signature_of(by, row, "author"))
    return row


def morning(
    session: Session, by: User, at: datetime, changed: Mapping[str, Mapping[str, object]] | None = None
) -> None:
    """What is asked and measured on the morning of a dosing day."""
    asked = {source: {**found, **(changed or {}).get(source, {})} for source, found in said.MORNING.items()}
    if session.participant.sex == "female":
        asked["measurement"]["pregnancy"] = "negative"
    store(session.enrolment, by, at, asked, "dosing", session)


def authorise(session: Session, by: User, at: datetime, mg: Decimal, part: str) -> DoseDecision:
    """A physician authorises a dose while the gate is open."""
    with entered(at):
        return gate.decide_dose(
            by=by,
            session=session,
            outcome="authorised",
            part=part,
            substance="MDMA",
            dose_mg=mg,
            password=DEMO_PASSWORD,
            occurred_at=at,
        )


def on_washout(enrolment: Enrolment, by: User, at: datetime) -> None:
    """Somebody whose prescriber is ending one medicine and keeps another."""
    on = at.date()
    with entered(at + SOON):
        record_medicine(
            by=by,
            enrolment=enrolment,
            name="Sertraline",
            dose="50 mg in the morning",
            occurred_at=at,
            last_taken_on=on,
            planned_stop_on=on + timedelta(days=7),
            prescriber_informed=True,
        )
        record_medicine(
            by=by,
            enrolment=enrolment,
            name="Phenergan",
            dose="as needed",
            occurred_at=at,
            last_taken_on=on - timedelta(days=9),
            prescriber_informed=False,
        )
