"""An instrument: its parts together, and the one way to score it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from outcomes.instruments import scoring
from outcomes.instruments.basis import Basis, basis
from outcomes.instruments.licences import Licence, Text, licence_of
from outcomes.instruments.parts import (
    Answer,
    AnswerError,
    Answers,
    Band,
    Criterion,
    Cutoff,
    Derived,
    Item,
    Kind,
    Label,
    MissingRule,
    Option,
    Reason,
    Score,
    When,
)

__all__ = [
    "Answer",
    "AnswerError",
    "Answers",
    "Band",
    "Criterion",
    "Cutoff",
    "Derived",
    "Instrument",
    "Item",
    "Kind",
    "Label",
    "MissingRule",
    "Option",
    "Reason",
    "Score",
    "When",
]

NO_MISSING = MissingRule(at_most=0, basis=basis("prop", note="no official rule read, so none may be missing"))
Scoring: TypeAlias = Callable[["Instrument", Answers], tuple[Decimal | None, Reason | None]]


@dataclass(frozen=True, kw_only=True, eq=False)
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
    basis: Basis
    scoring: Scoring
    scoring_text: Label = ""
    attribution: str = ""
    words_of: str = ""  # the instrument whose text this one takes its first items from
    validated: bool = True
    clinician_rated: bool = False
    staff_asks: bool = False  # never by a link: somebody is there when it is answered
    sensitive: bool = False  # its answers are for those who treat
    missing_rule: MissingRule = NO_MISSING
    low: int | None = None
    high: int | None = None
    total_step: Decimal | None = None
    bands: tuple[Band, ...] = ()
    scheme: str = ""
    bands_basis: Basis | None = None
    subscale_bands: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)
    cutoffs: tuple[Cutoff, ...] = ()
    higher_is_worse: bool | None = None
    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    derived: Mapping[str, Derived] = field(default_factory=dict)
    reliable_change: int | None = None
    meaningful_change: Decimal | None = None
    change_basis: Basis | None = None
    loinc_panel: str | None = None
    loinc_total: str | None = None
    notes: tuple[Label, ...] = ()

    @property
    def source(self) -> str:
        return str(self.basis)

    @property
    def bands_source(self) -> str:
        return str(self.bands_basis or "")

    @property
    def change_source(self) -> str:
        return str(self.change_basis or "")

    @property
    def text_licence(self) -> Licence:
        return licence_of(self.key)

    @property
    def licence(self) -> str:
        return self.text_licence.words

    @property
    def ships_text(self) -> bool:
        """Whether the text is shown everywhere, without a clinic's own permission."""
        return self.text_licence.text is Text.YES

    @cached_property
    def scored_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.scored)

    @cached_property
    def by_key(self) -> dict[str, Item]:
        return {item.key: item for item in self.items}

    @cached_property
    def subscale_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.subscale for item in self.items if item.subscale))

    def item(self, key: str) -> Item:
        """The item with this key; KeyError if there is none."""
        return self.by_key[key]

    def asked(self, answers: Answers) -> tuple[Item, ...]:
        """The items that the skip rules ask after these answers, in order."""
        return tuple(item for item in self.items if item.is_asked(answers))

    def check(self, answers: Answers) -> dict[str, Answer]:
        """Every item with its answer (None where missing). Raises AnswerError with a message an item."""
        known = self.by_key
        errors = {key: str(_("There is no such item")) for key in answers if key not in known}
        for key, item in known.items():
            if problem := item.problem(answers.get(key)):
                errors[key] = problem
        if errors:
            raise AnswerError(self.key, errors)
        return {key: answers.get(key) for key in known}

    def score(self, answers: Answers) -> Score:
        """Score one sitting. Raises AnswerError; too many missing answers give a Score without a total."""
        return scoring.score(self, self.check(answers))

    def score_total(self, total: Answer) -> Score:
        """Score a total that came without its items, as in an imported file. Raises AnswerError."""
        whole = Item(key="total", kind=Kind.TOTAL, low=self.low, high=self.high, step=self.total_step)
        if problem := whole.problem(total):
            raise AnswerError(self.key, {"total": problem})
        return scoring.score_total(self, total)

    def band_for(self, total: Decimal | None) -> Band | None:
        """The band of a total. A mean-replaced total is rounded half up first, for bands are whole."""
        return scoring.band_in(self.bands, total)
