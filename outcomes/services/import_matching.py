"""Compares a plan with what the record holds: who is new, what is new, what says something else."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from clinic.envelope import keyring
from clinic.models import Enrolment, Programme
from clinic.refusals import Refusal, shown
from outcomes.imports.mapping import Target
from outcomes.imports.plan import Plan, Sitting
from outcomes.models import Assessment
from outcomes.services.import_rows import answers_of, disagreement


@dataclass(frozen=True)
class Known:
    """A participant who is here: the enrolment, its first day, and the answers that imports brought."""

    enrolment_id: UUID
    enrolled_on: date
    code: str
    stored: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)


@dataclass
class Match:
    """A plan against the record. `new`: source id -> day of enrolment; `same`: sittings that are here."""

    plan: Plan
    programme: Programme
    known: dict[str, Known] = field(default_factory=dict)
    new: dict[str, date] = field(default_factory=dict)
    sittings: list[Sitting] = field(default_factory=list)
    same: int = 0
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """What the import is told by: rows and values of the file, people and sittings that are new."""
        return {
            "rows": self.plan.rows,
            "values": self.plan.values,
            "missing": self.plan.missing,
            "participants": len(self.plan.participants),
            "new_participants": len(self.new),
            "new_assessments": len(self.sittings),
            "known_assessments": self.same,
            "refused_rows": self.plan.refused_rows,
        }


def index_of(programme: Programme, source: str) -> str:
    """What a person of a study is found by. Ids of two studies never meet; letters keep their case."""
    return f"{programme.code}:{source.encode().hex()}"


def match(plan: Plan, programme: Programme, today: date) -> Match:
    """Sort the plan's sittings into new, same and contradicting; the last become refusals of the plan."""
    made = Match(plan, programme, known=known_people(plan, programme))
    made.codes = {source: known.code for source, known in made.known.items()}
    made.new = {
        source: first_day(plan, source, today) for source in plan.participants if source not in made.known
    }
    for sitting in plan.sittings.values():
        sort(made, sitting)
    return made


def sort(made: Match, sitting: Sitting) -> None:
    known = made.known.get(sitting.participant)
    sitting.target = dated(sitting.target, known.enrolled_on if known else made.new[sitting.participant])
    if reason := disagreement(sitting):
        refuse(made, sitting, reason)
        return
    stored = known.stored.get((sitting.target.visit, sitting.target.instrument)) if known else None
    if stored is None:
        made.sittings.append(sitting)
    elif stored == answers_of(sitting):
        made.same += 1
    else:
        reason = _(
            "{instrument} at {visit} of {participant} is here already with other values; "
            "an import changes nothing that is stored"
        ).format(
            instrument=sitting.target.instrument,
            visit=sitting.target.visit,
            participant=shown(sitting.participant),
        )
        refuse(made, sitting, reason)


def refuse(made: Match, sitting: Sitting, reason: str) -> None:
    made.plan.refusals.append(Refusal(made.plan.file, sitting.line, "", reason, sitting.cells))


def dated(target: Target, enrolled_on: date) -> Target:
    """Without a visit, the day since enrolment names one: it tells no date."""
    if target.visit or target.on is None:
        return target
    days = (target.on - enrolled_on).days
    return target.at(f"day_{days}" if days >= 0 else f"day_minus_{-days}")


def first_day(plan: Plan, source: str, today: date) -> date:
    """The day of enrolment of somebody new: the first date that the file gives, else today."""
    return plan.first_days.get(source, today)


def known_people(plan: Plan, programme: Programme) -> dict[str, Known]:
    """Who of the file is enrolled here, found by the keyed digest of the source's id: one query."""
    digests = {
        bytes(keyring().digest("source", index_of(programme, source))): source for source in plan.participants
    }
    imported = Assessment.objects.in_force().filter(enrolment=OuterRef("pk"), mode=Assessment.Mode.IMPORT)
    stored = imported.values(json=JSONObject(visit="visit", instrument="instrument", answers="answers"))
    enrolments = Enrolment.objects.in_force().filter(
        programme=programme, participant__identity__source_digest__in=list(digests)
    )
    rows = enrolments.annotate(stored=ArraySubquery(stored)).values_list(
        "participant__identity__source_digest", "pk", "enrolled_on", "participant__code", "stored"
    )
    return {
        digests[bytes(digest)]: Known(
            pk, day, code, {(one["visit"], one["instrument"]): one["answers"] for one in sittings}
        )
        for digest, pk, day, code, sittings in rows
    }
