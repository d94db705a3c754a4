"""Draws the days of a medicine as a strip: taken, waiting, the dose, and the days on which the dose still acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sessions.screening.washouts import Entry

BEFORE, AFTER = timedelta(days=4), timedelta(days=4)
LOOKS_BACK = timedelta(days=60)
LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class Span:
    """From the first to the last day that is drawn, both included."""

    first: date
    last: date
    today: date
    dosing_on: date | None

    @property
    def days(self) -> int:
        """How many days are drawn."""
        return (self.last - self.first).days + 1

    def place(self, day: date) -> float:
        """Where a day begins, in percent; days outside stand at the edge."""
        return 100 * (min(max(day, self.first), self.last + timedelta(days=1)) - self.first).days / self.days


@dataclass(frozen=True)
class Strip:
    """The picture, and what it says."""

    svg: SafeString
    words: str


def span_of(entries: Sequence[Entry], *, today: date, dosing_on: date | None) -> Span:
    """Wide enough for what is known; the far past and a slip of the finger are cut."""
    days = [
        day for one in entries for day in (one.medicine.last_taken_on, one.medicine.planned_stop_on) if day
    ]
    days += [day for one in entries for day in (one.ends_on, one.after_dose_until) if day]
    days += [today, *([dosing_on] if dosing_on else [])]
    first = max(min(days), today - LOOKS_BACK) - BEFORE
    return Span(first, min(max(days) + AFTER, today + LONGEST), today, dosing_on)


def strips(entries: Sequence[Entry], span: Span) -> list[Strip]:
    """One for each line of the calendar."""
    return [strip(one, span) for one in entries]


def strip(entry: Entry, span: Span) -> Strip:
    """The bars of one medicine, with the months under them."""
    bars = [(name, f"{at:.2f}", f"{wide:.2f}") for name, at, wide in bars_of(entry, span) if wide > 0]
    marks = [("today", span.today), *([("dose", span.dosing_on)] if span.dosing_on else [])]
    return Strip(
        format_html(
            '<svg class="washout" role="img" aria-label="{}">{}{}{}</svg>',
            said(entry),
            format_html_join("", '<rect class="{}" x="{}%" width="{}%" y="4" height="16"/>', bars),
            format_html_join(
                "",
                '<line class="{}" x1="{}%" x2="{}%" y1="0" y2="26"/>',
                [(name, middle(span, day), middle(span, day)) for name, day in marks],
            ),
            months(span),
        ),
        said(entry),
    )


def middle(span: Span, day: date) -> str:
    return f"{span.place(day) + 50 / span.days:.2f}"


def bars_of(entry: Entry, span: Span) -> list[tuple[str, float, float]]:
    """Class, start and width of each bar, in percent."""
    one, next_day = entry.medicine, timedelta(days=1)
    last = one.last_taken_on if one.stopped else one.planned_stop_on
    taken_until = (last + next_day) if last else (span.today + next_day if not one.stopped else span.first)
    bars = [("taken", span.first, taken_until)]
    if last and entry.ends_on:
        bars.append(("wait", last + next_day, entry.ends_on))
    if entry.after_dose_until and span.dosing_on:
        bars.append(("after", span.dosing_on, entry.after_dose_until + next_day))
    return [(name, span.place(start), span.place(end) - span.place(start)) for name, start, end in bars]


def months(span: Span) -> SafeString:
    """The first of each month, and the first day that is drawn."""
    starts = [span.first]
    at = (span.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while at <= span.last:
        starts.append(at)
        at = (at + timedelta(days=32)).replace(day=1)
    # Two dates closer than this would be printed over each other.
    kept = [
        one
        for n, one in enumerate(starts)
        if n == len(starts) - 1 or (starts[n + 1] - one).days * 8 > span.days
    ]
    return format_html_join(
        "",
        '<text x="{}%" y="38">{}</text>',
        [(f"{span.place(one):.2f}", f"{one.day} {one:%b}") for one in kept],
    )


def said(entry: Entry) -> str:
    """The picture in words."""
    one, parts = entry.medicine, []
    if one.last_taken_on:
        parts.append(_("last taken %(day)s") % {"day": worded(one.last_taken_on)})
    if one.planned_stop_on and not one.stopped:
        parts.append(_("planned end %(day)s") % {"day": worded(one.planned_stop_on)})
    if entry.ends_on:
        parts.append(_("wait ends %(day)s") % {"day": worded(entry.ends_on)})
    if entry.dosing_on:
        parts.append(_("dosing day %(day)s") % {"day": worded(entry.dosing_on)})
    if entry.after_dose_until:
        parts.append(_("the dose acts on it until %(day)s") % {"day": worded(entry.after_dose_until)})
    return f"{one.name}: {', '.join(parts) or entry.reason}"


def worded(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
