"""Finds what a written medicine is: by name, brand or class. A name that is one slip away is suggested, never taken."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sessions.screening.medicines import MedicineClass, Substance, table


def set_of(listed: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(listed.split())


STRENGTH = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|μg|ug|g|ml|iu|%|micrograms?|milligrams?|grams?)(?![a-z])"
)
BETWEEN = re.compile(r"\s*(?:[+/,;&]|\band\b|\bwith\b|\bplus\b)\s*")
# Salts, forms and times of day: they change nothing about what the substance is.
SALTS = set_of(
    "hydrochloride dihydrochloride hcl hydrobromide hbr bromide chloride maleate mesylate mesilate besylate succinate tartrate"
    " bitartrate sulfate sulphate phosphate citrate acetate fumarate hemifumarate oxalate carbonate orotate gluconate sodium"
    " potassium calcium dimesylate dimesilate decanoate enantate"
)
FORMS = set_of(
    "a an the tablet tablets tab tabs capsule capsules cap caps pill pills patch patches drops spray syrup solution injection"
    " oral orally po xr er sr cr la xl mr pr ir ec retard depot slow extended modified sustained release controlled daily"
    " nightly nocte mane bd bid tds tid qid od qd prn once twice day night morning evening needed as at in per"
)
SHORTEST_TO_SUGGEST = 5


@dataclass(frozen=True)
class Match:
    """What was found. `unknown` holds the parts nobody knows, `suggestions` the names one slip away from them."""

    substances: tuple[Substance, ...] = ()
    classes: tuple[MedicineClass, ...] = ()
    unknown: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def match(name: str) -> Match:
    """What a written medicine is: whole, or else each part of a combination. Never raises."""
    whole = found(name)
    if not whole.unknown:
        return whole
    parts = [part for part in BETWEEN.split(spelt(name)) if squashed(part)]
    if len(parts) < 2:
        return whole
    return together([found(part) for part in parts])


def found(name: str) -> Match:
    """One name, taken only where it is exactly a known one."""
    key = squashed(name)
    substances, classes = by_name().get(key, ()), by_class_name().get(key, ())
    if substances or classes:
        return Match(substances, classes)
    return Match(unknown=(name.strip(),), suggestions=tuple(sorted(set(near(name)))))


def together(parts: list[Match]) -> Match:
    return Match(
        *(
            tuple(dict.fromkeys(one for part in parts for one in getattr(part, field)))
            for field in ("substances", "classes", "unknown", "suggestions")
        )
    )


def near(name: str) -> Iterator[str]:
    """Known names that are one slip away, or that stand as a word in what was written."""
    key, tokens = squashed(name), {squashed(one) for one in words(name)}
    for known, label in labels().items():
        close = len(key) >= SHORTEST_TO_SUGGEST and one_slip(key, known)
        if close or (known in tokens and len(known) > 3):
            yield label


@cache
def by_name() -> Mapping[str, tuple[Substance, ...]]:
    """Every name of a substance. A brand of a combination names several."""
    index: dict[str, tuple[Substance, ...]] = {}
    for one in table().substances.values():
        for key in {squashed(name) for name in one.names}:
            index[key] = (*index.get(key, ()), one)
    return index


@cache
def by_class_name() -> Mapping[str, tuple[MedicineClass, ...]]:
    """Every name of a class."""
    index: dict[str, tuple[MedicineClass, ...]] = {}
    for one in table().classes.values():
        for key in {squashed(name) for name in one.names}:
            index[key] = (*index.get(key, ()), one)
    return index


@cache
def labels() -> Mapping[str, str]:
    """Every known name by its squashed form, as it is shown in a suggestion."""
    substances = {squashed(name): name for one in table().substances.values() for name in one.names}
    return substances | {squashed(name): name for one in table().classes.values() for name in one.names}


def spelt(name: str) -> str:
    """Lower case, without accents, apostrophes and strengths."""
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one)
    )
    return STRENGTH.sub(" ", re.sub(r"['’‘`´®™]", "", plain))


def words(name: str) -> list[str]:
    """The words that tell what it is: without numbers, salts and forms, unless nothing else is there."""
    every = re.findall(r"[a-z0-9]+", spelt(name))
    telling = [one for one in every if not one.isdigit() and one not in SALTS and one not in FORMS]
    return telling or every


def squashed(name: str) -> str:
    """The telling words without what stands between them, so that spaces and hyphens do not matter."""
    return "".join(words(name))


def one_slip(first: str, second: str) -> bool:
    """Whether one letter was added, left out, changed, or swapped with its neighbour."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    left, right = first[start:], second[start:]
    if left[1:] == right or left == right[1:] or left[1:] == right[1:]:
        return True
    return left[:2] == right[:2][::-1] and left[2:] == right[2:]
