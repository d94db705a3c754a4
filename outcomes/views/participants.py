"""The participant page: who, how it goes, what happened, and one chart."""

from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from clinic.consents.texts import kinds
from clinic.models import Consent, Participant
from clinic.permissions import Action
from clinic.services.participants import identifiers, read_identity
from clinic.views.writing import status_of
from outcomes import person as record
from outcomes.at_risk import advice_for
from outcomes.check_in_help import calls
from outcomes.instruments.registry import get
from outcomes.services.check_ins import State, state_of
from sessions.models import Session

# State of a check-in: which pill, and its word.
CHECK_IN_PILLS = {
    State.PLANNED: ("planned", gettext_lazy("Planned")),
    State.OPENED: ("running", gettext_lazy("Opened")),
    State.ANSWERED: ("done", gettext_lazy("Answered")),
    State.EXPIRED: ("late", gettext_lazy("Expired")),
    State.MISSED: ("missed", gettext_lazy("Missed")),
    State.WITHDRAWN: ("withdrawn", gettext_lazy("Withdrawn")),
}


@require_safe
@login_required
def participant(request, pk):
    """Cards by what the reader may see here: a rater finds no session, dose or outcome."""
    person = record.find_person(request.user, pk)
    held = record.held_at(request.user, person.site_id)
    with timezone.override(person.site.time_zone):
        context = {
            "facts": facts(person, held),
            **course(request, person, held),
            **outcomes(request, person, held),
        }
        return page_about(request, person, "outcomes/participant.html", held=held, **context)


def page_about(request, person: Participant, template: str, held: set[Action] | None = None, **context):
    """A page about a person: two identifiers for those who may see them here, else the code."""
    held = record.held_at(request.user, person.site_id) if held is None else held
    if Action.READ_IDENTITY in held:
        context.update(identifiers(read_identity(by=request.user, participant=person, purpose=template)))
    form = context.get("form")
    status = status_of(form) if form is not None else 200
    can = {action.name: True for action in held}
    return render(
        request,
        template,
        {"participant": person, "place": person.site, "allowed": can, **context},
        status=status,
    )


def facts(person: "record.Person", held: set[Action]) -> list[tuple]:
    """The summary: consent, enrolment, and doses for those who may know of them."""
    lines = [
        (_("Enrolled in"), programme["name"], enrolled(programme)) for programme in person.enrolments_now
    ]
    lines = lines or [(_("Enrolled in"), _("No programme"), "")]
    lines += consent_lines(person.consents_now)
    if Action.READ_SESSION in held:
        doses = record.doses_of(person)
        last = _("last on %(day)s") % {"day": words(timezone.localdate(doses[-1].at))} if doses else ""
        lines.append((_("Doses so far"), len(doses), last))
    return lines


def enrolled(programme: dict) -> str:
    """Since when, and until when."""
    since = words(date.fromisoformat(programme["on"]))
    if programme["ended"]:
        return _("%(since)s to %(until)s") % {
            "since": since,
            "until": words(date.fromisoformat(programme["ended"])),
        }
    return _("since %(since)s") % {"since": since}


def consent_lines(rows: list[dict]) -> list[tuple]:
    """How many kinds are in force, and each that was withdrawn and not given again."""
    standing = {row["kind"] for row in rows if not row["withdrawn"]}
    asked = kinds()
    counts = {"n": len([kind for kind in asked if kind in standing]), "all": len(asked)}
    lines: list[tuple] = [(_("Consent"), _("%(n)s of %(all)s kinds in force") % counts, "")]
    withdrawn = {row["kind"]: row for row in reversed(rows) if row["kind"] not in standing}
    return lines + [consent_withdrawn(row) for row in withdrawn.values()]


def consent_withdrawn(row: dict) -> tuple:
    """A consent that was taken back: nobody may read past it."""
    day = words(timezone.localdate(datetime.fromisoformat(row["withdrawn"])))
    return _("Consent withdrawn"), Consent.Kind(row["kind"]).label, day


def words(day: date) -> str:
    """A day as it is read."""
    return date_format(day, "j F Y")


def course(request, person: "record.Person", held: set[Action]) -> dict:
    """Sessions, and the course that they make."""
    if Action.READ_SESSION not in held:
        return {}
    rows = record.sessions_of(request.user, person)
    steps = [
        {
            "kind": "dose" if row.kind == Session.Kind.DOSING else "visit",
            "state": "now" if row.is_open else "done",
            "label": row.get_kind_display(),
            "note": words(timezone.localdate(row.occurred_at)),
        }
        for row in reversed(rows)
    ]
    return {"sessions": rows, "steps": steps}


def outcomes(request, person: "record.Person", held: set[Action]) -> dict:
    """Check-ins and the chart."""
    if Action.READ_OUTCOMES not in held:
        return {}
    now = timezone.now()
    rows = record.check_ins_of(request.user, person)
    return {
        "check_ins": [with_state(row, now) for row in rows],
        "safety": endorsed(person),
        "at_risk": at_risk(person),
        "calls": calls(),
        **chart(request, person, held),
    }


def endorsed(person: "record.Person") -> str:
    """Where a safety question was last answered yes; "" where none was."""
    for row in person.safety_now:
        short = get(row["key"], row["version"]).short
        return ", ".join([short, *([words(day_of(row["at"]))] if row["at"] else [])])
    return ""


def day_of(at: str) -> date:
    """The day of a time that came as JSON, in the zone that is active."""
    return timezone.localdate(datetime.fromisoformat(at))


def at_risk(person: "record.Person") -> list[dict]:
    """What recent answers ask staff to do, the newest first."""
    found = [{**row, "advice": advice_for(row["instrument"], row["answers"])} for row in person.at_risk_now]
    return [{**row, "at": datetime.fromisoformat(row["at"])} for row in found if row["advice"]]


def with_state(row, now) -> dict:
    """A check-in and the pill of its state."""
    pill, word = CHECK_IN_PILLS[state_of(row, now)]
    return {
        "row": row,
        "pill": pill,
        "word": word,
        "live": state_of(row, now) in {State.PLANNED, State.OPENED},
    }


def chart(request, person: "record.Person", held: set[Action]) -> dict:
    """One measure drawn, and a tab for each of the others."""
    measure = record.chosen_measure(person, request.GET.get("instrument", ""))
    if measure is None:
        return {"chart": None}
    sittings = list(record.assessments_of(request.user, person, measure["key"])[: record.POINTS])
    doses = record.doses_of(person) if Action.READ_SESSION in held else []
    tabs = {m["key"]: get(m["key"], m["version"]).short for m in reversed(person.measures_now)}
    return {
        "chart": record.draw(sittings, measure, doses, timezone.localdate()),
        "tabs": [{"key": key, "label": tabs[key], "current": key == measure["key"]} for key in sorted(tabs)],
        "undated": sum(row.occurred_at is None for row in sittings),
    }
