"""A protocol as plain values: what a clinic has decided beforehand, each number with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Mark(StrEnum):
    """How a fact is known. It is printed wherever the fact decides."""

    READ = "read"
    SECONDARY = "secondary"
    RECALLED = "recalled"
    PROPOSED = "proposed"


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Something that has a source. `source` is the text that is printed."""

    source: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Threshold(Sourced):
    """A limit by name: the value in its unit, and why it is there."""

    key: str
    value: Decimal
    unit: str
    why: str

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}".strip()


@dataclass(frozen=True, kw_only=True)
class Visit(Sourced):
    """A planned visit. Days are calendar days at the site, counted from `anchor` as it really took place."""

    key: str
    title: str
    kind: str
    anchor: str
    offset_days: int
    before_days: int
    after_days: int
    minutes: int
    instruments: tuple[str, ...]
    staff: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Dose(Sourced):
    """What the course names for a dosing visit, in mg."""

    visit: str
    initial_mg: Decimal
    supplemental_mg: Decimal
    total_mg: Decimal


@dataclass(frozen=True, kw_only=True)
class Window(Sourced):
    """From and to, in minutes after the first dose."""

    from_minutes: int
    to_minutes: int


@dataclass(frozen=True, kw_only=True)
class VitalsClock(Sourced):
    """When readings are due, in minutes before and after the first dose."""

    before_dose_minutes: int
    after_dose_minutes: tuple[int, ...]
    late_after_minutes: int


@dataclass(frozen=True, kw_only=True)
class Staffing(Sourced):
    """Who must be in the room, and whether their registrations must be in force."""

    people: int
    parts: tuple[str, ...]
    registration: bool


@dataclass(frozen=True, kw_only=True)
class Screening(Sourced):
    """How the screening decides: setting, deciders, and how many days each required finding counts."""

    setting: str
    deciders: tuple[str, ...]
    overriders: tuple[str, ...]
    not_known_blocks: bool
    required: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Condition(Sourced):
    """One condition of the gate. `facts` holds what its kind needs (see protocols/README.md)."""

    key: str
    title: str
    kind: str
    solve: str
    facts: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Gate(Sourced):
    """What must be so before a dose is authorised."""

    authorisers: tuple[str, ...]
    override: bool
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class Effects(Sourced):
    """Effects that are asked for by name, and when, in minutes after the first dose."""

    names: tuple[str, ...]
    at_minutes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Discharge(Sourced):
    """What must be so before somebody leaves."""

    least_minutes: int
    criteria: tuple[str, ...]
    agree: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CheckIns(Sourced):
    """Days after a dose on which a check-in is sent, and those on which staff call."""

    days: tuple[int, ...]
    calls: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Alert(Sourced):
    """When somebody must be told, how urgent it is, and within how many hours."""

    key: str
    when: str
    level: str
    hours: int


@dataclass(frozen=True, kw_only=True)
class Report(Sourced):
    """A duty to report, and within how many days of the period's end."""

    key: str
    title: str
    days: int


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """One edition of one protocol."""

    key: str
    title: str
    edition: str
    substance: str
    summary: str
    thresholds: Mapping[str, Threshold]
    visits: tuple[Visit, ...]
    doses: tuple[Dose, ...]
    supplemental_window: Window
    vitals_clock: VitalsClock
    staffing: Staffing
    screening: Screening
    gate: Gate
    effects: Effects
    discharge: Discharge
    check_ins: CheckIns
    alerts: tuple[Alert, ...]
    reports: tuple[Report, ...]
