"""Counts decisions for a quarterly report, and hides what is small enough to point at somebody. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from zoneinfo import ZoneInfo

# A count under this is not shown, nought included: nought tells as much as one.
LEAST = 5
OUTCOMES = ("eligible", "not-eligible", "defer")
TURNED_AWAY = ("not-eligible", "defer")

# None: hidden.
Cell: TypeAlias = int | None


@dataclass(frozen=True)
class Decided:
    """One decision, without the person: `enrolment` only tells two decisions about one person apart."""

    site: str
    time_zone: str
    enrolment: object
    outcome: str
    reasons: tuple[str, ...]
    occurred_at: dt.datetime


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, at the site's own clock."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year} Q{self.number}"

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


@dataclass(frozen=True)
class Line:
    """The published counts of one quarter at one site. `reasons` holds outcome, reason and people, shown ones only."""

    site: str
    quarter: Quarter
    outcomes: Mapping[str, Cell]
    total: Cell
    reasons: tuple[tuple[str, str, int], ...]


def quarter_of(at: dt.datetime, time_zone: str) -> Quarter:
    """The quarter in which a moment falls at a place."""
    local = at.astimezone(ZoneInfo(time_zone))
    return Quarter(local.year, (local.month + 2) // 3)


def published(decisions: Iterable[Decided], *, now: dt.datetime) -> list[Line]:
    """A line for each site and quarter, newest first, from a site's first decision to now.

    A person counts once a quarter, by the last decision in it.
    """
    every = list(decisions)
    last = {
        (one.site, quarter_of(one.occurred_at, one.time_zone), one.enrolment): one
        for one in sorted(every, key=lambda one: one.occurred_at)
    }
    by_line: dict[tuple[str, Quarter], list[Decided]] = defaultdict(list)
    for (site, quarter, _person), one in last.items():
        by_line[site, quarter].append(one)
    zones = {one.site: one.time_zone for one in every}
    return [
        line(site, quarter, by_line.get((site, quarter), []))
        for site in sorted(zones)
        for quarter in quarters(site, by_line, quarter_of(now, zones[site]))
    ]


def quarters(site: str, known: Iterable[tuple[str, Quarter]], until: Quarter) -> list[Quarter]:
    """Newest first, without a gap: a quarter that is missing would tell that nobody was decided on."""
    one = min(quarter for place, quarter in known if place == site)
    found = []
    while one <= until:
        found.append(one)
        one = one.next
    return found[::-1]


def line(site: str, quarter: Quarter, decisions: list[Decided]) -> Line:
    counts = {outcome: sum(one.outcome == outcome for one in decisions) for outcome in OUTCOMES}
    outcomes = hide(counts)
    whole = None if None in outcomes.values() else len(decisions)
    return Line(site, quarter, outcomes, whole, tuple(reason_lines(decisions, outcomes)))


def hide(counts: Mapping[str, int]) -> dict[str, Cell]:
    """The counts without the small ones, and without one more where a single gap could be filled by subtraction."""
    hidden = {name for name, count in counts.items() if count < LEAST}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((name for name in counts if name not in hidden), key=lambda name: counts[name]))
    return {name: None if name in hidden else count for name, count in counts.items()}


def reason_lines(decisions: list[Decided], outcomes: Mapping[str, Cell]) -> Iterator[tuple[str, str, int]]:
    """How many people each reason turned away; only what may be shown.

    A reason that all but a few share is not shown either: the rest of them would be few.
    """
    for outcome in TURNED_AWAY:
        whole = outcomes[outcome]
        if whole is None:
            continue
        counts: dict[str, int] = defaultdict(int)
        for one in decisions:
            for reason in set(one.reasons) if one.outcome == outcome else ():
                counts[reason] += 1
        for reason in sorted(counts):
            if counts[reason] >= LEAST and not 0 < whole - counts[reason] < LEAST:
                yield outcome, reason, counts[reason]
