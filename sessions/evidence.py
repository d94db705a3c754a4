"""What a decision rests on, frozen: one canonical JSON text, from which the decision reads the same for ever.

Everything is kept as it was worded. Nothing is looked up again: not a label, a threshold, a rule or a name.
"""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from sessions.protocol import Mark
from sessions.screening.results import Result
from sessions.screening.verdicts import LABELS

FORMAT = "afterward eligibility evidence 1"
# A reason that no rule gave; the rationale says which.
OTHER = "other"
MARKS: Mapping[str, str] = {
    Mark.READ: "read in the source",
    Mark.SECONDARY: "read in a text that quotes the source",
    Mark.RECALLED: "recalled, not read",
    Mark.PROPOSED: "proposed, for the clinic to approve",
}
Facts: TypeAlias = dict[str, Any]


def canonical(facts: Mapping[str, Any]) -> str:
    """The one text of these facts: sorted keys, no spaces. Only what JSON knows; nothing is converted silently."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(text: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def read(text: str) -> Facts:
    """The facts of a text. Raises ValueError for a format that this version cannot read."""
    facts: Facts = json.loads(text)
    if facts.get("format") != FORMAT:
        raise ValueError(
            f"This evidence is of the format {facts.get('format')!r}, which cannot be read here."
        )
    return facts


def utc(at: dt.datetime) -> str:
    """A moment in UTC, to the microsecond."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(text: str) -> dt.datetime:
    """The moment that `utc` wrote."""
    return dt.datetime.fromisoformat(text)


def date_text(day: dt.date | None) -> str | None:
    """A date as it is kept; None stays None."""
    return None if day is None else day.isoformat()


def age_in_years(*, born: dt.date | None, birth_year: int | None, on: dt.date) -> int | None:
    """Full years on a day. From the year alone: those that are certain, one fewer than may be. None: not known."""
    if born is not None:
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return None if birth_year is None else on.year - birth_year - 1


def results_as_facts(results: Iterable[Result], blocking: Iterable[Result]) -> list[Facts]:
    """Each result with a key that names it among the others: the rule, and a number where it speaks twice."""
    every, blocks = list(results), list(blocking)
    often = Counter(one.rule for one in every)
    seen: Counter[str] = Counter()
    found = []
    for one in every:
        seen[one.rule] += 1
        key = one.rule if often[one.rule] == 1 else f"{one.rule}:{seen[one.rule]}"
        found.append({"key": key, **result_as_facts(one), "blocks": one in blocks})
    return found


def result_as_facts(one: Result) -> Facts:
    return {
        "rule": one.rule,
        "verdict": str(one.verdict),
        "label": str(LABELS[one.verdict]),
        "sentence": one.sentence,
        "rests_on": list(one.rests_on),
        "source": one.source,
        "mark": MARKS[one.mark],
        "threshold": one.threshold_text,
    }


def rules_named(keys: Iterable[str]) -> list[str]:
    """The rules behind results' keys, each once."""
    return sorted({key.split(":")[0] for key in keys})
