"""Measures kept as a total alone: their item text may not be shipped, or only totals were ever given."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import (
    Answers,
    Band,
    Instrument,
    Item,
    Kind,
    Label,
    Reason,
)

IMPORTED = "imported"
KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
TOTAL_ONLY = "Item text is not shipped: the clinic uses its own licensed form and enters the total"


def given_total(instrument: Instrument, answers: Answers) -> tuple[Decimal | None, Reason | None]:
    """The total as entered; None stays None."""
    total = answers["total"]
    return (None, Reason.TOO_MANY_MISSING) if total is None else (Decimal(total), None)


def bands(*parts: tuple[str, Label, int], high: int) -> tuple[Band, ...]:
    """Bands from (key, label, lowest total); each ends where the next begins."""
    ends = [low - 1 for _key, _label, low in parts[1:]] + [high]
    return tuple(Band(key, label, low, end) for (key, label, low), end in zip(parts, ends, strict=True))


def total_item(low: int | None, high: int | None, step: Decimal | None = Decimal(1)) -> tuple[Item, ...]:
    """The one item of a score-only measure, `total`."""
    return (Item(key="total", kind=Kind.TOTAL, low=low, high=high, step=step),)


def score_only(key: str, title: str = "") -> Instrument:
    """A measure of an imported study, known by its key alone: any decimal, no range, no bands.

    Raises ValueError for a key that could not name a variable in an export.
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot be a measure: use a to z, 0 to 9 and _, beginning with a letter")
    return Instrument(
        key=key,
        version=IMPORTED,
        title=title or key,
        short=title or key,
        measures=title or key,
        recall=_("Not known"),
        items=total_item(None, None, step=None),
        scoring=given_total,
        licence=TOTAL_ONLY,
        source="Imported: range, bands and direction are not known here",
    )
