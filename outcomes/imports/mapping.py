"""What a map says: the meaning of each column of a foreign file. Read from TOML by map_file.py."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from outcomes.imports.reader import Format
from outcomes.imports.values import Measure

ENTRY = "entry"  # The visit under which a participant's lasting characteristics are kept.
PLACEHOLDERS = {"{visit}": r"(?P<visit>.+)", "{n}": r"(?P<visit>[0-9]+)"}


@dataclass(frozen=True)
class Target:
    """One measure of one instrument, and when: the visit's key, study day, date; empty where not told."""

    instrument: str
    measure: str
    visit: str = ""
    day: int | None = None
    on: date | None = None

    def at(self, visit: str) -> "Target":
        """The same measure at a visit."""
        return replace(self, visit=visit)


@dataclass(frozen=True)
class Visit:
    """A visit of the programme. `day` is the study day it stands for, None where the source does not tell."""

    key: str
    day: int | None = None


@dataclass(frozen=True)
class WideColumn:
    """A column, or a pattern with {visit} or {n} in it, whose cells are one measure."""

    column: str
    instrument: str
    measure: str
    visit: str = ""

    def visit_of(self, name: str) -> str | None:
        """The visit's name in the source if this column is meant, else None."""
        if self.visit:
            return self.visit if name == self.column else None
        pattern = re.escape(self.column).replace(r"\{", "{").replace(r"\}", "}")
        for placeholder, expression in PLACEHOLDERS.items():
            pattern = pattern.replace(placeholder, expression)
        match = re.fullmatch(pattern, name)
        return match["visit"] if match else None


@dataclass(frozen=True)
class Mapping:
    """A checked map. Names on the left of each table are the source's, on the right ours."""

    file: str
    name: str
    shape: str
    format: Format
    participant: str
    programme: str = ""
    source: str = ""
    licence: str = ""
    visit: str = ""
    instrument: str = ""
    item: str = ""
    date_column: str = ""
    date_format: str = "%Y-%m-%d"
    ignored: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)
    wide: tuple[WideColumn, ...] = ()
    participant_values: dict[str, Target] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    measures: dict[tuple[str, str], Measure] = field(default_factory=dict)

    @property
    def fixed_columns(self) -> tuple[str, ...]:
        """The columns that the file must have, whatever its width."""
        named = (self.participant, self.visit, self.instrument, self.item, self.date_column)
        return (
            tuple(filter(None, named))
            + tuple(self.values)
            + self.explicit_columns
            + tuple(self.participant_values)
        )

    @property
    def explicit_columns(self) -> tuple[str, ...]:
        """The wide columns that the map names one by one."""
        return tuple(wide.column for wide in self.wide if wide.visit)
