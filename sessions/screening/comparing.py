"""What changed between two findings of one factor, by the catalogue alone. Thresholds of scores belong to their instruments."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sessions.screening import values
from sessions.screening.catalogue import Factor, Kind

# Their options rise: any rise in level is a worsening.
RISING = ("suicidal_ideation_month", "suicidal_behaviour")
MEASURED = (Kind.NUMBER, Kind.SCORE)


class Changed(StrEnum):
    """How two findings stand to each other. NOT_KNOWN: one of them leaves the question open, or was never asked."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "same"
    IN_WORDS = "in-words"
    NOT_KNOWN = "not-known"


# The order of a page: what newly appeared first.
ORDER = tuple(Changed)


@dataclass(frozen=True)
class Comparison:
    """Later against earlier. `points` is later minus earlier of what is measured, else None."""

    changed: Changed
    worse: bool = False
    points: Decimal | None = None


def compare(factor: Factor, before: object, after: object) -> Comparison:
    """Before against after, as they are stored. Never raises: what cannot be read is not known."""
    if values.why_open(factor, before) or values.why_open(factor, after):
        return Comparison(Changed.NOT_KNOWN)
    if factor.kind is Kind.TEXT:
        return Comparison(Changed.IN_WORDS)
    if factor.kind in MEASURED:
        return measured(factor, before, after)
    return answered(factor, before, after)


def measured(factor: Factor, before: object, after: object) -> Comparison:
    """Numbers; two scores of different questionnaires cannot be set against each other."""
    if instrument_of(factor, before) != instrument_of(factor, after):
        return Comparison(Changed.NOT_KNOWN)
    points = values.amount(factor, after) - values.amount(factor, before)
    return Comparison(Changed.CHANGED if points else Changed.SAME, points=points)


def instrument_of(factor: Factor, value: object) -> str:
    """The questionnaire of a score; "" for what has none."""
    kept = values.parse(factor, value)
    return kept.get("instrument", "") if isinstance(kept, dict) else ""


def answered(factor: Factor, before: object, after: object) -> Comparison:
    """Choices and dates: what was not endorsed before and is now has newly appeared."""
    first, last = values.parse(factor, before), values.parse(factor, after)
    if first == last:
        return Comparison(Changed.SAME)
    if values.unendorsed(factor, first):
        return Comparison(Changed.NEW, worse=True)
    if values.unendorsed(factor, last):
        return Comparison(Changed.GONE)
    return Comparison(Changed.CHANGED, worse=rises(factor, first, last))


def rises(factor: Factor, first: object, last: object) -> bool:
    """Whether something was added, or a level rose."""
    if isinstance(first, list) and isinstance(last, list) and factor.kind is Kind.MANY:
        return bool({str(one) for one in last} - {str(one) for one in first})
    order = [one.value for one in factor.options]
    return factor.key in RISING and order.index(str(last)) > order.index(str(first))
