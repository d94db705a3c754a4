"""Which findings stand: what was corrected falls away, and the rest is told apart by whether it still answers."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sessions.screening import values
from sessions.screening.catalogue import Factor
from sessions.screening.files import KEY


@dataclass(frozen=True)
class Finding:
    """What is said about a factor, by whom (`source`) and when. `replaces` is the id of the finding it corrects."""

    id: str
    factor: str
    value: object
    occurred_at: dt.datetime
    source: str
    replaces: str | None = None


@dataclass(frozen=True)
class Standing:
    """The findings of one factor. `usable` can be judged, `answering` are those that still count as an answer.

    `why_not` says why the factor is not known, "" where it is. `outdated`: only age stands in the way.
    """

    factor: Factor
    usable: tuple[Finding, ...]
    answering: tuple[Finding, ...]
    why_not: str
    outdated: bool
    about: tuple[Finding, ...]

    @property
    def known(self) -> bool:
        """Whether the question is answered."""
        return not self.why_not


def unreplaced(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that no other finding of the same factor corrects, oldest first. Raises ValueError for a circle."""
    every = sorted(findings, key=lambda one: (one.occurred_at, one.id))
    by_id = {one.id: one for one in every}
    for one in every:
        refuse_circle(one, by_id)
    replaced = {(one.factor, one.replaces) for one in every if one.replaces is not None}
    return tuple(one for one in every if (one.factor, one.id) not in replaced)


def refuse_circle(finding: Finding, by_id: Mapping[str, Finding]) -> None:
    """Findings that correct one another in a circle would all fall away, and nobody would see it."""
    seen, at = {finding.id}, finding.replaces
    while at is not None and at in by_id:
        if at in seen:
            raise ValueError(f"findings correct one another in a circle: {', '.join(sorted(seen))}")
        seen.add(at)
        at = by_id[at].replaces


def standing_of(
    factor: Factor, findings: Iterable[Finding], *, at: dt.datetime, valid_days: int | None
) -> Standing:
    """How a factor stands. `valid_days` is for how many days a finding answers; None for ever."""
    every = tuple(findings)
    ages = {one.id: age_days(one, at) for one in every}
    usable = tuple(one for one in every if not values.why_open(factor, one.value))
    answering = tuple(one for one in usable if answers(ages[one.id], valid_days))
    left_open = [one for one in every if one not in usable and not outdated(ages[one.id], valid_days)]
    if left_open:
        why = values.why_open(factor, left_open[-1].value)
        return Standing(factor, usable, answering, why, False, tuple(left_open))
    if answering:
        return Standing(factor, usable, answering, "", False, ())
    why = why_unanswered(usable or every, ages, valid_days)
    return Standing(factor, usable, (), why, bool(usable), every)


def age_days(finding: Finding, at: dt.datetime) -> int:
    """The age in calendar days, in the time zone of the screening; below 0 for a finding dated after it."""
    return (at.date() - finding.occurred_at.astimezone(at.tzinfo).date()).days


def answers(age: int, valid_days: int | None) -> bool:
    return age >= 0 and not outdated(age, valid_days)


def outdated(age: int, valid_days: int | None) -> bool:
    return valid_days is not None and age > valid_days


def why_unanswered(findings: tuple[Finding, ...], ages: Mapping[str, int], valid_days: int | None) -> str:
    """Why none of the findings answers."""
    if not findings:
        return "nothing is recorded"
    age = ages[findings[-1].id]
    if age < 0:
        return "the last finding is dated after this screening"
    return f"the last finding is {days(age)} old, and counts for {days(valid_days or 0)}"


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def strange(factor: str) -> str:
    """A factor's key as it may be printed, where the catalogue does not know it."""
    return factor if KEY.fullmatch(factor) else "?"
