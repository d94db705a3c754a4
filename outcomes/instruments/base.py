"""The parts of an instrument and the one way to score it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Label: TypeAlias = "str | StrPromise"
Answer: TypeAlias = int | Decimal | None
Answers: TypeAlias = Mapping[str, Answer]

HUNDREDTH = Decimal("0.01")


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
    """One answer of a choice. Its words are in the wording file, for they change with the language."""

    value: int
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of totals, both ends included. A band is a label and not a diagnosis."""

    key: str
    label: Label
    low: int
    high: int
    short: Label = ""  # for the edge of a chart, where the label is too long


@dataclass(frozen=True, slots=True)
class MissingRule:
    """How many scored answers may be missing; the mean of the given ones stands for them."""

    at_most: int
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `low` and `high` are None where no range is known (imported measures only)."""

    key: str
    kind: Kind
    low: int | None
    high: int | None
    step: Decimal | None = Decimal(1)  # None: any decimal
    scored: bool = True
    safety: bool = False
    subscale: str = ""
    options: tuple[Option, ...] = ()
    loinc: str | None = None

    def problem(self, value: object) -> str | None:
        """Why `value` cannot be an answer to this item, or None."""
        if value is None:
            return None
        # bool is an int in Python; True must never count as 1 point.
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return str(_("Answer with a number"))
        if not Decimal(value).is_finite():
            return str(_("Answer with a number"))
        if self.low is not None and self.high is not None and not self.low <= value <= self.high:
            return _("Answer must be from %(low)s to %(high)s") % {"low": self.low, "high": self.high}
        if self.step is not None and value % self.step:
            return _("Answer must be in steps of %(step)s") % {"step": self.step}
        return None


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


NO_MISSING = MissingRule(at_most=0, source="No official rule read, so none may be missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire or measure: what it asks, how it is scored, and where each rule was read.

    `version` is the version of this definition (items, scoring, missing rule, bands); it is stored with
    every assessment. A change of any of them is a new version.
    """

    key: str
    version: str
    title: str
    short: str
    measures: Label
    recall: Label
    items: tuple[Item, ...]
    source: str
    licence: str
    attribution: str = ""
    ships_text: bool = False
    validated: bool = True
    clinician_rated: bool = False
    missing_rule: MissingRule = NO_MISSING
    scoring: "Scoring"
    low: int | None = None
    high: int | None = None
    bands: tuple[Band, ...] = ()
    scheme: str = ""
    bands_source: str = ""
    higher_is_worse: bool | None = None
    criteria: Mapping[str, Callable[[Answers], bool]] = field(default_factory=dict)
    reliable_change: int | None = None
    meaningful_change: Decimal | None = None
    change_source: str = ""
    loinc_panel: str | None = None
    loinc_total: str | None = None

    @property
    def scored_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.scored)

    def item(self, key: str) -> Item:
        """The item with this key; KeyError if there is none."""
        return {item.key: item for item in self.items}[key]

    def check(self, answers: Answers) -> dict[str, Answer]:
        """Every item with its answer (None where missing). Raises AnswerError with a message an item."""
        known = {item.key: item for item in self.items}
        errors = {key: str(_("There is no such item")) for key in answers if key not in known}
        for key, item in known.items():
            if problem := item.problem(answers.get(key)):
                errors[key] = problem
        if errors:
            raise AnswerError(self.key, errors)
        return {key: answers.get(key) for key in known}

    def score(self, answers: Answers) -> Score:
        """Score one sitting. Raises AnswerError; too many missing answers give a Score without a total."""
        given = self.check(answers)
        total, reason = self.scoring(self, given)
        missing = sum(given[item.key] is None for item in self.scored_items)
        return Score(
            total=total,
            prorated=total is not None and missing > 0,
            band=self.band_for(total),
            scheme=self.scheme,
            subscales=self._subscales(given),
            criteria=self._criteria(given),
            # Flags do not wait for a total: one answer is enough.
            safety_flags=tuple(i.key for i in self.items if i.safety and (given[i.key] or 0) > 0),
            missing=missing,
            reason=reason,
        )

    def score_total(self, total: Answer) -> Score:
        """Score a total that came without its items, as in an imported file. Raises AnswerError."""
        whole = Item(key="total", kind=Kind.TOTAL, low=self.low, high=self.high, step=None)
        if problem := whole.problem(total):
            raise AnswerError(self.key, {"total": problem})
        if total is None:
            return Score(total=None, scheme=self.scheme, missing=1, reason=Reason.TOO_MANY_MISSING)
        value = Decimal(total)
        return Score(total=value, band=self.band_for(value), scheme=self.scheme)

    def band_for(self, total: Decimal | None) -> Band | None:
        """The band of a total. A mean-replaced total is rounded half up first, for bands are whole."""
        if total is None:
            return None
        rounded = total.to_integral_value(ROUND_HALF_UP)
        return next((band for band in self.bands if band.low <= rounded <= band.high), None)

    def _subscales(self, given: Answers) -> dict[str, Decimal | None]:
        names = dict.fromkeys(item.subscale for item in self.items if item.subscale)
        return {name: _sum([given[i.key] for i in self.items if i.subscale == name]) for name in names}

    def _criteria(self, given: Answers) -> dict[str, bool | None]:
        complete = all(given[item.key] is not None for item in self.scored_items)
        return {name: rule(given) if complete else None for name, rule in self.criteria.items()}


Scoring: TypeAlias = Callable[[Instrument, Answers], tuple[Decimal | None, Reason | None]]


def sum_of_items(instrument: Instrument, answers: Answers) -> tuple[Decimal | None, Reason | None]:
    """The sum of the scored items; missing ones take the mean of the given as far as the rule allows."""
    values = [answers[item.key] for item in instrument.scored_items]
    given = [Decimal(value) for value in values if value is not None]
    missing = len(values) - len(given)
    if not given or missing > instrument.missing_rule.at_most:
        return None, Reason.TOO_MANY_MISSING
    total = sum(given, Decimal(0))
    if missing:
        total = (total * len(values) / len(given)).quantize(HUNDREDTH, ROUND_HALF_UP)
    return total, None


def no_total(instrument: Instrument, answers: Answers) -> tuple[Decimal | None, Reason | None]:
    """For measures whose items are read one by one."""
    return None, Reason.NO_TOTAL


def _sum(values: list[Answer]) -> Decimal | None:
    given = [Decimal(value) for value in values if value is not None]
    return sum(given, Decimal(0)) if len(given) == len(values) else None
