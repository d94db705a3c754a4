"""Opens a session, records who was there, where and what was noted, and closes it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Enrolment, Signature, User
from clinic.services.participants import keys_of
from clinic.storing import insert, update
from clinic.times import check_moment
from clinic.uuid7 import uuid7
from sessions.models import Attendance, LogEntry, Session, Setting


def open_session(
    *, by: User, enrolment: Enrolment, kind: str, occurred_at: datetime, id: UUID | None = None
) -> Session:
    """Begin the record of a meeting. Raises ValidationError."""
    check_moment(occurred_at, "occurred_at")
    with audit.change(by=by, reason="session opened"):
        return insert(
            Session(
                id=id or uuid7(),
                site_id=enrolment.site_id,
                participant_id=enrolment.participant_id,
                enrolment=enrolment,
                kind=kind,
                occurred_at=occurred_at,
                opened_by=by,
            )
        )


def hold(session: Session) -> Session:
    """The session as it is now, held until the end of the transaction. Raises ValidationError where it does not count."""
    held = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if not held.in_force:
        raise ValidationError(_("This session was entered in error."))
    return held


def take_entry(session: Session, occurred_at: datetime, reason: str) -> None:
    """Hold the session for an entry. The record never refuses what happened: it asks why it comes late.

    Raises ValidationError for a time ahead or before the session, a late entry without a reason, a signed record.
    """
    held = hold(session)
    check_time(held, occurred_at)
    if held.is_open:
        return
    if Signature.objects.filter(record="session", record_id=held.pk).exists():
        raise ValidationError(
            _("This session is signed. Add what was forgotten as an amendment, and say why."),
            code="signed",
        )
    if not reason.strip():
        raise ValidationError({"reason": _("The session is closed. Say why this is entered late.")})


def check_time(session: Session, occurred_at: datetime) -> None:
    """An entry lies within the session's time or after it. Raises ValidationError."""
    check_moment(occurred_at, "occurred_at")
    # Pages give whole minutes: the minute in which the session began belongs to it.
    if occurred_at < session.occurred_at.replace(second=0, microsecond=0):
        raise ValidationError({"occurred_at": _("This is before the session began.")})


def record_attendance(
    *,
    by: User,
    session: Session,
    person: User,
    part: str,
    occurred_at: datetime,
    left_at: datetime | None = None,
    reason: str = "",
    id: UUID | None = None,
) -> Attendance:
    """Somebody was in the room. Raises ValidationError."""
    check_leaving(occurred_at, left_at)
    with audit.change(by=by, reason=reason or "attendance recorded"):
        take_entry(session, occurred_at, reason)
        return insert(
            Attendance(
                id=id or uuid7(),
                site_id=session.site_id,
                session=session,
                recorded_by=by,
                person=person,
                part=part,
                occurred_at=occurred_at,
                left_at=left_at,
            )
        )


def check_leaving(occurred_at: datetime, left_at: datetime | None) -> None:
    """Nobody leaves before coming, or in the future. Raises ValidationError."""
    if left_at is None:
        return
    check_moment(left_at, "left_at")
    if left_at < occurred_at:
        raise ValidationError({"left_at": _("The end is before the start.")})


def record_setting(
    *,
    by: User,
    session: Session,
    place: str,
    room: str,
    music: str,
    occurred_at: datetime,
    reason: str = "",
    id: UUID | None = None,
) -> Setting:
    """Where it takes place and how the room is. Raises ValidationError."""
    with audit.change(by=by, reason=reason or "setting recorded"):
        take_entry(session, occurred_at, reason)
        return insert(
            Setting(
                id=id or uuid7(),
                site_id=session.site_id,
                session=session,
                recorded_by=by,
                place=place,
                room=room,
                music=music,
                occurred_at=occurred_at,
            )
        )


def write_note(
    *,
    by: User,
    session: Session,
    text: str,
    occurred_at: datetime,
    private: bool = False,
    reason: str = "",
    id: UUID | None = None,
) -> LogEntry:
    """A note, sealed under the participant's key; a private one is read by its author alone. Raises ValidationError."""
    with audit.change(by=by, reason=reason or "note written"):
        take_entry(session, occurred_at, reason)
        note = LogEntry(
            id=id or uuid7(),
            site_id=session.site_id,
            session=session,
            recorded_by=by,
            occurred_at=occurred_at,
            private=private,
        )
        note.text_sealed = seal_text(session, note, text)
        return insert(note)


def seal_text(session: Session, note: LogEntry, text: str) -> bytes:
    """The text of a note as it is stored. Raises ValidationError for none."""
    if not text.strip():
        raise ValidationError({"text": _("Write the note.")})
    return keys_of(session.participant_id).seal(text, note, "text_sealed")


def close_session(*, by: User, session: Session, ended_at: datetime, id: UUID | None = None) -> Session:
    """Say when it ended. Late entries stay possible until it is signed. Raises ValidationError."""
    check_moment(ended_at, "ended_at")
    with audit.change(by=by, reason="session closed"):
        held = hold(session)
        if not held.is_open:
            raise ValidationError(_("This session is already closed."))
        if ended_at < held.occurred_at:
            raise ValidationError({"ended_at": _("The end is before the start.")})
        held.ended_at = ended_at
        return update(held, ["ended_at"])
