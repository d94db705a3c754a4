"""The kinds of condition that a gate may have, and what each needs. The database answers them: therapy_gate()."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from clinic.sections import text, texts

Parser = Callable[[object], object]


def count(value: object) -> int:
    """A whole number above 0."""
    if type(value) is not int or not 0 < value <= 10_000:
        raise ValueError("must be a whole number from 1 on")
    return value


@dataclass(frozen=True)
class ConditionKind:
    """The keys that a kind needs and may have, each with its parser."""

    needs: Mapping[str, Parser] = field(default_factory=dict)
    may_have: Mapping[str, Parser] = field(default_factory=dict)


# Who is asked at all: a pregnancy test is not asked of a man.
WHOM: Mapping[str, Parser] = {"not_for_sex": texts}

KINDS: Mapping[str, ConditionKind] = {
    "decision": ConditionKind(),
    "consent": ConditionKind({"consent": text}, WHOM),
    "staff": ConditionKind(),
    "medicines": ConditionKind({"factor": text, "within_hours": count}, WHOM),
    "finding": ConditionKind({"factor": text, "accept": texts, "within_hours": count}, WHOM),
    "vitals": ConditionKind(
        {"within_minutes": count},
        {
            "systolic_at_most": text,
            "diastolic_at_most": text,
            "pulse_at_most": text,
            "temperature_at_most": text,
        },
    ),
}
