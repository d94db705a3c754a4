"""Asks the rules about one enrolment as it stands: a fixed number of questions to the database, whatever is recorded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from clinic.models import Enrolment, Participant, Signature
from sessions import evidence
from sessions.evidence import Facts
from sessions.models import (
    Medication,
    MedicineClearance,
    ProtocolVersion,
    ScreeningFinding,
)
from sessions.protocol import Protocol
from sessions.screening import values
from sessions.screening.catalogue import Kind, catalogue
from sessions.screening.evaluate import Finding, Medicine, Person, blocking, evaluate
from sessions.screening.files import version
from sessions.screening.standing import strange
from sessions.services.protocols import protocol_of
from sessions.standing import Standing, standing_of

CLEARANCE = "clearance"
# What stands for free text: it is sealed under the person's key, and no rule reads it.
WRITTEN = "written down"


@dataclass(frozen=True)
class Evaluation:
    """What the rules say of an enrolment. `facts` is the evidence without a decision; `sha256` is its digest.

    The digest changes with anything that a decider may have weighed: findings, medicines, limits, rules, the day, and
    the decision before.
    """

    version: ProtocolVersion
    protocol: Protocol
    facts: Facts
    standing: Standing

    @cached_property
    def sha256(self) -> str:
        return evidence.digest(evidence.canonical(self.facts))

    @property
    def results(self) -> list[Facts]:
        return list(self.facts["results"])

    def keys(self, *verdicts: str) -> list[str]:
        """Keys of the results with one of these verdicts."""
        return [one["key"] for one in self.results if one["verdict"] in verdicts]

    @property
    def blocking(self) -> list[str]:
        """Keys of the results that stand in the way of a dose."""
        return [one["key"] for one in self.results if one["blocks"]]


@dataclass(frozen=True)
class Recorded:
    """What is recorded of an enrolment and counts at a moment."""

    findings: Sequence[ScreeningFinding]
    medicines: Sequence[Medication]
    standing: Standing


def evaluate_enrolment(
    enrolment: Enrolment, at: dt.datetime, *, born: dt.date | None = None, dosing_on: dt.date | None = None
) -> Evaluation:
    """Every result for this enrolment at a moment. Four queries. Raises ValidationError where there is no protocol.

    `born` is the birth date where it may be read; else the birth year counts. `enrolment` comes with participant,
    programme and site. `dosing_on` is the day of the dose that is thought of; washouts are counted to it.
    """
    found = protocol_of(enrolment)
    protocol, recorded = found.protocol(), recorded_of(enrolment, at)
    local = at.astimezone(ZoneInfo(enrolment.site.time_zone))
    person = person_of(enrolment.participant, born, local.date())
    results = evaluate(
        findings=[as_finding(row) for row in recorded.findings],
        medicines=[as_medicine(row) for row in recorded.medicines],
        person=person,
        screening=protocol.screening,
        thresholds=protocol.thresholds,
        at=local,
        dosing_on=dosing_on,
        substance=protocol.substance,
    )
    facts = {
        **whose(enrolment, person, dosing_on),
        "protocol": protocol_facts(found, protocol),
        **recorded_facts(recorded),
        "results": evidence.results_as_facts(results, blocking(results, protocol.screening)),
    }
    return Evaluation(found, protocol, facts, recorded.standing)


def recorded_of(enrolment: Enrolment, at: dt.datetime) -> Recorded:
    """Three queries."""
    cleared = MedicineClearance.objects.in_force().filter(
        Exists(
            Signature.objects.filter(
                record=CLEARANCE, record_id=OuterRef("pk"), record_sha256=OuterRef("sha256")
            )
        ),
        medication=OuterRef("pk"),
        occurred_at__lte=at,
    )
    medicines = in_order(Medication.objects.filter(enrolment=enrolment)).annotate(cleared=Exists(cleared))
    return Recorded(
        findings=list(in_order(ScreeningFinding.objects.filter(enrolment=enrolment))),
        medicines=list(medicines),
        standing=standing_of(enrolment.pk),
    )


def in_order(rows: Any) -> Any:
    """The rows that nothing corrects, in an order that the time of entry does not change."""
    return rows.current().select_related("recorded_by").order_by("occurred_at", "id")


def person_of(participant: Participant, born: dt.date | None, on: dt.date) -> Person:
    age = evidence.age_in_years(born=born, birth_year=participant.birth_year, on=on)
    return Person(participant.sex, age)


def as_finding(row: ScreeningFinding) -> Finding:
    return Finding(str(row.pk), row.factor, value_of(row), row.occurred_at, row.source)


def value_of(row: ScreeningFinding) -> object:
    """The value as the rules read it. Of free text they learn only that there is some."""
    factor = catalogue().factors.get(row.factor)
    is_text = factor is not None and factor.kind is Kind.TEXT
    return WRITTEN if is_text and not values.not_given(row.value) else row.value


def as_medicine(row: Medication) -> Medicine:
    return Medicine(
        str(row.pk),
        row.name,
        row.last_taken_on,
        row.planned_stop_on,
        row.stopped,
        row.cleared,  # type: ignore[attr-defined]
    )


def whose(enrolment: Enrolment, person: Person, dosing_on: dt.date | None) -> Facts:
    """Whose evidence it is, by code, and under which rules it was made."""
    return {
        "format": evidence.FORMAT,
        "time_zone": enrolment.site.time_zone,
        "participant": enrolment.participant.code,
        "programme": enrolment.programme.name,
        "person": {"sex": str(enrolment.participant.get_sex_display()), "age_years": person.age_years},
        "dosing_on": evidence.date_text(dosing_on),
        "versions": {name: version(name) for name in ("rules", "catalogue", "medicines")},
    }


def protocol_facts(found: ProtocolVersion, protocol: Protocol) -> Facts:
    screening = protocol.screening
    return {
        "id": str(found.pk),
        "title": found.title,
        "number": found.number,
        "sha256": found.sha256,
        "setting": screening.setting,
        "not_known_blocks": screening.not_known_blocks,
        "deciders": list(screening.deciders),
        "overriders": list(screening.overriders),
    }


def recorded_facts(recorded: Recorded) -> Facts:
    former = recorded.standing.decision
    return {
        "findings": [finding_facts(row) for row in recorded.findings],
        "medicines": [medicine_facts(row) for row in recorded.medicines],
        "former": None if former is None else str(former),
    }


def finding_facts(row: ScreeningFinding) -> Facts:
    """A finding as it is worded. Its free text stays under seal: the evidence says only that there is some."""
    factor = catalogue().factors.get(row.factor)
    return {
        "id": str(row.pk),
        "factor": row.factor,
        "label": factor.label if factor else strange(row.factor),
        "value": value_in_words(row),
        "words": row.words_sealed is not None,
        "source": str(row.get_source_display()),
        "occasion": str(row.get_occasion_display()),
        "occurred_at": evidence.utc(row.occurred_at),
        "by": str(row.recorded_by),
    }


def value_in_words(row: ScreeningFinding) -> str | None:
    """None where there are only words, or where the value cannot be read; the result says so too."""
    factor = catalogue().factors.get(row.factor)
    if factor is None or value_of(row) is None:
        return None
    try:
        return values.shown(factor, value_of(row))
    except ValueError:
        return None


def medicine_facts(row: Medication) -> Facts:
    return {
        "id": str(row.pk),
        "name": row.name,
        "dose": row.dose,
        "stopped": row.stopped,
        "last_taken_on": evidence.date_text(row.last_taken_on),
        "planned_stop_on": evidence.date_text(row.planned_stop_on),
        "resumed_on": evidence.date_text(row.resumed_on),
        "prescriber_informed": row.prescriber_informed,
        "cleared": row.cleared,  # type: ignore[attr-defined]
        "occurred_at": evidence.utc(row.occurred_at),
        "by": str(row.recorded_by),
    }
