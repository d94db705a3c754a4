"""Amends a session's record: replaces an entry, withdraws one, or adds after signing what was forgotten.

Signatures of the former version remain and no longer cover the record.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Signature, User
from clinic.models.base import ClinicalRow
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions.models import Amendment, Attendance, DoseAdministration, LogEntry, Session
from sessions.models.sessions import SessionRow
from sessions.services.deviations import note_deviation
from sessions.services.dosing import check_witness
from sessions.services.sessions import check_leaving, check_time, hold, seal_text


def amend(
    *, by: User, row: SessionRow, values: dict[str, object], reason: str, id: UUID | None = None
) -> SessionRow:
    """Replace an entry: the old one stays, marked, and an Amendment says why. Raises ValidationError.

    `values` holds every field that a person enters for this kind of entry; a note stays as private as it was, and
    a dose under the authorisation that it was given under.
    """
    with audit.change(by=by, reason=reason):
        mark_error(by, row, reason)
        new = type(row)(id=id or uuid7(), site_id=row.site_id, session=row.session, recorded_by=by)
        new.replaces = row
        if isinstance(row, LogEntry):
            values = {**values, "private": row.private}
        if isinstance(row, DoseAdministration):
            values = {**values, "decision": row.decision}
        store(new, values)
        note_amendment(by, row.session, reason, old=row, new=new)
    return new


def add_forgotten(
    *,
    by: User,
    session: Session,
    model: type[SessionRow],
    values: dict[str, object],
    reason: str,
    id: UUID | None = None,
) -> SessionRow:
    """Add to a signed record what happened and was forgotten; an Amendment says why. Raises ValidationError."""
    with audit.change(by=by, reason=reason):
        if not Signature.objects.filter(record="session", record_id=hold(session).pk).exists():
            raise ValidationError(_("This record is not signed yet. Add the entry as any other."))
        new = model(id=id or uuid7(), site_id=session.site_id, session=session, recorded_by=by)
        store(new, values)
        note_amendment(by, session, reason, new=new)
    return new


def withdraw(*, by: User, row: SessionRow, reason: str, id: UUID | None = None) -> Amendment:
    """Mark an entry as entered in error and put nothing in its place. Raises ValidationError."""
    with audit.change(by=by, reason=reason):
        mark_error(by, row, reason)
        return note_amendment(by, row.session, reason, old=row, id=id)


def note_amendment(
    by: User,
    session: Session,
    reason: str,
    *,
    old: SessionRow | None = None,
    new: SessionRow | None = None,
    id: UUID | None = None,
) -> Amendment:
    """Say what was changed and why. Raises ValidationError."""
    changed = old or new
    return insert(
        Amendment(
            id=id or uuid7(),
            site_id=session.site_id,
            session=session,
            table=changed._meta.db_table if changed else "",
            old_row=old.pk if old else None,
            new_row=new.pk if new else None,
            reason=reason,
            by=by,
        )
    )


def mark_error(by: User, row: ClinicalRow, reason: str) -> None:
    """Mark an entry as entered in error, once. Raises ValidationError."""
    former = type(row).objects.filter(pk=row.pk, entered_in_error_at=None)
    # The condition decides, not a look beforehand: two amendments at once would both have looked.
    if not former.update(
        entered_in_error_at=timezone.now(), entered_in_error_by=by, entered_in_error_reason=reason[:500]
    ):
        raise ValidationError(_("This entry was changed before. Open the page again."))


def store(new: SessionRow, values: dict[str, object]) -> None:
    """Store a new row with these values; a dose that nobody authorised is a deviation here too. Raises ValidationError."""
    why = str(values.get("deviation_reason") or "")
    fill(new, {name: value for name, value in values.items() if name != "deviation_reason"})
    insert(new)
    if isinstance(new, DoseAdministration):
        note_deviation(new.session, new, why)


def fill(new: SessionRow, values: dict[str, object]) -> None:
    """Put values into a new row under the same rules as a first entry. Raises ValidationError."""
    for name, value in values.items():
        if name != "text":
            setattr(new, name, value)
    check_time(new.session, new.occurred_at)
    if isinstance(new, Attendance):
        check_leaving(new.occurred_at, new.left_at)
    if isinstance(new, DoseAdministration):
        check_witness(new.given_by, new.witnessed_by)
    if isinstance(new, LogEntry):
        new.text_sealed = seal_text(new.session, new, str(values["text"]))
