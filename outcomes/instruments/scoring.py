"""Turns checked answers into a score: plain functions on plain values, without a database."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from outcomes.instruments.parts import Answer, Answers, Band, Item, Reason, Score

if TYPE_CHECKING:
    from outcomes.instruments.base import Instrument

HUNDREDTH = Decimal("0.01")
Result = tuple[Decimal | None, Reason | None]


def score(instrument: "Instrument", given: Answers) -> Score:
    """Score checked answers; every item of the instrument has its key in `given`."""
    total, reason = instrument.scoring(instrument, given)
    missing = sum(counted(item, given) is None for item in instrument.scored_items)
    return Score(
        total=total,
        prorated=total is not None and missing > 0,
        band=band_in(instrument.bands, total),
        scheme=instrument.scheme,
        subscales=_subscales(instrument, given) | _derived(instrument, given, total),
        criteria=_criteria(instrument, given),
        # Flags do not wait for a total: one answer is enough.
        safety_flags=tuple(item.key for item in instrument.items if item.flags(given[item.key])),
        missing=missing,
        reason=reason,
    )


def score_total(instrument: "Instrument", total: Answer) -> Score:
    """Score a checked total that came without its items."""
    if total is None:
        return Score(total=None, scheme=instrument.scheme, missing=1, reason=Reason.TOO_MANY_MISSING)
    value = Decimal(total)
    derived = {name: figure.rule({}, value) for name, figure in instrument.derived.items()}
    known: dict[str, Decimal | None] = {
        name: figure for name, figure in derived.items() if figure is not None
    }
    return Score(value, band=band_in(instrument.bands, value), scheme=instrument.scheme, subscales=known)


def band_in(bands: Iterable[Band], total: Decimal | None) -> Band | None:
    """The band of a total. A mean-replaced total is rounded half up first, for bands are whole."""
    if total is None:
        return None
    rounded = total.to_integral_value(ROUND_HALF_UP)
    return next((band for band in bands if band.low <= rounded <= band.high), None)


def counted(item: Item, given: Answers) -> Answer:
    """What an item counts: its answer, turned round where it is reversed, 0 where a skip rule leaves it out.

    None where it was asked and not answered. An answer that should not have been asked for still counts.
    """
    value = given.get(item.key)
    if value is None:
        return 0 if item.asked_when and not item.is_asked(given) else None
    return (item.low or 0) + (item.high or 0) - value if item.reverse else value


def sum_of_items(instrument: "Instrument", given: Answers) -> Result:
    """The sum of the scored items; missing ones take the mean of the given as far as the rule allows."""
    values = [counted(item, given) for item in instrument.scored_items]
    known = [value for value in values if value is not None]
    missing = len(values) - len(known)
    if not known or missing > instrument.missing_rule.at_most:
        return None, Reason.TOO_MANY_MISSING
    total = Decimal(sum(known))
    if missing:
        total = (total * len(values) / len(known)).quantize(HUNDREDTH, ROUND_HALF_UP)
    return total, None


def given_total(instrument: "Instrument", given: Answers) -> Result:
    """The total as entered; None stays None."""
    total = given["total"]
    return (None, Reason.TOO_MANY_MISSING) if total is None else (Decimal(total), None)


def no_total(instrument: "Instrument", given: Answers) -> Result:
    """For measures whose items are read one by one."""
    return None, Reason.NO_TOTAL


def sum_of(values: Iterable[Answer]) -> Decimal | None:
    """The sum, or None where one is missing."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value  # type: ignore[assignment]  # int and Decimal add up
    return Decimal(total)


def _subscales(instrument: "Instrument", given: Answers) -> dict[str, Decimal | None]:
    return {
        name: sum_of(counted(item, given) for item in instrument.items if item.subscale == name)
        for name in instrument.subscale_names
    }


def _derived(instrument: "Instrument", given: Answers, total: Decimal | None) -> dict[str, Decimal | None]:
    return {name: figure.rule(given, total) for name, figure in instrument.derived.items()}


def _criteria(instrument: "Instrument", given: Answers) -> dict[str, bool | None]:
    found: dict[str, bool | None] = {}
    for name, criterion in instrument.criteria.items():
        needed = criterion.needs or tuple(item.key for item in instrument.scored_items)
        whole = all(counted(instrument.by_key[key], given) is not None for key in needed)
        found[name] = criterion.rule(given) if whole else None
    return found
