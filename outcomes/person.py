"""What a participant's page shows, in as few questions to the database as rows of different tables allow."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils import timezone

from clinic.models import Consent, Enrolment, Participant
from clinic.permissions import Action, memberships_for
from outcomes.charts.plot import Point
from outcomes.charts.trajectory import Chart, Dose, trajectory
from outcomes.instruments.registry import get
from outcomes.models import Assessment, CheckIn
from outcomes.selectors import at_risk_sittings
from sessions.models import DoseAdministration, Session

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

POINTS = 200
SHOWN = 8
FIRST = ("caps5", "pcl5", "phq9", "gad7")  # Which tab opens: the measure a PTSD programme is judged by first.
WITHOUT_CHART = ("daily_checkin",)


class Lists(TypedDict):
    """What `find_person` reads beside the person: rows as JSON."""

    consents_now: list[dict[str, Any]]
    enrolments_now: list[dict[str, Any]]
    doses_now: list[dict[str, Any]]
    measures_now: list[dict[str, Any]]
    safety_now: list[dict[str, Any]]
    at_risk_now: list[dict[str, Any]]


if TYPE_CHECKING:
    Person = WithAnnotations[Participant, Lists]


def held_at(user, site_id: UUID) -> set[Action]:
    """What the user may do at this site; a role at another site gives nothing here."""
    return {action for action in Action if any(m.site_id == site_id for m in memberships_for(user, action))}


def find_person(user, pk: UUID) -> "Person":
    """The participant with consents, enrolments, doses and measures as lists: one query. Else 404."""
    rows = Participant.objects.permitted(user, Action.READ_PARTICIPANT).in_force().select_related("site")
    rows = rows.annotate(
        consents_now=ArraySubquery(_consents()),
        enrolments_now=ArraySubquery(_enrolments()),
        doses_now=ArraySubquery(_doses()),
        measures_now=ArraySubquery(_measures()),
        safety_now=ArraySubquery(_safety()),
        at_risk_now=ArraySubquery(at_risk_sittings()),
    )
    return get_object_or_404(rows.distinct(), pk=pk)


def _consents() -> QuerySet:
    rows = Consent.objects.in_force().filter(participant=OuterRef("pk")).standing_first()
    return rows.values(json=JSONObject(kind="kind", withdrawn="withdrawn_at"))[:200]


def _enrolments() -> QuerySet:
    rows = Enrolment.objects.in_force().filter(participant=OuterRef("pk")).order_by("-enrolled_on")
    named = JSONObject(
        id="id", code="programme__code", name="programme__name", on="enrolled_on", ended="ended_on"
    )
    return rows.values(json=named)[:10]


def _doses() -> QuerySet:
    rows = DoseAdministration.objects.in_force().filter(
        session__participant=OuterRef("pk"), session__entered_in_error_at=None
    )
    rows = rows.order_by("-occurred_at")
    return rows.values(json=JSONObject(at="occurred_at", substance="substance", mg="dose_mg", part="part"))[
        :60
    ]


def _measures() -> QuerySet:
    """Key and version of every measure; the newest version of a key comes first."""
    rows = Assessment.objects.in_force().filter(enrolment__participant=OuterRef("pk"))
    rows = rows.exclude(instrument__in=WITHOUT_CHART).order_by("instrument", "-version")
    return rows.values(json=JSONObject(key="instrument", version="version")).distinct()[:60]


def _safety() -> QuerySet:
    """The newest sitting in which a safety question was answered yes."""
    rows = Assessment.objects.in_force().filter(enrolment__participant=OuterRef("pk")).exclude(safety=[])
    rows = rows.order_by(F("occurred_at").desc(nulls_last=True), "-id")
    return rows.values(json=JSONObject(key="instrument", version="version", at="occurred_at"))[:1]


@dataclass(frozen=True)
class DoseGiven:
    """A dose as the page needs it."""

    at: datetime
    substance: str
    mg: str


def doses_of(person: "Person") -> list[DoseGiven]:
    """The doses, oldest first."""
    rows = [
        DoseGiven(datetime.fromisoformat(r["at"]), r["substance"], f"{float(r['mg']):g}")
        for r in person.doses_now
    ]
    return sorted(rows, key=lambda dose: dose.at)


def sessions_of(user, person: Participant) -> list[Session]:
    """The newest sessions."""
    rows = Session.objects.permitted(user, Action.READ_SESSION).in_force().filter(participant=person)
    return list(rows.order_by("-occurred_at", "-id").distinct()[:SHOWN])


def check_ins_of(user, person: Participant, limit: int | None = SHOWN) -> QuerySet:
    """The newest check-ins."""
    rows = (
        CheckIn.objects.permitted(user, Action.READ_OUTCOMES).in_force().filter(enrolment__participant=person)
    )
    return rows.order_by("-id")[:limit]


def assessments_of(user, person: Participant, key: str = "") -> QuerySet:
    """Sittings of one measure or of all, newest first."""
    rows = (
        Assessment.objects.permitted(user, Action.READ_OUTCOMES)
        .in_force()
        .filter(enrolment__participant=person)
    )
    return (rows.filter(instrument=key) if key else rows).order_by("-id")


def chosen_measure(person: "Person", wanted: str) -> dict | None:
    """The measure to draw: the one asked for, else the first of FIRST, else any; None where there is none."""
    by_key = {measure["key"]: measure for measure in reversed(person.measures_now)}
    order = [wanted, *FIRST, *sorted(by_key)]
    return next((by_key[key] for key in order if key in by_key), None)


def draw(sittings: list[Assessment], measure: dict, doses: list[DoseGiven], today: date) -> Chart:
    """The trajectory; call it with the site's time zone active. A sitting without a date cannot be drawn."""
    points = [
        Point(timezone.localdate(row.occurred_at), row.score, row.prorated, answered=bool(row.answers))
        for row in sittings
        if row.occurred_at
    ]
    given = [Dose(on) for on in sorted({timezone.localdate(dose.at) for dose in doses})]
    return trajectory(
        points, get(measure["key"], measure["version"]), given, identifier="course", today=today
    )
