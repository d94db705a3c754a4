"""What an amendment begins with: the entry as it is, for those who may amend it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from clinic.models import User
from clinic.permissions import Action
from clinic.services.participants import keys_of
from sessions.kinds import KINDS, Kind
from sessions.models import LogEntry
from sessions.models.sessions import SessionRow

# A note stays as private as it was, and a dose stays under the authorisation that it was given under.
NOT_AMENDED = ("private", "decision", "deviation_reason")


def kind_of(table: str) -> Kind:
    """The kind of entry that an address names; 404 for another word."""
    if table not in KINDS:
        raise Http404
    return KINDS[table]


def entry_of(user: User, kind: Kind, session_id: UUID, row_id: UUID) -> SessionRow:
    """An entry of this session that this person may read and amend; else 404, or 403 where nothing is."""
    rows = kind.model.objects.permitted(user, Action.SIGN_SESSION).select_related(
        "session__participant", "session__site"
    )
    return get_object_or_404(readable(rows, user), pk=row_id, session_id=session_id)


def split(values: dict) -> dict:
    """What a service takes: the id and the reason belong to the amendment, the rest to the new row.

    Raises ValidationError where no reason is given.
    """
    reason = values["reason"].strip()
    if not reason:
        raise ValidationError({"reason": _("Give a reason.")})
    rest = {name: value for name, value in values.items() if name not in {"id", "reason"}}
    return {"id": values["id"], "reason": reason, "values": rest}


def readable(rows: models.QuerySet, user) -> models.QuerySet:
    """Without other people's private notes."""
    return rows.filter(Q(private=False) | Q(recorded_by=user)) if rows.model is LogEntry else rows


def values_of(row: SessionRow, kind: Kind) -> dict:
    """The values that the form shows."""
    names = [name for name in kind.form.base_fields if name not in {"id", "reason", "text", *NOT_AMENDED}]
    values = {name: getattr(row, f"{name}_id", None) or getattr(row, name) for name in names}
    if isinstance(row, LogEntry):
        values["text"] = keys_of(row.session.participant_id).open(row, "text_sealed")
    return values


def amending_form(kind: Kind, data, choices: dict, former: dict):
    """The form of this kind, with the reason asked; a note stays as private as it was."""
    form = kind.form(data, choices=choices, ask_reason=True, initial=former)
    for name in NOT_AMENDED:
        form.fields.pop(name, None)
    return form
