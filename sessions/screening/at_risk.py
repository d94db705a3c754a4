"""What staff do at once where suicidality is endorsed: by the answer alone, whatever the rest says. Data in at_risk.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from clinic.sections import Section, choice, text
from sessions.screening.catalogue import catalogue
from sessions.screening.files import HERE, read, words
from sessions.screening.verdicts import Basis, basis_of

LEVELS = ("red", "amber", "yellow")


@dataclass(frozen=True)
class AtRisk:
    """The steps for some answers, the most urgent level first."""

    level: str
    title: str
    factors: Mapping[str, tuple[str, ...]]
    steps: tuple[str, ...]
    basis: Basis

    def covers(self, factor: str, value: object) -> bool:
        """Whether this answer is one of them."""
        return value in self.factors.get(factor, ())


@cache
def answers() -> tuple[AtRisk, ...]:
    """Every level that ships. Raises RefusedError, which names the file, the key and the reason."""
    top = read((HERE / "at_risk.toml").read_bytes(), file="at_risk.toml")
    top.only("answers")
    return tuple(sorted(map(answer_of, top.sections("answers")), key=lambda one: LEVELS.index(one.level)))


def answer_of(part: Section) -> AtRisk:
    part.only("level", "title", "factors", "steps", "source", "mark")
    named = part.section("factors")
    return AtRisk(
        level=part.take("level", choice(*LEVELS)),
        title=part.take("title", text),
        factors={key: values_of(named, key) for key in named.table},
        steps=part.take("steps", words),
        basis=basis_of(part),
    )


def values_of(named: Section, key: str) -> tuple[str, ...]:
    """Answers of one factor, each an option of it."""
    factor = catalogue().factors.get(key)
    if factor is None:
        raise named.wrong(key, "is not in the catalogue")
    found: tuple[str, ...] = named.take(key, words)
    if strange := [one for one in found if one not in [option.value for option in factor.options]]:
        raise named.wrong(key, f"{strange[0]!r} is none of its options")
    return found


def at_risk(findings: Iterable[tuple[str, object]]) -> AtRisk | None:
    """The most urgent steps for these answers, given as factor and value; None where nothing was endorsed."""
    said = list(findings)
    for one in answers():
        if any(one.covers(factor, value) for factor, value in said):
            return one
    return None
