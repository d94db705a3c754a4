"""The one door to the rules: findings and medicines in, results out. Pure, and independent of the order of entry."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sessions.protocol import Threshold
from sessions.screening import values
from sessions.screening.catalogue import Factor, catalogue
from sessions.screening.conditions import Situation, UndecidedError, holds, thresholds_in
from sessions.screening.medicine_results import medicine_results
from sessions.screening.results import MEDICINES, Result, in_order, not_known, result, strictest
from sessions.screening.rules import Rule, rules
from sessions.screening.standing import Finding, Standing, standing_of, strange, unreplaced
from sessions.screening.verdicts import Verdict
from sessions.screening.washouts import Medicine, washout_calendar

__all__ = [
    "Finding",
    "Medicine",
    "Person",
    "Result",
    "Verdict",
    "blocking",
    "evaluate",
    "strictest",
    "washout_calendar",
]


@dataclass(frozen=True)
class Person:
    """What the record knows: sex at birth as the participant has it, and the age in full years, None where not known."""

    sex: str
    age_years: int | None


class Terms(Protocol):
    """What of a protocol's screening is read here."""

    @property
    def setting(self) -> str:
        """ "clinic" or "trial"."""

    @property
    def required(self) -> Mapping[str, int]:
        """The factors that must be known, each with the days for which a finding answers."""

    @property
    def not_known_blocks(self) -> bool:
        """Whether what is not known keeps the gate shut."""


def evaluate(
    *,
    findings: Iterable[Finding],
    medicines: Iterable[Medicine],
    person: Person,
    screening: Terms,
    thresholds: Mapping[str, Threshold],
    at: dt.datetime,
    dosing_on: dt.date | None,
    substance: str = "MDMA",
) -> tuple[Result, ...]:
    """Every result, not known first. `at` is aware, and its time zone says which day a finding is from.

    Of the findings of a factor that none corrects, the strictest counts. `substance` is what the protocol doses.
    Raises ValueError for findings that correct one another in a circle.
    """
    stand = unreplaced([*findings, *age_of(person, at)])
    situation = Situation(thresholds, person.sex, at.date())
    standings = standings_of(stand, person, screening, at)
    found = [one for key in standings for one in factor_results(standings[key], screening, situation)]
    unknown = [one for one in stand if one.factor not in catalogue().factors]
    found += [not_in_catalogue(one) for one in unknown]
    return in_order([*found, *medicine_results(medicines, thresholds, dosing_on, substance)])


def blocking(results: Iterable[Result], screening: Terms) -> tuple[Result, ...]:
    """What keeps the gate shut: every exclusion, and what is not known of the required factors and the medicines."""
    needed = {MEDICINES, *screening.required}

    def blocks(one: Result) -> bool:
        if one.verdict is Verdict.NOT_KNOWN:
            return screening.not_known_blocks and not needed.isdisjoint(one.factors)
        return one.verdict is Verdict.EXCLUDE

    return tuple(one for one in results if blocks(one))


def age_of(person: Person, at: dt.datetime) -> list[Finding]:
    """The age that the record knows, as a finding."""
    if person.age_years is None:
        return []
    return [Finding("person", "age", person.age_years, at, "record")]


def standings_of(
    stand: Iterable[Finding], person: Person, screening: Terms, at: dt.datetime
) -> dict[str, Standing]:
    """How every factor stands that a rule or the protocol asks for, or that has a finding."""
    by_factor: dict[str, list[Finding]] = {}
    for one in stand:
        by_factor.setdefault(one.factor, []).append(one)
    ruled = {one.factor for one in rules().rules}
    return {
        key: standing_of(factor, by_factor.get(key, []), at=at, valid_days=screening.required.get(key))
        for key, factor in catalogue().factors.items()
        if key in by_factor or (factor.applies_to(person.sex) and asked(factor, ruled, screening))
    }


def asked(factor: Factor, ruled: set[str], screening: Terms) -> bool:
    """Whether something is missing where nothing is recorded."""
    return factor.key in screening.required or (factor.key in ruled and not factor.optional)


def factor_results(standing: Standing, screening: Terms, situation: Situation) -> Iterator[Result]:
    """The results of a factor's rules, and that it is not known where it is not."""
    over = [rule for rule in rules().rules if rule.factor == standing.factor.key]
    found = [one for rule in over if (one := rule_result(rule, standing, screening, situation))]
    yield from found
    excluded = any(one.verdict is Verdict.EXCLUDE for one in found)
    # An outdated finding still counts where it is strict. Only an exclusion leaves nothing more to ask.
    if not standing.known and not (standing.outdated and excluded):
        yield not_known(
            f"finding.{standing.factor.key}",
            f"{standing.factor.label}: not known. {standing.why_not[:1].upper()}{standing.why_not[1:]}.",
            rests_on=[one.id for one in standing.about],
            factors=[standing.factor.key],
        )


def rule_result(rule: Rule, standing: Standing, screening: Terms, situation: Situation) -> Result | None:
    """What one rule says; None where the factor is not known and the rule is not triggered by what there is."""
    triggering, undecided = judged(rule, standing, situation)
    if triggering:
        verdict = rule.actions[screening.setting]
        return rule_says(
            rule, verdict, triggering, sentence_of(rule, standing.factor, triggering, situation), situation
        )
    if undecided:
        reason, about = undecided[0], [one.id for one in standing.usable]
        sentence = f"{standing.factor.label}: not known. {reason[:1].upper()}{reason[1:]}."
        return not_known(f"rule.{rule.key}", sentence, rests_on=about, factors=[rule.factor])
    if not standing.known:
        return None
    return rule_says(rule, Verdict.CLEAR, standing.answering, untriggered(standing), situation)


def judged(rule: Rule, standing: Standing, situation: Situation) -> tuple[tuple[Finding, ...], list[str]]:
    """The findings that trigger the rule, and the reasons why others cannot be decided."""
    triggering, undecided = [], []
    for one in standing.usable:
        try:
            if holds(rule.condition, standing.factor, one.value, situation):
                triggering.append(one)
        except UndecidedError as error:
            undecided.append(str(error))
    return tuple(triggering), undecided


def rule_says(
    rule: Rule, verdict: Verdict, about: Iterable[Finding], sentence: str, situation: Situation
) -> Result:
    return result(
        f"rule.{rule.key}",
        verdict,
        sentence,
        rule.basis,
        rests_on=[one.id for one in about],
        thresholds=thresholds_in(rule.condition, situation),
        factors=[rule.factor],
    )


def sentence_of(rule: Rule, factor: Factor, about: Iterable[Finding], situation: Situation) -> str:
    """The rule's sentence with what was found, and the limit."""
    shown = dict.fromkeys(values.shown(factor, one.value) for one in about)
    limits = [str(one) for one in thresholds_in(rule.condition, situation)]
    return rule.sentence.format(value="; ".join(shown), limit=" or ".join(limits))


def untriggered(standing: Standing) -> str:
    """That no rule was triggered, and by what; never that all is well."""
    if all(values.unendorsed(standing.factor, one.value) for one in standing.answering):
        return f"{standing.factor.label}: not endorsed. No rule triggered."
    shown = dict.fromkeys(values.shown(standing.factor, one.value) for one in standing.answering)
    return f"{standing.factor.label}: {'; '.join(shown)}. No rule triggered."


def not_in_catalogue(finding: Finding) -> Result:
    """A finding of a factor that this version does not know: shown, never dropped."""
    name = strange(finding.factor)
    sentence = (
        f"{name}: not known. This version of the catalogue has no such factor, and no rule looked at it."
    )
    return not_known(f"finding.{name}", sentence, rests_on=[finding.id], factors=[finding.factor])
