"""What the pages of the medicine list show: what each medicine is, by which rule, and the washout calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.models import Enrolment
from clinic.templatetags.afterward import pill
from sessions.protocol import Protocol
from sessions.screening.matching import Match, match
from sessions.screening.medicines import MedicineClass
from sessions.screening.verdicts import LABELS, Verdict
from sessions.screening.washouts import Entry, Medicine, rules_of, washout_calendar
from sessions.screening_pages import frame
from sessions.screening_record import Taken
from sessions.washout_strip import Strip, span_of, strips

SUBSTANCE = "MDMA"
PILLS = {Verdict.EXCLUDE: "red", Verdict.SIGN_OFF: "amber", Verdict.CAUTION: "yellow"}


@dataclass(frozen=True)
class Says:
    """What one class of the table says of a medicine."""

    label: str
    pill: str
    sentence: str
    source: str
    mark: str


@dataclass(frozen=True)
class Reading:
    """What a written name is. `unknown` holds the parts that nobody knows: those are for a person to ask about."""

    says: tuple[Says, ...]
    unknown: tuple[str, ...]
    near: tuple[tuple[str, str], ...]

    @property
    def unruled(self) -> bool:
        """Whether it is known, and no class of the table concerns this treatment."""
        return not self.says and not self.unknown


@dataclass(frozen=True)
class Line:
    """A medicine of the list with what it is."""

    taken: Taken
    reading: Reading


def read_name(name: str, enrolment: Enrolment, substance: str) -> Reading:
    """What the table says of a name. Near spellings are links, and never taken by themselves."""
    found = match(name)
    return Reading(tuple(says_of(found, substance)), found.unknown, near_links(found, enrolment))


def says_of(found: Match, substance: str) -> Iterable[Says]:
    """Every class once, however many of the substances fall under it."""
    classes = {rule.key: rule for _one, rule in rules_of(found) if rule.concerns(substance)}
    return map(says, classes.values())


def says(rule: MedicineClass) -> Says:
    shown = pill(PILLS[rule.action], str(LABELS[rule.action]))
    return Says(rule.label, shown, rule.sentence, rule.basis.source, rule.basis.mark.value)


def near_links(found: Match, enrolment: Enrolment) -> tuple[tuple[str, str], ...]:
    add = reverse("sessions:medicine-add", args=[enrolment.pk])
    return tuple((one, f"{add}?name={one}") for one in found.suggestions)


def medicine_of(one: Taken) -> Medicine:
    """A line of the list as the calendar takes it."""
    row = one.row
    return Medicine(
        id=str(row.pk),
        name=row.name,
        last_taken_on=row.last_taken_on,
        planned_stop_on=row.planned_stop_on,
        stopped=row.stopped,
        cleared=one.cleared_at is not None,
    )


@dataclass(frozen=True)
class Row:
    """One line of the calendar, in words and drawn."""

    entry: Entry
    state: str
    strip: Strip


def calendar_of(
    medicines: Sequence[Taken], protocol: Protocol | None, *, today: date, dosing_on: date | None
) -> list[Row]:
    """Every medicine that a class of the table concerns, with its days. Without a protocol no wait is known."""
    entries = washout_calendar(
        medicines=map(medicine_of, medicines),
        thresholds=protocol.thresholds if protocol else {},
        dosing_on=dosing_on,
        substance=protocol.substance if protocol else SUBSTANCE,
    )
    span = span_of(entries, today=today, dosing_on=dosing_on)
    return [Row(one, state_of(one), drawn) for one, drawn in zip(entries, strips(entries, span), strict=True)]


def state_of(entry: Entry) -> str:
    """Whether the wait is over on the dosing day: in words, and never as leave to dose."""
    if entry.met is None:
        named = _("No wait is named") if not entry.wait.named else _("Not known")
        return pill("none" if not entry.wait.named else "nobody", named)
    if entry.planned:
        return pill("waiting", _("Rests on a plan"))
    return pill("done", _("Wait is over by then")) if entry.met else pill("amber", _("Wait is not over"))


def lines_of(medicines: Sequence[Taken], enrolment: Enrolment, protocol: Protocol | None) -> list[Line]:
    """Every medicine with what the table says of it where this protocol's substance is dosed."""
    substance = protocol.substance if protocol else SUBSTANCE
    return [Line(one, read_name(one.row.name, enrolment, substance)) for one in medicines]


def list_context(
    request, enrolment: Enrolment, medicines: Sequence[Taken], protocol: Protocol | None
) -> dict:
    """The list with what each medicine is."""
    lines = lines_of(medicines, enrolment, protocol)
    return {
        **frame(request, enrolment, _("Medicines")),
        "protocol": protocol,
        "lines": lines,
        "unknown_names": [one.taken.row.name for one in lines if one.reading.unknown],
    }


def add_context(request, enrolment: Enrolment, name: str, title: str) -> dict:
    """The frame of the form of one line; with a name, what it is."""
    return {
        **frame(request, enrolment, title),
        "back": reverse("sessions:medicines", args=[enrolment.pk]),
        "back_label": _("Medicines"),
        "name": name,
        "reading": read_name(name, enrolment, SUBSTANCE) if name else None,
        "submit": _("Save"),
    }


def line_context(request, one: Taken, title: str, submit: str) -> dict:
    """The frame of a form about one line that is there."""
    context = add_context(request, one.row.enrolment, one.row.name, title)
    return {**context, "taken": one, "submit": submit}
