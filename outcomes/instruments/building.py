"""Short ways to write the items of a definition, and the words that several of them share."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.parts import WHOLE, Band, Item, Kind, Label, Option

PAST_MONTH, PAST_WEEK, PAST_YEAR = _("Past month"), _("Past week"), _("Past 12 months")
TWO_WEEKS, FOUR_WEEKS = _("Last 2 weeks"), _("Last 4 weeks")
ON_THE_FORM = _("As the form says; sources differ")
NONE, MILD, MODERATE, SEVERE = _("None"), _("Mild"), _("Moderate"), _("Severe")
MINIMAL, EXTREME, LOW, HIGH = _("None or minimal"), _("Extreme"), _("Low"), _("High")
YES_NO = (Option(0, label=_("No")), Option(1, label=_("Yes")))


def choice(key: str, low: int, high: int, *, step: int = 1, **more: Any) -> Item:
    """A choice of whole numbers."""
    known = more.pop("options", None)
    options = known or tuple(Option(value) for value in range(low, high + 1, step))
    width = WHOLE if step == 1 else Decimal(step)
    return Item(key=key, kind=Kind.CHOICE, low=low, high=high, step=width, options=options, **more)


def choices(
    count: int, low: int, high: int, *, codes: Sequence[str | None] = (), **more: Any
) -> tuple[Item, ...]:
    """item_1 to item_<count>, all answered alike; `codes` are their LOINC, None where none was read."""
    codes = codes or (None,) * count
    return tuple(
        choice(f"item_{number}", low, high, loinc=code, **more)
        for number, code in zip(range(1, count + 1), codes, strict=True)
    )


def yes_no(key: str, **more: Any) -> Item:
    """Yes is 1, no is 0."""
    options = more.pop("options", YES_NO)
    return Item(key=key, kind=Kind.YES_NO, low=0, high=1, options=options, **more)


def number(key: str, low: int, high: int, *, step: str = "1", **more: Any) -> Item:
    """A number that is typed in."""
    width = WHOLE if step == "1" else Decimal(step)
    return Item(key=key, kind=Kind.NUMBER, low=low, high=high, step=width, **more)


def total_item(low: int | None, high: int | None, step: Decimal | None = WHOLE, **more: Any) -> Item:
    """The item `total` of a measure that is kept as a total alone."""
    return Item(key="total", kind=Kind.TOTAL, low=low, high=high, step=step, label=_("Total"), **more)


def bands(*parts: tuple[str, Label, int], high: int) -> tuple[Band, ...]:
    """Bands from (key, label, lowest total); each ends where the next begins."""
    ends = [low - 1 for _key, _label, low in parts[1:]] + [high]
    return tuple(Band(key, label, low, end) for (key, label, low), end in zip(parts, ends, strict=True))
