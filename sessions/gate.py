"""The gate in front of a dose, as the database answers it, with the protocol's words beside each answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from sessions.gate_words import NO_PROTOCOL, why

ASK = """
    SELECT g.key, g.kind, g.state, g.facts, v.id, v.title, v.number, v.facts->'gate', v.facts->'sources',
           v.facts->'screening'
      FROM therapy_gate(%s, %s) g
      LEFT JOIN therapy_protocolversion v ON v.id = therapy_protocol_of(
           (SELECT enrolment_id FROM therapy_session WHERE id = %s), %s)
     ORDER BY g.place"""


class State(StrEnum):
    """How a condition stands. Only GREEN and NOT_APPLICABLE let a dose through."""

    UNKNOWN = "unknown"
    RED = "red"
    GREEN = "green"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Answer:
    """One condition: how it stands, why, and the way to solve it."""

    key: str
    kind: str
    title: str
    state: State
    facts: Mapping[str, Any]
    solve: str
    source: str
    mark: str

    @property
    def closed(self) -> bool:
        """Whether it keeps the gate closed."""
        return self.state in (State.RED, State.UNKNOWN)

    @property
    def why(self) -> str:
        """What it rests on, in words."""
        return why(self.kind, self.facts)

    def frozen(self) -> dict[str, str]:
        """The answer as it is kept beside a decision: words that stay when the protocol changes."""
        return {
            "key": self.key,
            "title": self.title,
            "state": self.state.value,
            "why": str(self.why),
            "source": self.source,
            "mark": self.mark,
        }


@dataclass(frozen=True)
class Gate:
    """The gate of one session at one moment."""

    at: datetime
    protocol_id: UUID | None
    protocol: str
    authorisers: tuple[str, ...]
    overriders: tuple[str, ...]
    may_override: bool
    answers: tuple[Answer, ...]

    @cached_property
    def closed(self) -> tuple[Answer, ...]:
        """What keeps it closed: what is not known stands first."""
        order = list(State)
        return tuple(
            sorted((one for one in self.answers if one.closed), key=lambda one: order.index(one.state))
        )

    @property
    def is_open(self) -> bool:
        """Whether a dose may be authorised without an override."""
        return not self.closed

    def frozen(self) -> list[dict[str, str]]:
        """Every answer in words."""
        return [one.frozen() for one in self.answers]


def read_gate(session_id: UUID, at: datetime) -> Gate:
    """How the gate stands at a moment. One query: the same function that refuses an authorisation answers."""
    with connection.cursor() as cursor:
        cursor.execute(ASK, [session_id, at, session_id, at])
        rows = [decoded(row) for row in cursor.fetchall()]
    version, title, number, gate, sources, screening = rows[0][4:]
    words = {one["key"]: one for one in (gate or {}).get("conditions", [])}
    return Gate(
        at=at,
        protocol_id=version,
        protocol=f"{title}, {number}" if version else "",
        authorisers=tuple((gate or {}).get("authorisers", ())),
        overriders=tuple((screening or {}).get("overriders", ())),
        may_override=bool((gate or {}).get("override")),
        answers=tuple(answer(row, words.get(row[0], NO_PROTOCOL), sources or {}) for row in rows),
    )


def decoded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row with its JSON read: a raw cursor gives jsonb as text."""
    return (*row[:3], read(row[3]), *row[4:7], *(read(value) for value in row[7:]))


def read(value: Any) -> Any:
    """JSON of the database as Python."""
    return json.loads(value) if isinstance(value, str) else value


def answer(row: tuple[Any, ...], words: Mapping[str, Any], sources: Mapping[str, str]) -> Answer:
    """One row of the database with the protocol's words."""
    key, kind, state, facts = row[:4]
    return Answer(
        key=key,
        kind=kind,
        title=str(words["title"]),
        state=State(state),
        facts=facts,
        solve=str(words["solve"]),
        source=sources.get(words["source"], ""),
        mark=words["mark"],
    )
