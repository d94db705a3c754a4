"""Turns a file's rows into sittings, one a participant, visit and instrument, or into refusals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from clinic.refusals import Refusal, refuse, shown
from outcomes.imports.mapping import Mapping, Target
from outcomes.imports.reader import Row, Table
from outcomes.imports.rows import Reading, RowReader
from outcomes.imports.values import Catalogue, Value

FIRST_ROWS = 5  # for a preview
MOST_ROWS = 1_000_000  # Sittings are held in memory, some 300 bytes a value.


@dataclass
class Sitting:
    """All values of one instrument for one participant (the source's id) at one visit. None is missing."""

    participant: str
    target: Target
    line: int
    cells: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)


@dataclass
class Plan:
    """What an import would store and what it refuses. `repeated` counts values given more than once."""

    file: str
    columns: list[str] = field(default_factory=list)
    rows: int = 0
    repeated: int = 0
    sittings: dict[tuple[str, ...], Sitting] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    participants: dict[str, int] = field(default_factory=dict)
    first_days: dict[str, date] = field(default_factory=dict)
    first_rows: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def values(self) -> int:
        return sum(
            value is not None for sitting in self.sittings.values() for value in sitting.values.values()
        )

    @property
    def missing(self) -> int:
        return sum(value is None for sitting in self.sittings.values() for value in sitting.values.values())

    @property
    def refused_rows(self) -> int:
        return len({refusal.line for refusal in self.refusals})


def nothing(rows: int) -> None:
    """The progress that nobody watches."""


def plan(
    table: Table,
    mapping: Mapping,
    catalogue: Catalogue,
    *,
    today: date,
    progress: Callable[[int], None] = nothing,
) -> Plan:
    """Read the whole table. Raises RefusedError where columns do not fit the map or a measure is unknown."""
    check_catalogue(mapping, catalogue)
    reader = RowReader(mapping, catalogue, wide_columns(table, mapping), table.file, today)
    made = Plan(table.file, table.columns)
    for found in table:
        made.rows += 1
        if isinstance(found, Row) and len(made.first_rows) < FIRST_ROWS:
            made.first_rows.append(found.raw)
        if made.rows > MOST_ROWS:
            raise refuse(
                table.file,
                _("the file has more than {most_rows:,} rows; split it by participant").format(
                    most_rows=MOST_ROWS
                ),
            )
        take(made, found, reader)
        progress(made.rows)
    return made


def take(made: Plan, found: Row | Refusal, reader: RowReader) -> None:
    """Add a row to the plan whole, or its refusals, never a part of it."""
    if isinstance(found, Refusal):
        made.refusals.append(found)
        return
    participant, readings, refusals = reader.read(found)
    refusals = refusals or conflicts(made, participant, readings, found)
    if refusals:
        made.refusals.extend(refusals)
        return
    made.participants.setdefault(participant, found.line)
    for reading in readings:
        add(made, participant, reading, found)


def key_of(participant: str, target: Target) -> tuple[str, ...]:
    # Without a visit, the day tells one sitting from another.
    return (participant, target.visit or str(target.on), target.instrument)


def conflicts(made: Plan, participant: str, readings: Iterable[Reading], row: Row) -> list[Refusal]:
    """Where the row says something else than a former row of the same participant, visit and measure."""
    found = []
    for reading in readings:
        known = made.sittings.get(key_of(participant, reading.target))
        if known is not None and (reason := conflict(known, reading)):
            found.append(Refusal(made.file, row.line, reading.column, reason, row.raw))
    return found


def conflict(known: Sitting, reading: Reading) -> str:
    if known.target.on != reading.target.on:
        return _("this visit was dated {on} in line {line}").format(on=known.target.on, line=known.line)
    former = known.values.get(reading.target.measure, reading.value)
    if former == reading.value:
        return ""
    return _(
        "{value} here, but {former} for the same participant, visit and measure before (from line {line} on)"
    ).format(value=said(reading.value), former=said(former), line=known.line)


def said(value: Value) -> str:
    return "missing" if value is None else shown(str(value))


def add(made: Plan, participant: str, reading: Reading, row: Row) -> None:
    target = reading.target
    if target.on is not None:
        made.first_days[participant] = min(target.on, made.first_days.get(participant, target.on))
    sitting = made.sittings.get(key := key_of(participant, target))
    if sitting is None:
        sitting = made.sittings[key] = Sitting(participant, target, row.line, row.raw)
    made.repeated += target.measure in sitting.values
    sitting.values[target.measure] = reading.value


def check_catalogue(mapping: Mapping, catalogue: Catalogue) -> None:
    """Every measure that the map names must exist."""
    named = [(target.instrument, target.measure) for target in mapping.participant_values.values()]
    named += [(wide.instrument, wide.measure) for wide in mapping.wide]
    if not mapping.item:
        named += [
            (key, measure) for key in mapping.instruments.values() for measure in mapping.values.values()
        ]
    for instrument, measure in named:
        if catalogue(instrument, measure) is None:
            raise refuse(
                mapping.file,
                _("there is no measure {measure!r} in an instrument {instrument!r}").format(
                    measure=measure, instrument=instrument
                ),
            )


def wide_columns(table: Table, mapping: Mapping) -> dict[str, Target]:
    """The target of each wide column. Every column of the file must have a meaning or be ignored by name."""
    for name in mapping.fixed_columns:
        if name not in table.columns:
            reason = _("the map needs this column; the header has {names}").format(
                names=", ".join(table.columns[:12])
            )
            raise refuse(table.file, reason, line=1, column=name)
    fixed = {*mapping.fixed_columns, *mapping.ignored}.difference(mapping.explicit_columns)
    return {name: wide_target(name, mapping, table.file) for name in table.columns if name not in fixed}


def wide_target(name: str, mapping: Mapping, file: str) -> Target:
    found = [(wide, visit) for wide in mapping.wide if (visit := wide.visit_of(name)) is not None]
    if not found:
        reason = _("the map does not say what this column means; map it, or list it under ignore")
        raise refuse(file, reason, line=1, column=name)
    if len(found) > 1:
        raise refuse(file, _("two [[wide]] tables of the map claim this column"), line=1, column=name)
    wide, source = found[0]
    if source not in mapping.visits:
        raise refuse(
            file,
            _("the map has no visit {source} under [visits]").format(source=shown(source)),
            line=1,
            column=name,
        )
    meant = mapping.visits[source]
    return Target(wide.instrument, wide.measure, meant.key, meant.day)
