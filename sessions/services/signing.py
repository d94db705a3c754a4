"""Signs a session's record and amends it. A signature covers one version; an amendment makes the next."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Signature, User
from clinic.services.signing import confirm_signer
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions.models import Amendment, Attendance, DoseAdministration, LogEntry, Session
from sessions.models.sessions import SessionRow
from sessions.record import Record, read_record
from sessions.services.dosing import check_witness
from sessions.services.sessions import check_leaving, check_time, hold, seal_text

SIGNERS_NEEDED: dict[str, int] = {Session.Kind.DOSING.value: 2}


def sign_session(
    *, by: User, session: Session, meaning: str, password: str, id: UUID | None = None
) -> Signature:
    """Sign the record as it stands, with the password or a code asked again. Raises ValidationError, Throttled."""
    confirm_signer(by=by, password=password)
    with audit.change(by=by, reason="session signed"):
        if hold(session).is_open:
            raise ValidationError(_("Close the session first. What is still going on cannot be signed."))
        return insert(
            Signature(
                id=id or uuid7(),
                site_id=session.site_id,
                record="session",
                record_id=session.pk,
                signer=by,
                signer_name=str(by),
                meaning=meaning,
                record_sha256=read_record(session.pk).sha256,
            )
        )


def signatures_missing(session: Session, record: Record) -> int:
    """How many more people must sign the record as it stands. A dosing session needs two."""
    signers = {row["signer_id"] for row in record.raw["signature"] if row["record_sha256"] == record.sha256}
    return max(0, SIGNERS_NEEDED.get(session.kind, 1) - len(signers))


def amend(
    *, by: User, row: SessionRow, values: dict[str, object], reason: str, id: UUID | None = None
) -> SessionRow:
    """Replace an entry: the old one stays, marked, and an Amendment says why. Raises ValidationError.

    `values` holds every field that a person enters for this kind of entry. Signatures of the former version
    remain and no longer cover the record.
    """
    with audit.change(by=by, reason=reason):
        mark_error(by, row, reason)
        new = type(row)(id=id or uuid7(), site_id=row.site_id, session=row.session, recorded_by=by)
        new.replaces = row
        fill(new, row, values)
        insert(new)
        insert(
            Amendment(
                site_id=row.site_id,
                session=row.session,
                table=row._meta.db_table,
                old_row=row.pk,
                new_row=new.pk,
                reason=reason,
                by=by,
            )
        )
    return new


def mark_error(by: User, row: SessionRow, reason: str) -> None:
    """Mark an entry as entered in error, once. Raises ValidationError."""
    former = type(row).objects.filter(pk=row.pk, entered_in_error_at=None)
    # The condition decides, not a look beforehand: two amendments at once would both have looked.
    if not former.update(
        entered_in_error_at=timezone.now(), entered_in_error_by=by, entered_in_error_reason=reason[:500]
    ):
        raise ValidationError(_("This entry was amended before. Open the session again."))


def fill(new: SessionRow, old: SessionRow, values: dict[str, object]) -> None:
    """Put the amended values into the new row under the same rules as a first entry. Raises ValidationError."""
    for name, value in values.items():
        if name != "text":
            setattr(new, name, value)
    check_time(old.session, new.occurred_at)
    if isinstance(new, Attendance):
        check_leaving(new.occurred_at, new.left_at)
    if isinstance(new, DoseAdministration):
        check_witness(new.given_by, new.witnessed_by)
    if isinstance(new, LogEntry) and isinstance(old, LogEntry):
        new.private = old.private
        new.text_sealed = seal_text(old.session, new, str(values["text"]))
