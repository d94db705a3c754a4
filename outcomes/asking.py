"""The questions of a check-in in order: one instrument after the other, one item a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from outcomes.instruments.base import Instrument, Item
from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN
from outcomes.instruments.registry import get
from outcomes.instruments.wording_types import Question, Wording

Stored = Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `first` is the first of its instrument, where the instruction stands."""

    instrument: Instrument
    item: Item
    question: Question
    wording: Wording
    first: bool

    @property
    def slot(self) -> str:
        """Where its answer is kept in the check-in."""
        return slot(self.instrument.key, self.item.key)


def slot(instrument: str, item: str) -> str:
    """The daily check-in keeps plain keys: rows from before others could be asked hold them."""
    return item if instrument == DAILY_CHECKIN.key else f"{instrument}.{item}"


def steps_of(keys: Sequence[str], words: Callable[[Instrument], Wording | None]) -> tuple[Step, ...]:
    """Every question of these instruments; one whose text may no longer be shown is left out."""
    found: list[Step] = []
    for instrument in map(get, keys):
        wording = words(instrument)
        for place, question in enumerate(wording.questions if wording else ()):
            item = instrument.item(question.key)
            found.append(Step(instrument, item, question, wording, place == 0))  # type: ignore[arg-type]
    return tuple(found)


def answers_to(instrument: Instrument, stored: Stored) -> dict[str, Decimal]:
    """What was answered to one instrument."""
    found = {item.key: stored.get(slot(instrument.key, item.key)) for item in instrument.items}
    return {key: Decimal(str(value)) for key, value in found.items() if value is not None}


def is_asked(step: Step, stored: Stored) -> bool:
    """Whether the instrument's skip rules ask it after the answers so far."""
    return not step.item.asked_when or step.item.is_asked(answers_to(step.instrument, stored))


def first_open(steps: Sequence[Step], stored: Stored, skipped: Sequence[str]) -> int:
    """Number of the first question that waits for an answer; one past the last where none does."""
    done = {*stored, *skipped}
    for number, step in enumerate(steps, start=1):
        if step.slot not in done and is_asked(step, stored):
            return number
    return len(steps) + 1


def beside(steps: Sequence[Step], stored: Stored, number: int, direction: int) -> int:
    """The next question that is asked, forwards or back; 0 or one past the last where there is none."""
    number += direction
    while 1 <= number <= len(steps) and not is_asked(steps[number - 1], stored):
        number += direction
    return number


def endorsed(steps: Sequence[Step], stored: Stored) -> bool:
    """Whether an answer must be acted on."""
    values = [(step.item, stored.get(step.slot)) for step in steps]
    return any(item.flags(None if value is None else Decimal(str(value))) for item, value in values)
