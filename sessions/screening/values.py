"""Values of factors: what may be entered, how it is kept, how it is read back, and when it leaves the question open.

Kept as JSON can hold it, so that a finding reads the same in ten years:
choice "past" · many ["coronary"] · number "52.5", or {"value": "470", "formula": "bazett"} where the factor has
fields · pressures [["142", "91"], ["138", "88"]], systolic and diastolic in mmHg · text as written, or None where the
record keeps its words sealed · date "2026-03-01", "2026-03" or "never" · score {"instrument": "pq16", "total": "7"}.
Every kind also takes "unknown", "not_asked" and "declined".
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from sessions.screening.catalogue import NOT_GIVEN, Factor, Field, Kind, Option

Value: TypeAlias = str | list[str] | list[list[str]] | dict[str, str]
NEVER = "never"
MONTH = re.compile(r"(\d{4})-(\d{2})")
IN_WORDS = "In words"
LONGEST = 10_000
# A number such as 1e999999 would fill the memory when it is written out.
DIGITS = 12


def parse(factor: Factor, value: object) -> Value:
    """The value as it is kept. Raises ValueError, which says what is wrong."""
    if not_given(value):
        return str(value)
    return PARSERS[factor.kind](factor, value)


def not_given(value: object) -> bool:
    """Whether the value says that there is no answer."""
    return isinstance(value, str) and value in NOT_GIVEN


def in_words(factor: Factor, value: object) -> bool:
    """Whether the answer is text that the record keeps sealed, beside the value."""
    return factor.kind is Kind.TEXT and value is None


def why_open(factor: Factor, value: object) -> str:
    """Why this value does not end the question, in words; "" where it does. Never raises."""
    if not_given(value):
        return NOT_GIVEN[str(value)].lower()
    if in_words(factor, value):
        return ""
    try:
        kept = parse(factor, value)
    except ValueError as error:
        return f"the answer cannot be read: {error}"
    if factor.kind is Kind.PRESSURES and len(kept) < 2:
        return "there is one reading only, and two are needed"
    named = kept if isinstance(kept, list) else [kept]
    left_open = [one.label for one in factor.options if one.open and one.value in named]
    return f"the answer leaves it open: {left_open[0]}" if left_open else ""


def unendorsed(factor: Factor, value: object) -> bool:
    """Whether the value endorses nothing."""
    named = [value] if isinstance(value, str) else value
    if factor.kind is Kind.DATE:
        return value == NEVER
    return any(one.unendorsed and named == [one.value] for one in factor.options)


def shown(factor: Factor, value: object) -> str:
    """The value as a person reads it. Raises ValueError for one that does not fit."""
    if not_given(value):
        return NOT_GIVEN[str(value)]
    if in_words(factor, value):
        return IN_WORDS
    kept = parse(factor, value)
    if factor.kind in (Kind.CHOICE, Kind.MANY):
        return ", ".join(
            factor.option(str(one)).label for one in (kept if isinstance(kept, list) else [kept])
        )
    if factor.kind is Kind.PRESSURES:
        return " and ".join("/".join(pair) for pair in kept) + f" {factor.unit}"
    if isinstance(kept, dict):
        return shown_with_fields(factor, kept)
    return factor.never if kept == NEVER and factor.never else f"{kept} {factor.unit}".strip()


def shown_with_fields(factor: Factor, kept: Mapping[str, str]) -> str:
    if factor.kind is Kind.SCORE:
        return f"{kept['total']} ({kept['instrument']})"
    beside = [f"{field.label.lower()} {field_shown(field, kept[field.key])}" for field in factor.fields]
    return f"{kept['value']} {factor.unit} ({', '.join(beside)})"


def field_shown(field: Field, value: str) -> str:
    return next((one.label for one in field.options if one.value == value), value)


def amount(factor: Factor, value: object) -> Decimal:
    """The number of a number or a score. Raises ValueError."""
    kept = parse(factor, value)
    if isinstance(kept, dict):
        return Decimal(kept["total" if factor.kind is Kind.SCORE else "value"])
    return Decimal(str(kept))


def pressures(factor: Factor, value: object) -> tuple[tuple[Decimal, Decimal], ...]:
    """The readings, systolic and diastolic in mmHg. Raises ValueError."""
    pairs = [list(one) for one in parse(factor, value)]
    return tuple((Decimal(pair[0]), Decimal(pair[1])) for pair in pairs)


def day(factor: Factor, value: object) -> dt.date | None:
    """The date, None for never. A month counts as its last day, the one that is least long ago."""
    kept = str(parse(factor, value))
    if kept == NEVER:
        return None
    if found := MONTH.fullmatch(kept):
        year, month = int(found[1]), int(found[2])
        return dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date.fromisoformat(kept)


def of_choice(factor: Factor, value: object) -> Value:
    return one_of(factor.options, value)


def of_many(factor: Factor, value: object) -> Value:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("must be a list of answers, at least one")
    named = {one_of(factor.options, one) for one in value}
    if len(named) > 1 and any(one.unendorsed and one.value in named for one in factor.options):
        raise ValueError("endorses something and nothing at once")
    return [one.value for one in factor.options if one.value in named]


def of_number(factor: Factor, value: object) -> Value:
    if not factor.fields:
        return measured(factor, value)
    given = keyed(value, "value", *(field.key for field in factor.fields))
    beside = {field.key: field_of(field, given[field.key]) for field in factor.fields}
    return {"value": measured(factor, given["value"]), **beside}


def of_pressures(factor: Factor, value: object) -> Value:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= 2:
        raise ValueError("must be one or two readings")
    return [reading(factor, one) for one in value]


def of_text(factor: Factor, value: object) -> Value:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise ValueError(f"must be text of at most {LONGEST} letters")
    return value.strip()


def of_date(factor: Factor, value: object) -> Value:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if value == NEVER and factor.never:
        return NEVER
    try:
        return month_or_day(str(value))
    except ValueError as error:
        raise ValueError("must be a date as in 2026-03-01, or a month as in 2026-03") from error


def of_score(factor: Factor, value: object) -> Value:
    given = keyed(value, "instrument", "total")
    if given["instrument"] not in factor.instruments:
        raise ValueError(f"must come from {' or '.join(factor.instruments)}")
    return {"instrument": str(given["instrument"]), "total": measured(factor, given["total"])}


def month_or_day(value: str) -> str:
    if MONTH.fullmatch(value):
        return dt.date.fromisoformat(f"{value}-01").isoformat()[:7]
    return dt.date.fromisoformat(value).isoformat()


def reading(factor: Factor, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError("a reading is systolic and diastolic")
    high, low = (measured(factor, one) for one in value)
    if Decimal(high) <= Decimal(low):
        raise ValueError("systolic must be above diastolic")
    return [high, low]


def field_of(field: Field, value: object) -> str:
    if field.kind is Kind.CHOICE:
        return one_of(field.options, value)
    if field.kind is Kind.NUMBER:
        return f"{decimal(value):f}"
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field.label.lower()} is missing")
    return value.strip()


def one_of(options: tuple[Option, ...], value: object) -> str:
    if value not in [one.value for one in options]:
        raise ValueError(f"must be one of {', '.join(one.value for one in options)}")
    return str(value)


def keyed(value: object, *keys: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping) or set(value) != set(keys):
        raise ValueError(f"must hold {', '.join(keys)}, and nothing else")
    return value


def measured(factor: Factor, value: object) -> str:
    """A number within the factor's range and decimals, as text."""
    found = decimal(value)
    if factor.minimum is None or factor.maximum is None or not factor.minimum <= found <= factor.maximum:
        raise ValueError(f"must be from {factor.minimum} to {factor.maximum} {factor.unit}".strip())
    if found != round(found, factor.decimals):
        raise ValueError(f"takes {factor.decimals} decimals")
    return f"{found:f}"


def decimal(value: object) -> Decimal:
    """A finite number; a float is read as it is written."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("must be a number")
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("must be a number") from error
    if not found.is_finite() or found.adjusted() > DIGITS or int(found.as_tuple().exponent) < -DIGITS:
        raise ValueError("must be a number")
    return found


PARSERS: Mapping[Kind, Callable[[Factor, object], Value]] = {
    Kind.CHOICE: of_choice,
    Kind.MANY: of_many,
    Kind.NUMBER: of_number,
    Kind.PRESSURES: of_pressures,
    Kind.TEXT: of_text,
    Kind.DATE: of_date,
    Kind.SCORE: of_score,
}
