"""What each answer of the gate rests on, said to a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.screening.catalogue import catalogue

# What stands in for the words of a protocol where there is none.
NO_PROTOCOL: Mapping[str, Any] = {
    "title": gettext_lazy("A protocol for this programme"),
    "solve": gettext_lazy("An administrator imports the programme's protocol."),
    "source": "",
    "mark": "",
}
NOT_YET = {
    "no-protocol": gettext_lazy("No protocol was imported for this programme"),
    "undecided": gettext_lazy("Nobody has decided yet"),
    "unsigned": gettext_lazy("Decided, and a signature is missing"),
    "other-protocol": gettext_lazy("Decided under another version of the protocol"),
    "changed": gettext_lazy("Something was found or corrected after the decision: decide again"),
    "never": gettext_lazy("Not recorded"),
    "not-asked": gettext_lazy("Not asked in the time that counts"),
    "unknown-kind": gettext_lazy("This software does not know this kind of condition"),
}
MEASURES = {
    "systolic_mmhg": gettext_lazy("systolic %s mmHg"),
    "diastolic_mmhg": gettext_lazy("diastolic %s mmHg"),
    "pulse_bpm": gettext_lazy("pulse %s /min"),
    "temperature_c": gettext_lazy("temperature %s °C"),
}


def why(kind: str, facts: Mapping[str, Any]) -> str:
    """What an answer rests on. Times are read in the zone that is active."""
    if facts.get("why") in NOT_YET:
        return str(NOT_YET[facts["why"]])
    return WORDS[kind](facts) if kind in WORDS and facts else ""


def moment(value: str) -> str:
    """A time that came as JSON."""
    return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"


def decision(facts: Mapping[str, Any]) -> str:
    """Which decision it is."""
    outcome = {
        "eligible": _("Eligible, decided %(at)s"),
        "not-eligible": _("Not eligible, decided %(at)s"),
        "defer": _("Deferred, decided %(at)s"),
    }[facts["outcome"]]
    return outcome % {"at": moment(facts["at"])}


def consent(facts: Mapping[str, Any]) -> str:
    """Since when it is in force, or withdrawn."""
    if facts.get("why") == "withdrawn":
        return _("Withdrawn %(at)s") % {"at": moment(facts["at"])}
    return _("In force since %(at)s") % {"at": moment(facts["at"])}


def staff(facts: Mapping[str, Any]) -> str:
    """How many are in the room, and how many of them are registered."""
    return _("%(here)s in the room, %(registered)s with a registration in force; %(needed)s needed") % facts


def medicines(facts: Mapping[str, Any]) -> str:
    """Which ones nobody cleared."""
    if facts.get("why") == "not-cleared":
        return _("Not cleared: %(names)s") % {"names": ", ".join(facts["medicines"])}
    return finding(facts)


def finding(facts: Mapping[str, Any]) -> str:
    """What was found, and when."""
    return _("%(value)s, %(at)s") % {"value": value_of(facts.get("value")), "at": moment(facts["at"])}


def value_of(value: Any) -> str:
    """A value by its label in the catalogue; as it is where no factor has it."""
    labels = {one.value: one.label for factor in catalogue().factors.values() for one in factor.options}
    several = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(one, one)) for one in several)


def vitals(facts: Mapping[str, Any]) -> str:
    """The latest values, and which are missing."""
    taken = [
        str(MEASURES[name]) % value for name, value in facts.items() if name in MEASURES and value is not None
    ]
    missing = sum(name in MEASURES and value is None for name, value in facts.items())
    lacking = [_("%d not taken in the time that counts") % missing] if missing else []
    return ", ".join([*taken, *lacking])


WORDS = {
    "decision": decision,
    "consent": consent,
    "staff": staff,
    "medicines": medicines,
    "finding": finding,
    "vitals": vitals,
}
