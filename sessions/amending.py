"""What an amendment begins with: the entry as it is, for those who may read it."""

from django.db import models
from django.db.models import Q

from clinic.services.participants import keys_of
from sessions.kinds import Kind
from sessions.models import LogEntry
from sessions.models.sessions import SessionRow


def readable(rows: models.QuerySet, user) -> models.QuerySet:
    """Without other people's private notes."""
    return rows.filter(Q(private=False) | Q(recorded_by=user)) if rows.model is LogEntry else rows


def values_of(row: SessionRow, kind: Kind) -> dict:
    """The values that the form shows."""
    names = [name for name in kind.form.base_fields if name not in {"id", "reason", "text"}]
    values = {name: getattr(row, f"{name}_id", None) or getattr(row, name) for name in names}
    if isinstance(row, LogEntry):
        values["text"] = keys_of(row.session.participant_id).open(row, "text_sealed")
    return values


def amending_form(kind: Kind, data, people: dict, former: dict):
    """The form of this kind, with the reason asked; a note stays as private as it was."""
    form = kind.form(data, people=people, ask_reason=True, initial=former)
    form.fields.pop("private", None)
    return form
