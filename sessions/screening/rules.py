"""The rules over factors: each names its factor, its question, its action, and what it rests on. Data in rules/."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

from clinic.sections import Section, text
from sessions.screening.catalogue import Factor, catalogue
from sessions.screening.conditions import Condition, Question, condition_of
from sessions.screening.files import files_in, key_of, version
from sessions.screening.medicines import NONE, UNKNOWN, table
from sessions.screening.verdicts import Basis, Verdict, action, basis_of

SETTINGS = ("clinic", "trial")
KEYS = ("key", "row", "factor", "action", "sentence", "source", "mark", *Question)
PLACES = {"value", "limit"}


@dataclass(frozen=True)
class Rule:
    """One rule. `actions` holds the action of each setting; `row` names the row of the eligibility table."""

    key: str
    row: str
    factor: str
    condition: Condition
    actions: Mapping[str, Verdict]
    sentence: str
    basis: Basis


@dataclass(frozen=True)
class Rules:
    """All rules under one version."""

    version: str
    rules: tuple[Rule, ...]


@cache
def rules() -> Rules:
    """The rules that ship. Raises RefusedError, which names the file, the key and the reason."""
    taken: set[str] = set()
    return Rules(version("rules"), tuple(one for top in files_in("rules") for one in rules_of(top, taken)))


def rules_of(top: Section, taken: set[str]) -> list[Rule]:
    """The rules of one file; `taken` are the keys of the files before."""
    top.only("rules")
    return [rule_of(part, taken) for part in top.sections("rules")]


def rule_of(part: Section, taken: set[str]) -> Rule:
    part.only(*KEYS)
    factor = factor_of(part)
    condition = condition_of(part, factor)
    return Rule(
        key=key_of(part, taken),
        row=part.take("row", text),
        factor=factor.key,
        condition=condition,
        actions=part.take("action", actions),
        sentence=sentence_of(part, condition),
        basis=basis_of(part),
    )


def factor_of(part: Section) -> Factor:
    key: str = part.take("factor", text)
    if key not in catalogue().factors:
        raise part.wrong("factor", f"{key!r} is not in the catalogue")
    return catalogue().factors[key]


def actions(value: object) -> dict[str, Verdict]:
    """One action for every setting, or one for each."""
    if not isinstance(value, dict):
        return dict.fromkeys(SETTINGS, action(value))
    if set(value) != set(SETTINGS):
        raise ValueError(f"must name an action, or one for each of {', '.join(SETTINGS)}")
    return {setting: action(one) for setting, one in value.items()}


def sentence_of(part: Section, condition: Condition) -> str:
    """The sentence; it may place {value}, and {limit} where there is one."""
    sentence: str = part.take("sentence", text)
    allowed = PLACES if condition.limits else PLACES - {"limit"}
    places = {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name is not None}
    if strange := sorted(places - allowed):
        raise part.wrong("sentence", f"{{{strange[0]}}} is not known here")
    if condition.limits and "limit" not in places:
        raise part.wrong("sentence", "must say {limit}, for the rule rests on it")
    return sentence


def thresholds_named(substance: str = "MDMA") -> frozenset[str]:
    """Every threshold that a protocol of this substance must hold, or a rule or a washout stays undecided."""
    by_rules = (key for one in rules().rules for key in one.condition.limits.values())
    classes = [one for one in table().classes.values() if one.concerns(substance)]
    by_medicines = [key for one in classes for key in (one.washout, one.after_dose)]
    own = (one.washout for one in table().substances.values())
    return frozenset([*by_rules, *real([*by_medicines, *own])])


def real(keys: Iterable[str]) -> list[str]:
    """Without what stands in the place of a threshold."""
    return [key for key in keys if key not in ("", NONE, UNKNOWN)]
