"""What staff do at once after an answer that must be acted on, whatever the total. It says what was endorsed, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Label
from outcomes.instruments.basis import Basis, basis
from outcomes.instruments.registry import get

Values = Mapping[str, int | float]


class Level(IntEnum):
    """How soon. A higher one outweighs a lower."""

    YELLOW = 1
    AMBER = 2
    RED = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """What the clinic does at one level."""

    title: Label
    steps: tuple[Label, ...]
    tone: str
    basis: Basis


# The triggers of RED are published; what is then done is a proposal that the clinic's governance approves.
DUTIES: Mapping[Level, Duty] = {
    Level.RED: Duty(
        _("Act now: a clinician in this same contact"),
        (
            _("Do not leave the person alone."),
            _("Call a clinician now, and emergency services if they are needed."),
            _("Ask about the means, and have them taken away."),
            _("Call the support person, as far as consent was given."),
            _("Tell the physician, and the sponsor or principal investigator where there is one."),
            _("Hold dosing. Assess whether this is a serious adverse event."),
            _("Note the time of each step."),
        ),
        "red",
        basis("S20", "prop"),
    ),
    Level.AMBER: Duty(
        _("A clinician today"),
        (
            _("A clinician speaks with the person on the same day."),
            _("The full C-SSRS, and a safety plan."),
            _("Contact every day."),
            _("A physician sees the person before the next dose."),
        ),
        "amber",
        basis("prop"),
    ),
    Level.YELLOW: Duty(
        _("The C-SSRS by staff today"),
        (
            _("Staff ask the C-SSRS on the same day."),
            _("Look through the safety plan."),
            _("Call within 24 hours."),
        ),
        "amber",
        basis("prop"),
    ),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One trigger. `test` reads the answers that were given."""

    level: Level
    words: Label
    items: tuple[tuple[str, int], ...]  # item, and the lowest answer that triggers; one is enough


@dataclass(frozen=True, slots=True)
class Advice:
    """What was endorsed, and what is done about it."""

    instrument: str
    level: Level
    found: tuple[Label, ...]

    @property
    def duty(self) -> Duty:
        return DUTIES[self.level]


RULES: Mapping[str, tuple[Rule, ...]] = {
    "phq9": (
        Rule(Level.AMBER, _("PHQ-9 item 9 answered 2 or 3"), (("item_9", 2),)),
        Rule(Level.YELLOW, _("PHQ-9 item 9 answered above 0"), (("item_9", 1),)),
    ),
    "cssrs_screener": (
        Rule(Level.RED, _("C-SSRS 4 or 5: intent or a plan, past month"), (("item_4", 1), ("item_5", 1))),
        Rule(Level.RED, _("C-SSRS 6: behaviour within the past 3 months"), (("item_6_recent", 1),)),
        Rule(Level.AMBER, _("C-SSRS 3: a method"), (("item_3", 1),)),
        Rule(Level.AMBER, _("C-SSRS 6: behaviour, ever"), (("item_6", 1),)),
        Rule(Level.YELLOW, _("C-SSRS 1 or 2"), (("item_1", 1), ("item_2", 1))),
    ),
    "daily_checkin": (
        Rule(
            Level.YELLOW,
            _("Check-in: thoughts of not wanting to be alive"),
            (("not_wanting_to_be_alive", 1),),
        ),
    ),
    "madrs": (Rule(Level.AMBER, _("MADRS item 10 rated 4 or more"), (("item_10", 4),)),),
}


def advice_for(instrument: str, answers: Values) -> Advice | None:
    """What follows from these answers, the highest level first; None where no rule is triggered."""
    rules = [rule for rule in RULES.get(instrument, ()) if triggered(rule, answers)]
    levels = [rule.level for rule in rules]
    found = [rule.words for rule in rules]
    if instrument == "cssrs_screener":
        for level, words in unanswered(answers):
            levels.append(level)
            found.append(words)
    return Advice(instrument, max(levels), tuple(found)) if levels else None


def triggered(rule: Rule, answers: Values) -> bool:
    """Whether one of its items was answered so."""
    return any((answers.get(item) or 0) >= lowest for item, lowest in rule.items)


def unanswered(answers: Values) -> list[tuple[Level, Label]]:
    """A C-SSRS that is not complete needs human contact; behaviour of unknown date counts as recent. Both are proposals."""
    given = {key: int(value) for key, value in answers.items()}
    if given.get("item_6") and given.get("item_6_recent") is None:
        return [(Level.RED, _("C-SSRS 6: it is not known whether within the past 3 months"))]
    if any(item.key not in given for item in get("cssrs_screener").asked(given)):
        return [(Level.YELLOW, _("C-SSRS not complete: needs human contact"))]
    return []
