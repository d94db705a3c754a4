"""What the pages of a screening show: what stands, what is not known, and where to go next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Enrolment
from clinic.permissions import Action, may_at
from sessions.models import ScreeningFinding, Session
from sessions.pages import back_url, identity_of
from sessions.protocol import Protocol
from sessions.screening.at_risk import AtRisk, at_risk
from sessions.screening.catalogue import MORNING, Factor, Group, catalogue
from sessions.screening.standing import Finding, Standing, standing_of
from sessions.screening_record import Known, by_factor

Occasion = ScreeningFinding.Occasion
# What is screened on a page of its own; the morning of a dosing day belongs to its session.
SCREENED = tuple(one for one in Occasion if one is not Occasion.DOSING)


@dataclass(frozen=True)
class Line:
    """One factor on the overview. `needed`: the protocol asks for it, so that it must not stay open."""

    factor: Factor
    found: Sequence[Known]
    why_not: str
    needed: bool

    @property
    def known(self) -> bool:
        """Whether the question is answered."""
        return not self.why_not


@dataclass(frozen=True)
class Shown:
    """One group on the overview: what is not known, and what is."""

    group: Group
    lines: Sequence[Line]

    @property
    def unknown(self) -> list[Line]:
        """What is not known, what the protocol needs first."""
        return sorted((one for one in self.lines if not one.known), key=lambda one: not one.needed)

    @property
    def found(self) -> list[Line]:
        """What was found, open answers and outdated ones too."""
        return [one for one in self.lines if one.found]

    @property
    def known(self) -> int:
        """How many questions are answered."""
        return sum(one.known for one in self.lines)


def occasion_of(text: str) -> Occasion:
    """The occasion that an address names, or 404."""
    if text not in SCREENED:
        raise Http404
    return Occasion(text)


def group_of(key: str) -> Group:
    """The page that an address names, or 404."""
    found = next((one for one in catalogue().pages if one.key == key), None)
    if found is None:
        raise Http404
    return found


def asked_of(group: Group, sex: str) -> list[Factor]:
    """The factors of a page that are asked of a person of this sex at birth."""
    return [one for one in group.factors if one.applies_to(sex)]


def local_now(enrolment: Enrolment) -> datetime:
    """Now, on the wall of the site."""
    return timezone.localtime(timezone=ZoneInfo(enrolment.site.time_zone))


def line_of(factor: Factor, found: Sequence[Known], required: dict[str, int], at: datetime) -> Line:
    """How a factor stands, by the same judgement as the rules."""
    days = required.get(factor.key)
    facts = [
        Finding(str(one.row.pk), factor.key, one.row.value, one.row.occurred_at, one.row.source)
        for one in reversed(found)
    ]
    standing: Standing = standing_of(factor, facts, at=at, valid_days=days)
    return Line(factor, found, standing.why_not, days is not None)


def groups_of(
    enrolment: Enrolment, findings: Iterable[Known], protocol: Protocol | None, groups: Iterable[Group]
) -> list[Shown]:
    """Every group as the overview shows it; a group that holds no finding and needs none is shown too."""
    found, at = by_factor(findings), local_now(enrolment)
    required = dict(protocol.screening.required) if protocol else {}
    sex = enrolment.participant.sex
    return [
        Shown(
            group,
            [
                line_of(one, found.get(one.key, []), required, at)
                for one in group.factors
                if one.applies_to(sex)
            ],
        )
        for group in groups
    ]


def risk_of(findings: Iterable[Known]) -> AtRisk | None:
    """What staff do at once for these answers."""
    return at_risk((one.row.factor, one.row.value) for one in findings)


def frame(request, enrolment: Enrolment, title: str) -> dict:
    """What every page about an enrolment's screening has."""
    return {
        **identity_of(request, enrolment.participant),
        "enrolment": enrolment,
        "participant": enrolment.participant,
        "place": enrolment.site,
        "title": title,
        "back": overview_url(enrolment),
        "back_label": _("Screening"),
        "may_record": may_at(request.user, Action.RECORD_SCREENING, enrolment.site_id),
        "may_clear": may_at(request.user, Action.CLEAR_MEDICINE, enrolment.site_id),
    }


def overview_url(enrolment: Enrolment) -> str:
    """The overview of an enrolment."""
    return reverse("sessions:screening", args=[enrolment.pk])


def page_url(enrolment: Enrolment, occasion: str, group: Group) -> str:
    """One page of a screening."""
    return reverse("sessions:screen", args=[enrolment.pk, occasion, group.key])


def overview_context(request, enrolment: Enrolment, findings: Sequence[Known], protocol) -> dict:
    """The overview: what is not known first."""
    groups = groups_of(enrolment, findings, protocol, catalogue().groups)
    asked = [one for one in groups if one.group.key != MORNING]
    needed = [line for group in asked for line in group.unknown if line.needed]
    first = catalogue().pages[0]
    return {
        **frame(request, enrolment, _("Screening")),
        "back": back_url(enrolment.participant_id),
        "back_label": enrolment.participant.code,
        "protocol": protocol,
        "groups": groups,
        "asked": asked,
        "needed": needed,
        "risk": risk_of(one for one in findings if one.row.occasion != Occasion.DOSING),
        "occasions": [(one.label, page_url(enrolment, one.value, first)) for one in SCREENED],
    }


def page_context(
    request, enrolment: Enrolment, occasion: Occasion, group: Group, findings: list[Known]
) -> dict:
    """One page of a screening, and the way through the others."""
    pages = catalogue().pages
    number = pages.index(group) + 1
    shown = groups_of(enrolment, findings, None, pages)
    return {
        **frame(request, enrolment, group.label),
        "occasion": occasion,
        "number": number,
        "of": len(pages),
        "numbers": range(1, len(pages) + 1),
        "steps": [
            {
                "label": one.group.label,
                "known": one.known,
                "of": len(one.lines),
                "url": page_url(enrolment, occasion.value, one.group),
                "here": one.group is group,
            }
            for one in shown
        ],
        "risk": risk_of(one for one in findings if one.row.occasion == occasion),
        "skip": next_url(enrolment, occasion, group),
        "submit": _("Save and go on") if number < len(pages) else _("Save and go to the overview"),
    }


def next_url(enrolment: Enrolment, occasion: Occasion, group: Group) -> str:
    """The page that follows; the overview after the last."""
    pages = catalogue().pages
    at = pages.index(group) + 1
    return page_url(enrolment, occasion.value, pages[at]) if at < len(pages) else overview_url(enrolment)


def morning_context(request, session: Session, findings: Sequence[Known], own: Sequence[Known]) -> dict:
    """The short page of a dosing morning, with what was said this morning."""
    enrolment = session.enrolment
    return {
        **frame(request, enrolment, _("Morning of the dosing day")),
        "session": session,
        "back": reverse("sessions:session", args=[session.pk]),
        "back_label": session.get_kind_display(),
        "risk": risk_of(own),
        "listed": any(one.row.factor == "medicines_since" and one.row.value == "taken" for one in own),
        "submit": _("Save"),
    }


def withdraw_context(request, row: ScreeningFinding) -> dict:
    """The frame of the form that marks a finding as entered in error."""
    enrolment, factor = row.enrolment, catalogue().factors.get(row.factor)
    enrolment.site = row.site
    label = factor.label if factor else row.factor
    return {
        **frame(request, enrolment, _("Mark as entered in error: %(what)s") % {"what": label}),
        "submit": _("Mark"),
    }
