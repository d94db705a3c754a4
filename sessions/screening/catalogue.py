"""The catalogue of predisposing factors: what is asked, how it is answered, and who may say so. Data in factors/."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property

from clinic.sections import Section, choice, text
from sessions.screening.files import (
    files_in,
    key_of,
    labels,
    member,
    number,
    some_of,
    version,
    words,
    yes_or_no,
)

# Answers that every factor takes, and that are never the end of a question.
NOT_GIVEN: Mapping[str, str] = {
    "unknown": "Not known",
    "not_asked": "Not asked",
    "declined": "Prefers not to say",
}
SEXES = ("female", "male")


class Kind(StrEnum):
    """How a factor is answered."""

    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    PRESSURES = "pressures"
    TEXT = "text"
    DATE = "date"
    SCORE = "score"


class Origin(StrEnum):
    """Who or what says so."""

    SELF_REPORT = "self-report"
    INTERVIEW = "interview"
    MEASUREMENT = "measurement"
    RECORD = "record"
    INSTRUMENT = "instrument"


@dataclass(frozen=True)
class Option:
    """One answer. `unendorsed` endorses nothing; `open` leaves the question open, and counts as not known."""

    value: str
    label: str
    unendorsed: bool = False
    open: bool = False


@dataclass(frozen=True)
class Field:
    """What is written beside a number, such as the formula of a QTc. Every field must be filled."""

    key: str
    label: str
    kind: Kind
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Factor:
    """One predisposing factor. `unit` is that of the number; `sex` is the sex at birth it is asked of, "" for all.

    `optional`: nothing is missing where it was never recorded. `never` is the label of the date answer "never".
    """

    key: str
    group: str
    label: str
    question: str
    hint: str
    kind: Kind
    sources: tuple[Origin, ...]
    options: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    instruments: tuple[str, ...] = ()
    sex: str = ""
    never: str = ""
    optional: bool = False

    def applies_to(self, sex: str) -> bool:
        """Whether it is asked of a person of this sex at birth; where the sex is not stated, it is."""
        return not self.sex or sex == self.sex or sex not in SEXES

    def option(self, value: str) -> Option:
        """The answer with this value. Raises KeyError."""
        return {one.value: one for one in self.options}[value]


@dataclass(frozen=True)
class Group:
    """A group of factors, as one page of the screening shows them."""

    key: str
    label: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Catalogue:
    """All factors, by group and by key, under one version."""

    version: str
    groups: tuple[Group, ...]

    @cached_property
    def factors(self) -> Mapping[str, Factor]:
        """Every factor by its key, in the order of the files."""
        return {one.key: one for group in self.groups for one in group.factors}

    @property
    def pages(self) -> tuple[Group, ...]:
        """The pages of a screening before and after: every group but the morning's."""
        return tuple(one for one in self.groups if one.key != MORNING)

    @property
    def morning(self) -> Group:
        """The short page of a dosing morning: its own questions, and those that are asked again."""
        own = next(one for one in self.groups if one.key == MORNING)
        return Group(own.key, own.label, (*own.factors, *(self.factors[key] for key in ASKED_AGAIN)))


# The order of the pages: what decides most often first.
ORDER = (
    "mental_health", "physical", "genetics_and_biomarkers", "dosage_and_frequency", "set_and_setting", "cognition",
    "dosing_morning",
)  # fmt: skip
# Asked on the morning of a dosing day alone, with these of the other groups.
MORNING = "dosing_morning"
ASKED_AGAIN = ("pregnancy", "urine_drug_screen", "escort", "first_night", "transport")
PLAIN = ("key", "label", "question", "hint", "kind", "sources", "sex", "optional", "instruments")
RANGE = ("unit", "minimum", "maximum", "decimals")
BY_KIND: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHOICE: ("options", "unendorsed", "open"),
    Kind.MANY: ("options", "unendorsed", "open"),
    Kind.NUMBER: (*RANGE, "fields", "laboratory"),
    Kind.PRESSURES: ("unit", "minimum", "maximum"),
    Kind.TEXT: (),
    Kind.DATE: ("never",),
    Kind.SCORE: ("minimum", "maximum", "decimals"),
}
# A laboratory value says nothing without its method and its own range.
LABORATORY = (
    Field("method", "Method", Kind.TEXT),
    Field("reference_low", "Reference range, from", Kind.NUMBER),
    Field("reference_high", "Reference range, to", Kind.NUMBER),
)


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships. Raises RefusedError, which names the file, the key and the reason."""
    taken: set[str] = set()
    groups = [group_of(top, taken) for top in files_in("factors")]
    return Catalogue(version("catalogue"), tuple(sorted(groups, key=lambda one: ORDER.index(one.key))))


def group_of(top: Section, taken: set[str]) -> Group:
    """One file as a group; `taken` are the keys of the files before."""
    top.only("group", "label", "factors")
    group = top.take("group", choice(*ORDER))
    factors = tuple(factor_of(part, group, taken) for part in top.sections("factors"))
    return Group(group, top.take("label", text), factors)


def factor_of(part: Section, group: str, taken: set[str]) -> Factor:
    """One entry as a factor."""
    kind = part.take("kind", member(Kind))
    part.only(*PLAIN, *BY_KIND[kind])
    key = key_of(part, taken)
    low, high = range_of(part, kind)
    return Factor(
        key=key,
        group=group,
        label=part.take("label", text),
        question=part.take("question", text),
        hint=part.take("hint", text, ""),
        kind=kind,
        sources=part.take("sources", some_of(Origin)),
        options=options_of(part, kind),
        fields=fields_of(part),
        unit=unit_of(part, kind),
        minimum=low,
        maximum=high,
        decimals=part.take("decimals", decimals, 0),
        instruments=instruments_of(part, kind),
        sex=part.take("sex", choice(*SEXES), ""),
        never=part.take("never", text, ""),
        optional=part.take("optional", yes_or_no, False),
    )


def range_of(part: Section, kind: Kind) -> tuple[Decimal | None, Decimal | None]:
    """From and to of what is measured; both, or a slip of the finger would pass."""
    if kind not in (Kind.NUMBER, Kind.PRESSURES, Kind.SCORE):
        return None, None
    low, high = part.take("minimum", number), part.take("maximum", number)
    if low >= high:
        raise part.wrong("maximum", "must be above the minimum")
    return low, high


def unit_of(part: Section, kind: Kind) -> str:
    return str(part.take("unit", text)) if kind in (Kind.NUMBER, Kind.PRESSURES) else ""


def instruments_of(part: Section, kind: Kind) -> tuple[str, ...]:
    """The instruments whose outcome it may be; a score needs one, or nobody knows what was summed."""
    found: tuple[str, ...] = part.take("instruments", words, ())
    if kind is Kind.SCORE and not found:
        raise part.wrong("instruments", "a score needs the instrument it comes from")
    return found


def options_of(part: Section, kind: Kind) -> tuple[Option, ...]:
    if kind not in (Kind.CHOICE, Kind.MANY):
        return ()
    found = part.take("options", labels)
    unendorsed, left_open = part.take("unendorsed", text, ""), part.take("open", words, ())
    for key, named in (("unendorsed", [unendorsed] if unendorsed else []), ("open", left_open)):
        if unknown := [one for one in named if one not in found]:
            raise part.wrong(key, f"{unknown[0]!r} is none of the options")
    if taken := [one for one in found if one in NOT_GIVEN]:
        raise part.wrong("options", f"{taken[0]!r} belongs to every factor and need not be named")
    return tuple(Option(one, label, one == unendorsed, one in left_open) for one, label in found.items())


def fields_of(part: Section) -> tuple[Field, ...]:
    """The fields named, and those of every laboratory value."""
    fixed = LABORATORY if part.take("laboratory", yes_or_no, False) else ()
    if "fields" not in part.table:
        return fixed
    taken = {"value", *(one.key for one in fixed)}
    return (*(field_of(one, taken) for one in part.sections("fields")), *fixed)


def field_of(part: Section, taken: set[str]) -> Field:
    part.only("key", "label", "kind", "options")
    kind = Kind(part.take("kind", choice("choice", "number", "text")))
    return Field(key_of(part, taken), part.take("label", text), kind, options_of(part, kind))


def decimals(value: object) -> int:
    """How many decimals are kept, 0 to 4."""
    if type(value) is not int or not 0 <= value <= 4:
        raise ValueError("must be a whole number from 0 to 4")
    return value
