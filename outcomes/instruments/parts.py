"""The parts of an instrument: what is asked, what may be answered, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.basis import Basis

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Label: TypeAlias = "str | StrPromise"
Answer: TypeAlias = int | Decimal | None
Answers: TypeAlias = Mapping[str, Answer]

WHOLE = Decimal(1)


class Kind(StrEnum):
    """How an item is answered, and so which control a form shows."""

    CHOICE = "choice"
    RATING = "rating"
    NUMBER = "number"
    YES_NO = "yes_no"
    TOTAL = "total"


class Reason(StrEnum):
    """Why there is no total."""

    TOO_MANY_MISSING = "too_many_missing"
    NO_TOTAL = "no_total"


REASONS: dict[Reason, Label] = {
    Reason.TOO_MANY_MISSING: _("Not scorable: too many answers are missing"),
    Reason.NO_TOTAL: _("This measure has no total"),
}


class AnswerError(ValueError):
    """Answers that do not fit the instrument; `errors` maps each item to its message."""

    def __init__(self, instrument: str, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{instrument} {item}: {text}" for item, text in self.errors.items()))


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice. `label` is ours, for forms without the text; the true words are in the wording."""

    value: int
    loinc: str | None = None
    label: Label = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of totals, both ends included. A band is a label and not a diagnosis."""

    key: str
    label: Label
    low: int
    high: int
    short: Label = ""  # for the edge of a chart, where the label is too long


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff:
    """A limit that somebody published or uses; both ends included, None: open. It is no diagnosis either.

    `of` is the total or a subscale. `sex` and `where` (items that must have been answered so) narrow it.
    """

    label: Label
    basis: Basis
    low: Decimal | int | None = None
    high: Decimal | int | None = None
    of: str = "total"
    sex: str = ""
    where: Mapping[str, int] = field(default_factory=dict)
    note: Label = ""


@dataclass(frozen=True, slots=True)
class MissingRule:
    """How many scored answers may be missing; the mean of the given ones stands for them."""

    at_most: int
    basis: Basis

    @property
    def source(self) -> str:
        return str(self.basis)


@dataclass(frozen=True, slots=True)
class When:
    """An item is asked while the answers to `items` add up to `low` or more, and to `high` or less.

    An answer that is not known never leaves an item out.
    """

    items: tuple[str, ...]
    low: int = 1
    high: int | None = None

    def holds(self, answers: Answers) -> bool:
        """Whether the item is asked."""
        total = Decimal(0)
        for key in self.items:
            value = answers.get(key)
            if value is None:
                return True
            total += value
        return self.low <= total and (self.high is None or total <= self.high)


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `low` and `high` are None where no range is known (imported measures only).

    `label` is a short neutral one of ours; "" gives "Item 3". `safety_from` is the lowest answer that flags.
    """

    key: str
    kind: Kind
    low: int | None
    high: int | None
    step: Decimal | None = WHOLE  # None: any decimal
    scored: bool = True
    safety: bool = False
    safety_from: int = 1
    subscale: str = ""
    options: tuple[Option, ...] = ()
    loinc: str | None = None
    reverse: bool = False
    asked_when: tuple[When, ...] = ()
    label: Label = ""

    def problem(self, value: object) -> str | None:
        """Why `value` cannot be an answer to this item, or None."""
        if value is None or (type(value) is int and self.step is WHOLE and self._in_range(value)):
            return None
        # bool is an int in Python; True must never count as 1 point.
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return str(_("Answer with a number"))
        if not Decimal(value).is_finite():
            return str(_("Answer with a number"))
        if not self._in_range(value):
            return _("Answer must be from %(low)s to %(high)s") % {"low": self.low, "high": self.high}
        if self.step is not None and value % self.step:
            return _("Answer must be in steps of %(step)s") % {"step": self.step}
        return None

    def _in_range(self, value: int | Decimal) -> bool:
        return self.low is None or self.high is None or self.low <= value <= self.high

    def is_asked(self, answers: Answers) -> bool:
        """Whether the skip rules ask this item after these answers."""
        return all(when.holds(answers) for when in self.asked_when)

    def flags(self, value: Answer) -> bool:
        """Whether this answer must be acted on, whatever the total."""
        return self.safety and value is not None and value >= self.safety_from


@dataclass(frozen=True, slots=True)
class Criterion:
    """A rule over answers that is true or false. `needs` names its items; empty: all that are scored."""

    label: Label
    rule: Callable[[Answers], bool]
    basis: Basis
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure made of the total or of the answers, such as a mean; stored beside the subscales."""

    label: Label
    rule: Callable[[Answers, Decimal | None], Decimal | None]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Score:
    """What came of the answers. `total` is None when it cannot be known; it is never 0 for missing."""

    total: Decimal | None
    prorated: bool = False
    band: Band | None = None
    scheme: str = ""
    subscales: dict[str, Decimal | None] = field(default_factory=dict)
    criteria: dict[str, bool | None] = field(default_factory=dict)
    safety_flags: tuple[str, ...] = ()
    missing: int = 0
    reason: Reason | None = None

    @property
    def reason_text(self) -> Label:
        return REASONS[self.reason] if self.reason else ""
