"""How long after a medicine nobody doses, and until when a dose acts on what is resumed. Calendar days, no clock."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from sessions.protocol import Threshold
from sessions.screening.matching import Match, match
from sessions.screening.medicines import NONE, UNKNOWN, MedicineClass, Substance, table

DAYS, HOURS, HALF_LIVES = "days", "hours", "half-lives"
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Medicine:
    """A line of the medicine list. `planned_stop_on` is the last day on which it will be taken, by the prescriber's plan.

    None of a date means that it is not known. `cleared`: a person entitled to it has signed that it may stand.
    """

    id: str
    name: str
    last_taken_on: dt.date | None
    planned_stop_on: dt.date | None
    stopped: bool
    cleared: bool


@dataclass(frozen=True)
class Wait:
    """How many days must lie between the last intake and the dosing day, or why that cannot be said.

    `named` is whether a wait is part of the rule at all.
    """

    days: int | None
    named: bool
    reason: str
    threshold: Threshold | None = None
    half_life: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the washout calendar. `ends_on` is the first day on which the wait is met.

    `met` is None where it cannot be said, and `reason` then says why. `planned`: it rests on a plan, not on a fact.
    """

    medicine: Medicine
    substance: Substance | None
    rule: MedicineClass
    wait: Wait
    ends_on: dt.date | None
    planned: bool
    dosing_on: dt.date | None
    met: bool | None
    reason: str
    after_dose_until: dt.date | None


def washout_calendar(
    *,
    medicines: Iterable[Medicine],
    thresholds: Mapping[str, Threshold],
    dosing_on: dt.date | None,
    substance: str = "MDMA",
) -> tuple[Entry, ...]:
    """Every known medicine under every class that concerns the substance dosed. Unknown names have no entry."""
    return tuple(
        entry_of(one, known, rule, thresholds, dosing_on)
        for one in sorted(medicines, key=lambda one: (one.name.casefold(), one.id))
        for known, rule in rules_of(match(one.name))
        if rule.concerns(substance)
    )


def rules_of(found: Match) -> Iterator[tuple[Substance | None, MedicineClass]]:
    """What a medicine is, with each class it falls under."""
    classes = table().classes
    for one in found.substances:
        for key in one.classes:
            yield one, classes[key]
    for rule in found.classes:
        yield None, rule


def entry_of(
    medicine: Medicine,
    substance: Substance | None,
    rule: MedicineClass,
    thresholds: Mapping[str, Threshold],
    dosing_on: dt.date | None,
) -> Entry:
    wait = wait_of(substance, rule, thresholds)
    last, planned, reason = last_day(medicine)
    ends_on = None if last is None or wait.days is None else last + dt.timedelta(days=wait.days)
    reason = wait.reason or reason or ("" if dosing_on else "no dosing day is set")
    met = None if ends_on is None or dosing_on is None else not planned and ends_on <= dosing_on
    until = after_dose_until(rule, thresholds, dosing_on)
    return Entry(medicine, substance, rule, wait, ends_on, planned, dosing_on, met, reason, until)


def last_day(medicine: Medicine) -> tuple[dt.date | None, bool, str]:
    """The last day of intake, whether that is only planned, and why it is not known."""
    if medicine.stopped:
        reason = "" if medicine.last_taken_on else "the day of the last intake is not known"
        return medicine.last_taken_on, False, reason
    if medicine.planned_stop_on is None:
        return None, True, "it is still taken, and the prescriber has planned no end"
    return max(medicine.planned_stop_on, medicine.last_taken_on or medicine.planned_stop_on), True, ""


def wait_of(substance: Substance | None, rule: MedicineClass, thresholds: Mapping[str, Threshold]) -> Wait:
    """The wait of a class, or the substance's own where the class names one at all."""
    key = rule.washout
    if key == NONE:
        return Wait(None, False, "no wait is named for it")
    key = (substance.washout if substance else "") or key
    if key == UNKNOWN:
        return Wait(None, True, "washout not known, ask: no wait was read")
    if key not in thresholds:
        return Wait(None, True, f"washout not known, ask: the protocol has no threshold {key}")
    return wait_in_days(substance, thresholds[key])


def wait_in_days(substance: Substance | None, threshold: Threshold) -> Wait:
    """The threshold in calendar days. Days without a clock: hours round up, and the day of the last intake does not count."""
    if threshold.unit == DAYS:
        return Wait(int(threshold.value.to_integral_value(ROUND_CEILING)), True, "", threshold)
    if threshold.unit == HOURS:
        return Wait(whole_days(threshold.value), True, "", threshold)
    if threshold.unit != HALF_LIVES:
        return Wait(None, True, f"washout not known, ask: {threshold.key} is in {threshold.unit}", threshold)
    if substance is None or substance.half_life_h is None or substance.half_life_basis is None:
        return Wait(None, True, "washout not known, ask: no half-life was read in a source", threshold)
    basis = substance.half_life_basis
    half_life = f"half-life {substance.half_life_h} h ({basis.mark}: {basis.source})"
    return Wait(whole_days(threshold.value * substance.half_life_h), True, "", threshold, half_life)


def whole_days(hours: Decimal) -> int:
    """Hours as days, rounded up, and one more, for the hour of the last intake is not known."""
    return int((hours / HOURS_A_DAY).to_integral_value(ROUND_CEILING)) + 1


def after_dose_until(
    rule: MedicineClass, thresholds: Mapping[str, Threshold], dosing_on: dt.date | None
) -> dt.date | None:
    """The last day on which a dose still acts on what is resumed; None where the class has no such window."""
    if not rule.after_dose or dosing_on is None or rule.after_dose not in thresholds:
        return None
    return dosing_on + dt.timedelta(days=int(thresholds[rule.after_dose].value))
