"""How the latest decision of an enrolment stands: the database answers, for the gate and for the pages alike."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

QUESTION = "SELECT state, facts FROM therapy_gate_decision(%s, therapy_protocol_of(%s), clock_timestamp())"
WORDS = {
    "undecided": _("Nobody has decided yet."),
    "unsigned": _("This decision does not count yet: a second person has to sign it."),
    "other-protocol": _("This decision does not count any more: another version of the protocol holds now. Decide again."),
    "changed": _("This decision does not count any more: findings were added or corrected since. Decide again."),
    "outcome": _("No dose can be authorised on this decision."),
}  # fmt: skip
COUNTS = _("This decision is signed and counts.")
NOT_KNOWN = _("This decision does not count. Decide again.")


@dataclass(frozen=True)
class Standing:
    """`state` is green, red or unknown, as the gate has it; `decision` is the latest one in force, None where none is."""

    state: str
    decision: UUID | None
    words: str


def standing_of(enrolment_id: UUID) -> Standing:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, [enrolment_id, enrolment_id])
        state, facts = cursor.fetchone()
    found = facts if isinstance(facts, dict) else json.loads(facts)
    words = COUNTS if state == "green" else WORDS.get(found.get("why", ""), NOT_KNOWN)
    decision = found.get("decision")
    return Standing(state, UUID(decision) if decision else None, str(words))
