"""The small closed language of the rules: what may be asked of one factor's value. Numbers are named, never written."""

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic.sections import Section
from sessions.protocol import Threshold
from sessions.screening import values
from sessions.screening.catalogue import SEXES, Factor, Kind
from sessions.screening.files import KEY, words

PRESSURES = ("systolic", "diastolic")


class Question(StrEnum):
    """What is asked."""

    ONE_OF = "one_of"
    ANY_OF = "any_of"
    AT_LEAST = "at_least"
    ABOVE = "above"
    BELOW = "below"
    BOTH_AT_LEAST = "both_at_least"
    WITHIN = "within"


KINDS: Mapping[Question, tuple[Kind, ...]] = {
    Question.ONE_OF: (Kind.CHOICE,),
    Question.ANY_OF: (Kind.MANY,),
    Question.AT_LEAST: (Kind.NUMBER, Kind.SCORE),
    Question.ABOVE: (Kind.NUMBER, Kind.SCORE),
    Question.BELOW: (Kind.NUMBER, Kind.SCORE),
    Question.BOTH_AT_LEAST: (Kind.PRESSURES,),
    Question.WITHIN: (Kind.DATE,),
}


class UndecidedError(Exception):
    """The question cannot be answered; the text says why."""


@dataclass(frozen=True)
class Condition:
    """One question. `limits` holds the names of thresholds: under "", by sex, or by systolic and diastolic."""

    test: Question
    values: tuple[str, ...]
    limits: Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """What a question is asked in: the protocol's thresholds, the sex at birth, and the day."""

    thresholds: Mapping[str, Threshold]
    sex: str
    on: dt.date

    def threshold(self, key: str) -> Threshold:
        """The threshold of this name. Raises UndecidedError where the protocol has none."""
        if key not in self.thresholds:
            raise UndecidedError(f"the protocol has no threshold {key}")
        return self.thresholds[key]


def condition_of(part: Section, factor: Factor) -> Condition:
    """The one question that an entry asks of its factor."""
    asked = [one for one in Question if one.value in part.table]
    if len(asked) != 1:
        raise part.wrong("factor", f"exactly one of {', '.join(Question)} is needed")
    test = asked[0]
    if factor.kind not in KINDS[test]:
        raise part.wrong(test, f"cannot be asked of {factor.key}, which is answered by {factor.kind}")
    if test in (Question.ONE_OF, Question.ANY_OF):
        return Condition(test, answers_of(part, test, factor), {})
    return Condition(test, (), part.take(test, limits_by(test)))


def answers_of(part: Section, test: Question, factor: Factor) -> tuple[str, ...]:
    found: tuple[str, ...] = part.take(test, words)
    known = {one.value: one for one in factor.options}
    for one in found:
        if one not in known:
            raise part.wrong(test, f"{one!r} is no answer of {factor.key}")
        if known[one].open:
            raise part.wrong(test, f"{one!r} leaves the question open, and is not known whatever a rule says")
    return found


def limits_by(test: Question) -> Callable[[object], dict[str, str]]:
    """A parser of the names of thresholds: one, one by sex, or one for each pressure."""
    expected = PRESSURES if test is Question.BOTH_AT_LEAST else SEXES

    def parse(value: object) -> dict[str, str]:
        named = {"": value} if isinstance(value, str) and test is not Question.BOTH_AT_LEAST else value
        if not isinstance(named, dict) or set(named) not in ({""}, set(expected)):
            raise ValueError(f"must name a threshold, or one for each of {', '.join(expected)}")
        if not all(isinstance(one, str) and KEY.fullmatch(one) for one in named.values()):
            raise ValueError("must name a threshold of the protocol: a number belongs there")
        return dict(named)

    return parse


def holds(condition: Condition, factor: Factor, value: object, situation: Situation) -> bool:
    """Whether the condition holds of a value that fits. Raises UndecidedError."""
    kept = values.parse(factor, value)
    if condition.test in (Question.ONE_OF, Question.ANY_OF):
        return any(one in condition.values for one in (kept if isinstance(kept, list) else [kept]))
    found = {
        holds_at(condition, factor, value, keys, situation) for keys in sets_of_limits(condition, situation)
    }
    if len(found) > 1:
        raise UndecidedError("the limit differs by sex at birth, and the sex at birth is not stated")
    return found.pop()


def sets_of_limits(condition: Condition, situation: Situation) -> list[tuple[str, ...]]:
    """The names of the thresholds that decide; several sets where the sex decides and is not stated."""
    if set(condition.limits) != set(SEXES):
        return [tuple(condition.limits.values())]
    named = [situation.sex] if situation.sex in SEXES else list(SEXES)
    return [(condition.limits[sex],) for sex in named]


def thresholds_in(condition: Condition, situation: Situation) -> tuple[Threshold, ...]:
    """The thresholds that decide, for the sentence. Raises UndecidedError."""
    return tuple(situation.threshold(key) for keys in sets_of_limits(condition, situation) for key in keys)


def holds_at(
    condition: Condition, factor: Factor, value: object, keys: tuple[str, ...], situation: Situation
) -> bool:
    limits = [situation.threshold(key) for key in keys]
    if condition.test is Question.BOTH_AT_LEAST:
        readings = values.pressures(factor, value)
        return all(high >= limits[0].value or low >= limits[1].value for high, low in readings)
    if condition.test is Question.WITHIN:
        day = values.day(factor, value)
        return day is not None and day > before(situation.on, limits[0])
    found = values.amount(factor, value)
    return COMPARE[condition.test](found, limits[0].value)


COMPARE: Mapping[Question, Callable[[Decimal, Decimal], bool]] = {
    Question.AT_LEAST: lambda found, limit: found >= limit,
    Question.ABOVE: lambda found, limit: found > limit,
    Question.BELOW: lambda found, limit: found < limit,
}


def before(day: dt.date, span: Threshold) -> dt.date:
    """The day that lies a span of days, weeks or months before. Raises UndecidedError for another unit."""
    count = int(span.value)
    if span.unit == "months":
        return months_before(day, count)
    days = {"days": 1, "weeks": 7}.get(span.unit)
    if days is None:
        raise UndecidedError(
            f"the threshold {span.key} is in {span.unit}, and days, weeks or months are needed"
        )
    return day - dt.timedelta(days=days * count)


def months_before(day: dt.date, count: int) -> dt.date:
    """The same day of an earlier month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
