"""The time axis of a course: days counted from the first dose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor

from outcomes.charts.svg import Scale

WEEK = 7
DAYS_UP_TO = 28  # a shorter course is told in days
TICKS = 7
STEPS = (1, 2, 3, 4, 6, 8, 13, 26, 52, 104, 260, 520, 1040)


@dataclass(frozen=True, slots=True)
class Dose:
    """A dosing day; `given` False while it is planned."""

    on: date
    given: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """From `first` to `last`, in days from `origin`; `from_dose` says whether the origin is a dose."""

    origin: date
    first: int
    last: int
    from_dose: bool

    def day(self, on: date) -> int:
        return (on - self.origin).days

    def week(self, on: date) -> Decimal:
        """Weeks from the origin, to one decimal."""
        return round(Decimal(self.day(on)) / WEEK, 1)

    def covers(self, on: date) -> bool:
        return self.first <= self.day(on) <= self.last

    @property
    def in_days(self) -> bool:
        return self.last - self.first <= DAYS_UP_TO

    @property
    def scale(self) -> Scale:
        """With room at both ends, so that no marker is cut."""
        room = max(2, (self.last - self.first) / 25)
        return Scale(self.first - room, self.last + room)

    def ticks(self) -> list[int]:
        """Days to be marked: multiples of one step, 0 among them where it is in sight."""
        unit = 1 if self.in_days else WEEK
        first, last = self.first / unit, self.last / unit
        step = next((s for s in STEPS if (last - first) / s < TICKS), STEPS[-1])
        return [n * step * unit for n in range(ceil(first / step), floor(last / step) + 1)]


def course_of(
    days: Sequence[date], doses: Sequence[Dose], *, today: date, until: date | None = None
) -> Course:
    """The course that holds all of these days; its origin is the first dose, given ones first."""
    first_dose = min(doses, key=lambda dose: (not dose.given, dose.on), default=None)
    known = [*days, *(dose.on for dose in doses), *([until] if until else [])]
    origin = first_dose.on if first_dose else min(days, default=today)
    offsets = [(on - origin).days for on in (*known, origin)]
    return Course(origin, min(offsets), max(offsets), first_dose is not None)
