"""A session's whole record in one query: to show it, and as the canonical bytes that signatures are made over."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import connections, models

from clinic.envelope import ParticipantKey
from clinic.models import DataKey, Signature
from clinic.services.participants import open_key
from sessions.models import (
    Amendment,
    Attendance,
    DoseAdministration,
    DoseDecision,
    DoseDeviation,
    GateOverride,
    LogEntry,
    Session,
    Setting,
    VitalSign,
)

FORMAT = "afterward session record 1"
ENTRIES = {
    "attendance": Attendance,
    "setting": Setting,
    "note": LogEntry,
    "vitals": VitalSign,
    "dose": DoseAdministration,
}

# What a signature covers. Written out, so that a column added later leaves old signatures as they are.
HEAD = ("id", "participant_id", "enrolment_id", "kind", "occurred_at", "ended_at", "opened_by_id")
COMMON = ("id", "occurred_at", "recorded_at", "recorded_by_id", "replaces_id")
SIGNED = {
    "attendance": (*COMMON, "person_id", "part", "left_at"),
    "setting": (*COMMON, "place", "room", "music"),
    "note": (*COMMON, "text_sealed"),  # The ciphertext: it stays verifiable after the text was erased.
    "vitals": (*COMMON, "systolic_mmhg", "diastolic_mmhg", "pulse_bpm", "temperature_c", "spo2_percent"),
    "dose": (*COMMON, "part", "substance", "dose_mg", "lot", "given_by_id", "witnessed_by_id"),
}
# Signed where there are any: a record without them has the bytes that it had before they existed.
SIGNED_IF_ANY = {
    "decision": (*COMMON, "part", "outcome", "substance", "dose_mg", "override_id"),
    "override": ("id", "occurred_at", "recorded_at", "recorded_by_id", "conditions", "sha256"),
    "deviation": ("id", "dose_id", "kinds", "recorded_at"),
}


@dataclass(frozen=True)
class Record:
    """Every row of one session, also those entered in error, as one moment saw them; and who is named in it."""

    raw: dict[str, list[dict]]
    people: dict[UUID, str]

    @cached_property
    def sha256(self) -> str:
        """The digest that a signature covers."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def canonical(self) -> bytes:
        """Canonical JSON of what is in force. Private notes are their author's own and no part of it."""
        (head,) = self.raw["session"]
        body = {
            kind: [pick(row, names) for row in self.raw[kind] if counts(row)]
            for kind, names in SIGNED.items()
        }
        for kind, names in SIGNED_IF_ANY.items():
            if found := [pick(row, names) for row in self.raw[kind] if counts(row)]:
                body[kind] = found
        whole = {"format": FORMAT, "session": pick(head, HEAD), **body}
        return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @cached_property
    def key(self) -> ParticipantKey:
        """The participant's open data key. Raises Unreadable where it was destroyed."""
        rows = self.rows("data_key")
        return open_key(rows[0].pk, rows[0].wrapped) if rows else open_key(None, None)

    def rows(self, kind: str) -> list:
        """The rows of a kind as models, in their order of happening."""
        return [as_model(SOURCES[kind][0], values) for values in self.raw[kind]]


SOURCES = {
    "session": (Session, "id = %s"),
    **{kind: (model, "session_id = %s") for kind, model in ENTRIES.items()},
    "amendment": (Amendment, "session_id = %s"),
    # The key under which this person's words are sealed, so that no page asks for it apart.
    "data_key": (
        DataKey,
        "destroyed_at IS NULL AND participant_id = (SELECT participant_id FROM therapy_session WHERE id = %s)",
    ),
    "decision": (DoseDecision, "session_id = %s"),
    "override": (GateOverride, "session_id = %s"),
    "deviation": (DoseDeviation, "session_id = %s"),
    "override_signature": (
        Signature,
        "record = 'gate-override' AND record_id IN (SELECT id FROM therapy_gateoverride WHERE session_id = %s)",
    ),
    "signature": (Signature, "record = 'session' AND record_id = %s"),
}


def read_record(session_id: UUID, using: str = "default") -> Record:
    """One query for all of it: a session page has no more queries at 500 rows than at 5."""
    raw: dict[str, list[dict]] = {kind: [] for kind in (*SOURCES, PERSON)}
    with connections[using].cursor() as cursor:
        cursor.execute(RECORD, [*[session_id] * len(SOURCES), list(NAMED)])
        for kind, text in cursor.fetchall():
            raw[kind].append(json.loads(text))
    people = {UUID(row["id"]): row["name"] for row in raw.pop(PERSON)}
    for rows in raw.values():
        rows.sort(key=lambda row: (row.get("occurred_at") or row["recorded_at"], row["id"]))
    return Record(raw, people)


def counts(row: dict) -> bool:
    """Whether a row is part of what is signed."""
    return row["entered_in_error_at"] is None and not row.get("private")


def pick(row: dict, names: tuple[str, ...]) -> dict:
    """The named values of a row."""
    return {name: row[name] for name in names}


def as_model(model: type[models.Model], values: dict) -> models.Model:
    """A row as its model."""
    fields = model._meta.concrete_fields
    row = model.from_db(
        "default",
        [field.attname for field in fields],
        [
            None if values[field.attname] is None else field.to_python(values[field.attname])
            for field in fields
        ],
    )
    return row


def _value(field: models.Field) -> str:
    """A column as JSON: times in UTC and amounts as text, whatever the connection is set to."""
    column = f'"{field.column}"'
    if isinstance(field, models.DateTimeField):
        return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    if isinstance(field, models.BinaryField):
        return f"encode({column}, 'base64')"
    return f"{column}::text" if isinstance(field, models.DecimalField) else column


def _select(kind: str) -> str:
    """The rows of a kind as JSON."""
    model, condition = SOURCES[kind]
    pairs = ", ".join(f"'{field.attname}', {_value(field)}" for field in model._meta.concrete_fields)
    # Names come from the models, never from a request.
    return f"SELECT '{kind}' AS kind, jsonb_build_object({pairs}) AS body FROM {model._meta.db_table} WHERE {condition}"  # noqa: S608


# Who is named anywhere in the record comes with it; a person's name is read as `str(user)` gives it.
PERSON = "person"
NAMED = (
    "recorded_by_id",
    "entered_in_error_by_id",
    "person_id",
    "given_by_id",
    "witnessed_by_id",
    "opened_by_id",
    "by_id",
    "signer_id",
    "reviewed_by_id",
)
RECORD = f"""
    WITH rows AS ({" UNION ALL ".join(_select(kind) for kind in SOURCES)})
    SELECT kind, body::text FROM rows
    UNION ALL
    SELECT '{PERSON}', jsonb_build_object('id', id, 'name', coalesce(NULLIF(name, ''), email))::text
    FROM clinic_user
    WHERE id IN (SELECT value::uuid FROM rows, jsonb_each_text(body) WHERE key = ANY (%s) AND value IS NOT NULL)
"""  # noqa: S608
