"""Signs a session's record. A signature covers one version; an amendment makes the next."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Signature, User
from clinic.services.signing import confirm_signer
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions.models import Session
from sessions.record import Record, read_record
from sessions.services.sessions import hold

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
