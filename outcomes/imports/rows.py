"""Reads one row under a map: who, when, which measure, which value."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from clinic.refusals import Refusal, shown
from outcomes.imports.mapping import Mapping, Target
from outcomes.imports.reader import Row
from outcomes.imports.values import Catalogue, Value, day_of, value_of


@dataclass(frozen=True)
class Reading:
    """One value of one row, with the column it stood in."""

    column: str
    target: Target
    value: Value


class WrongCellError(ValueError):
    """The cell that says who, when or which is wrong, so that the row's values have no place."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass
class RowReader:
    """Reads one row after another. `wide` are the targets of the columns that a wide map names."""

    mapping: Mapping
    catalogue: Catalogue
    wide: dict[str, Target]
    file: str
    today: date

    def read(self, row: Row) -> tuple[str, list[Reading], list[Refusal]]:
        """The participant, the readings, and what is wrong; the readings count only if nothing is."""
        try:
            participant = self.participant(row)
            targets = self.targets(row)
        except WrongCellError as error:
            return "", [], [Refusal(self.file, row.line, error.column, str(error), row.raw)]
        readings, refusals = [], []
        for column, target in targets:
            try:
                readings.append(self.reading(row, column, target))
            except ValueError as error:
                refusals.append(Refusal(self.file, row.line, column, str(error), row.raw))
        return participant, readings, refusals

    def reading(self, row: Row, column: str, target: Target) -> Reading:
        measure = self.catalogue(target.instrument, target.measure)
        if measure is None:
            raise ValueError(
                _("the instrument {instrument!r} has no item {measure}").format(
                    instrument=target.instrument, measure=shown(target.measure)
                )
            )
        return Reading(column, target, value_of(row.cells[column], measure, self.mapping.format))

    def participant(self, row: Row) -> str:
        found = row.cells[self.mapping.participant]
        if found in self.mapping.format.missing:
            raise WrongCellError(self.mapping.participant, _("the participant is missing"))
        return found

    def targets(self, row: Row) -> list[tuple[str, Target]]:
        """Each column that holds a value, with what the value is."""
        fixed = [*self.mapping.participant_values.items(), *self.wide.items()]
        return fixed if self.mapping.shape == "wide" else fixed + self.long_targets(row)

    def long_targets(self, row: Row) -> list[tuple[str, Target]]:
        place = self.occasion(row)
        place = replace(place, instrument=self.instrument(row))
        item = row.cells[self.mapping.item].lower() if self.mapping.item else ""
        return [
            (column, replace(place, measure=item or measure))
            for column, measure in self.mapping.values.items()
        ]

    def instrument(self, row: Row) -> str:
        cell = row.cells[self.mapping.instrument]
        if cell not in self.mapping.instruments:
            raise WrongCellError(
                self.mapping.instrument,
                _("the map has no instrument {cell} under [instruments]").format(cell=shown(cell)),
            )
        return self.mapping.instruments[cell]

    def occasion(self, row: Row) -> Target:
        """The visit or the date, in a target without an instrument yet."""
        on, column = None, self.mapping.date_column
        if column:
            try:
                on = day_of(row.cells[column], self.mapping.date_format, self.today)
            except ValueError as error:
                raise WrongCellError(column, str(error)) from error
        if not self.mapping.visit:
            return Target("", "", on=on)
        cell = row.cells[self.mapping.visit]
        if cell not in self.mapping.visits:
            raise WrongCellError(
                self.mapping.visit, _("the map has no visit {cell} under [visits]").format(cell=shown(cell))
            )
        visit = self.mapping.visits[cell]
        return Target("", "", visit.key, visit.day, on)
