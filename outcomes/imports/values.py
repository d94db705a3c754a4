"""What a cell may hold: a missing mark, one of a measure's codes, or a number in its range."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from clinic.refusals import shown
from outcomes.imports.reader import Format

Value = Decimal | str | None
LONGEST_NUMBER = 40
LARGEST = Decimal(1_000_000_000)
EARLIEST = date(1900, 1, 1)
NUMBER = {
    ".": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?"),
    ",": re.compile(r"[+-]?(?:[0-9]+(?:,[0-9]*)?|,[0-9]+)(?:[eE][+-]?[0-9]{1,2})?"),
}


@dataclass(frozen=True)
class Measure:
    """What one measure is: its words for the codebook, and its codes or its range (None: no limit known)."""

    label: str = ""
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    codes: tuple[str, ...] = ()


# The measure of an instrument, by both keys; None when there is none.
Catalogue = Callable[[str, str], Measure | None]


def value_of(cell: str, measure: Measure, format: Format) -> Value:
    """The value in a cell, None for a missing mark. ValueError says why it cannot be one."""
    if cell in format.missing:
        return None
    if measure.codes:
        return code(cell, measure)
    number = number_of(cell, format)
    if measure.step is not None and number % measure.step:
        raise ValueError(_("{cell} is not in steps of {step:f}").format(cell=shown(cell), step=measure.step))
    if measure.minimum is not None and number < measure.minimum:
        raise ValueError(
            _("{cell} is below {minimum:f}, the least that this measure can be").format(
                cell=shown(cell), minimum=measure.minimum
            )
        )
    if measure.maximum is not None and number > measure.maximum:
        raise ValueError(
            _("{cell} is above {maximum:f}, the most that this measure can be").format(
                cell=shown(cell), maximum=measure.maximum
            )
        )
    return number


def code(cell: str, measure: Measure) -> str:
    if cell not in measure.codes:
        raise ValueError(
            _("{cell} is not one of {names}").format(cell=shown(cell), names=", ".join(measure.codes))
        )
    return cell


def number_of(cell: str, format: Format) -> Decimal:
    """A plain number with this decimal sign: no thousands separator, no unit, no blank inside."""
    if len(cell) > LONGEST_NUMBER or NUMBER[format.decimal].fullmatch(cell) is None:
        raise ValueError(
            _("{cell} is not a number with {decimal!r} as its decimal sign").format(
                cell=shown(cell), decimal=format.decimal
            )
        )
    number = Decimal(cell.replace(",", "."))
    if abs(number) >= LARGEST:
        raise ValueError(
            _("{cell} is too large: at most nine digits may stand before the decimal sign").format(
                cell=shown(cell)
            )
        )
    # Values are kept as JSON numbers: refuse what would be rounded, rather than round it.
    if Decimal(repr(float(number))) != number:
        raise ValueError(
            _("{cell} has more than 15 digits and would not be kept exactly").format(cell=shown(cell))
        )
    return number


def day_of(cell: str, pattern: str, today: date) -> date:
    """A date as the map writes it, neither before 1900 nor to come."""
    try:
        found = datetime.strptime(cell, pattern).date()  # noqa: DTZ007 - a date has no time zone
    except ValueError as error:
        raise ValueError(
            _("{cell} is not a date written as {pattern}").format(cell=shown(cell), pattern=pattern)
        ) from error
    if not EARLIEST <= found <= today:
        raise ValueError(_("{cell} is before 1900 or still to come").format(cell=shown(cell)))
    return found
