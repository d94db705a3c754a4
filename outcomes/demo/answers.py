"""Invented answers for people in treatment: daily check-ins around a dose, items that give a total."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeAlias

from outcomes.instruments.base import Answer, Instrument
from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN

TOP = 10
# Points added on the day of a dose and the days after it: tired first, lower on day 3, then settled.
AFTER_DOSE: dict[str, tuple[int, ...]] = {
    "mood": (1, 1, 0, -2, -1, 0),
    "anxiety": (1, -1, 0, 1, 1, 0),
    "energy": (-2, -3, -2, -1, 0, 0),
    "sleep_quality": (-2, -1, 0, 0, 0, 0),
    "craving": (-1, -1, 0, 0, 0, 0),
    "sense_of_safety": (1, 1, 0, -1, 0, 0),
}
# Points a week: what gets better as treatment goes on.
DRIFT = {
    "mood": 0.3,
    "anxiety": -0.3,
    "energy": 0.2,
    "sleep_quality": 0.2,
    "craving": -0.1,
    "sense_of_safety": 0.3,
}
START = {"mood": 5, "anxiety": 6, "energy": 4, "sleep_quality": 4, "craving": 3, "sense_of_safety": 5}
SAFETY = "not_wanting_to_be_alive"
SKIPPED_ITEM = 0.02
Sitting: TypeAlias = dict[str, Answer]
TROUBLED: Sitting = {
    "mood": 1,
    "anxiety": 9,
    "energy": 2,
    "sleep_quality": 1,
    "sense_of_safety": 2,
    SAFETY: 1,
}


@dataclass(frozen=True, slots=True)
class SimulatedCheckIn:
    """One day; `answers` None when nothing came, else every item, None where the person passed over it."""

    on: date
    answers: Sitting | None


def simulate_check_ins(
    rng: Random,
    *,
    first_day: date,
    days: int,
    doses: Sequence[date] = (),
    silent: float = 0.1,
    troubled_on: date | None = None,
) -> list[SimulatedCheckIn]:
    """Daily check-ins of one person from `first_day`; `silent` is the share of days without one.

    On `troubled_on` the person answers, very low, and says yes to the safety question; on no other day.
    """
    level = {key: start + rng.uniform(-1.5, 1.5) for key, start in START.items()}
    found = []
    for number in range(days):
        on = first_day + timedelta(days=number)
        answers = _day(rng, level, on, number, doses)
        found.append(SimulatedCheckIn(on, None if rng.random() < silent else answers))
    return [_troubled(day) if day.on == troubled_on else day for day in found]


def _troubled(check_in: SimulatedCheckIn) -> SimulatedCheckIn:
    usual: Sitting = check_in.answers or {item.key: None for item in DAILY_CHECKIN.items}
    return SimulatedCheckIn(check_in.on, usual | TROUBLED)


def _day(rng: Random, level: dict[str, float], on: date, number: int, doses: Sequence[date]) -> Sitting:
    since = min(((on - dose).days for dose in doses if dose <= on), default=len(AFTER_DOSE["mood"]))
    answers: Sitting = {}
    for key, start in level.items():
        shift = AFTER_DOSE[key][since] if since < len(AFTER_DOSE[key]) else 0
        value = start + shift + DRIFT[key] * number / 7 + rng.gauss(0, 0.7)
        answers[key] = min(TOP, max(0, round(value)))
    slept = 4.5 + 0.4 * float(answers["sleep_quality"] or 0) + rng.gauss(0, 0.5)
    answers["hours_slept"] = Decimal(max(2, round(slept * 2))) / 2
    for key in answers:
        if rng.random() < SKIPPED_ITEM:
            answers[key] = None
    answers[SAFETY] = 0
    return {item.key: answers[item.key] for item in DAILY_CHECKIN.items}


def simulate_items(
    rng: Random, instrument: Instrument, total: int, safety: int | None = None
) -> dict[str, int]:
    """Answers to the items of a questionnaire that give exactly `total`.

    `safety` is the answer to its safety item; by default 0, or as little as the total leaves. Items that are
    not scored are left out. Raises ValueError where no answers give that total.
    """
    items = {item.key: item for item in instrument.scored_items}
    answers = dict.fromkeys(items, 0)
    flagged = [key for key, item in items.items() if item.safety]
    others = [key for key in items if key not in flagged]
    if safety is not None:
        answers.update(dict.fromkeys(flagged, safety))
    for keys in (others, flagged if safety is None else []):
        _spread(rng, answers, {key: items[key].high or 0 for key in keys}, total)
    if sum(answers.values()) != total or instrument.check(answers) is None:
        raise ValueError(f"No answers to {instrument.short} give {total} with the safety item at {safety}")
    return answers


def _spread(rng: Random, answers: dict[str, int], highest: dict[str, int], total: int) -> None:
    """Raise answers one point at a time, anywhere there is room, up to the total."""
    while sum(answers.values()) < total:
        room = [key for key, high in highest.items() if answers[key] < high]
        if not room:
            return
        answers[rng.choice(room)] += 1
