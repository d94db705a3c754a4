"""The medicines that interact: classes with the rule each carries, and substances with their names. Data in medicines/."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from clinic.sections import Section, text
from sessions.screening.files import files_in, key_of, number, version, words
from sessions.screening.verdicts import Basis, Verdict, action, basis_of

# Said in the place of a threshold: no wait is named at all, and none was read.
NONE, UNKNOWN = "none", "unknown"
CLASSES_FILE = "medicines/classes.toml"
CLASS_KEYS = (
    "key",
    "label",
    "names",
    "with",
    "action",
    "washout",
    "after_dose",
    "sentence",
    "source",
    "mark",
)
SUBSTANCE_KEYS = ("key", "name", "also", "brands", "classes", "washout", "half_life_h", "source", "mark")


@dataclass(frozen=True)
class MedicineClass:
    """A class and its rule. `washout` and `after_dose` name thresholds; `dosed_with` the substances it concerns, () for all."""

    key: str
    label: str
    names: tuple[str, ...]
    dosed_with: tuple[str, ...]
    action: Verdict
    washout: str
    after_dose: str
    sentence: str
    basis: Basis

    def concerns(self, substance: str) -> bool:
        """Whether the rule holds where this is the substance dosed, such as "MDMA"."""
        return not self.dosed_with or substance.casefold() in self.dosed_with


@dataclass(frozen=True)
class Substance:
    """One medicine under all its names. `half_life_h` is in hours, and None where no source was read."""

    key: str
    name: str
    also: tuple[str, ...]
    brands: tuple[str, ...]
    classes: tuple[str, ...]
    washout: str
    half_life_h: Decimal | None
    half_life_basis: Basis | None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called."""
        return (self.name, *self.also, *self.brands)


@dataclass(frozen=True)
class Table:
    """All classes and substances under one version."""

    version: str
    classes: Mapping[str, MedicineClass]
    substances: Mapping[str, Substance]


@cache
def table() -> Table:
    """The table that ships. Raises RefusedError, which names the file, the key and the reason."""
    files = {top.file: top for top in files_in("medicines")}
    classes = classes_of(files.pop(CLASSES_FILE))
    taken: set[str] = set()
    substances = [one for top in files.values() for one in substances_of(top, classes, taken)]
    return Table(version("medicines"), classes, {one.key: one for one in substances})


def classes_of(top: Section) -> dict[str, MedicineClass]:
    """The classes of one file."""
    top.only("classes")
    taken: set[str] = set()
    return {one.key: one for one in (class_of(part, taken) for part in top.sections("classes"))}


def class_of(part: Section, taken: set[str]) -> MedicineClass:
    part.only(*CLASS_KEYS)
    return MedicineClass(
        key=key_of(part, taken),
        label=part.take("label", text),
        names=part.take("names", words),
        dosed_with=part.take("with", words, ()),
        action=part.take("action", action),
        washout=part.take("washout", text),
        after_dose=part.take("after_dose", text, ""),
        sentence=part.take("sentence", text),
        basis=basis_of(part),
    )


def substances_of(top: Section, classes: Mapping[str, MedicineClass], taken: set[str]) -> list[Substance]:
    """The substances of one file; `taken` are the keys of the files before."""
    top.only("substances")
    return [substance_of(part, classes, taken) for part in top.sections("substances")]


def substance_of(part: Section, classes: Mapping[str, MedicineClass], taken: set[str]) -> Substance:
    part.only(*SUBSTANCE_KEYS)
    key = key_of(part, taken)
    named: tuple[str, ...] = part.take("classes", words)
    if not named or (strange := [one for one in named if one not in classes]):
        raise part.wrong(
            "classes", f"{strange[0]!r} is not in classes.toml" if named else "must name at least one"
        )
    half_life_h, basis = half_life_of(part)
    return Substance(
        key=key,
        name=part.take("name", text, key),
        also=part.take("also", words),
        brands=part.take("brands", words),
        classes=named,
        washout=part.take("washout", text, ""),
        half_life_h=half_life_h,
        half_life_basis=basis,
    )


def half_life_of(part: Section) -> tuple[Decimal | None, Basis | None]:
    """A half-life in hours with its source, or neither: a number without a source computes no date."""
    if "half_life_h" not in part.table:
        for key in ("source", "mark"):
            if key in part.table:
                raise part.wrong(key, "belongs to a half-life, and there is none")
        return None, None
    hours: Decimal = part.take("half_life_h", number)
    if hours <= 0:
        raise part.wrong("half_life_h", "must be above 0")
    return hours, basis_of(part)
