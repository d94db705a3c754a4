"""Authorises a dose, withholds it, and overrides the gate with two signatures. The database refuses what the gate does not let through."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Signature, User
from clinic.services.participants import keys_of
from clinic.services.signing import confirm_signer
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions.gate import Gate, read_gate
from sessions.models import DoseAdministration, DoseDecision, GateOverride, Session
from sessions.services.sessions import check_time, hold

OVERRIDE = "gate-override"
LEAST_REASON = 10


def decide_dose(
    *,
    by: User,
    session: Session,
    outcome: str,
    part: str,
    substance: str,
    password: str,
    dose_mg: Decimal | None = None,
    reason: str = "",
    override: GateOverride | None = None,
    occurred_at: datetime | None = None,
    id: UUID | None = None,
) -> DoseDecision:
    """Authorise a dose of at most `dose_mg`, or say that it is withheld or was declined, and why.

    Raises ValidationError: the gate is closed and no complete override covers it, the protocol does not name the
    person's role, or an answer is missing. A dose that was taken already is recorded, not authorised.
    """
    confirm_signer(by=by, password=password)
    at = occurred_at or timezone.now()
    with audit.change(by=by, reason=f"dose {outcome}"):
        held = hold(session)
        check_time(held, at)
        gate = read_gate(held.pk, at)
        row = DoseDecision(
            id=id or uuid7(),
            site_id=held.site_id,
            session=held,
            recorded_by=by,
            occurred_at=at,
            outcome=outcome,
            part=part,
            substance=substance,
            dose_mg=dose_mg,
            override=override,
            gate=gate.frozen(),
        )
        row.reason_sealed = sealed_reason(row, reason, needed=outcome != DoseDecision.Outcome.AUTHORISED)
        return insert(row)


def unused_authorisations(session_id: UUID) -> dict[UUID, DoseDecision]:
    """The authorisations of a session under which no dose was recorded yet. One query."""
    rows = DoseDecision.objects.in_force().filter(
        session_id=session_id, outcome=DoseDecision.Outcome.AUTHORISED
    )
    taken = DoseAdministration.objects.in_force().filter(decision=OuterRef("pk"))
    return {row.pk: row for row in rows.exclude(Exists(taken))}


def sealed_reason(row: DoseDecision, reason: str, *, needed: bool) -> bytes | None:
    """The reason as it is stored. Raises ValidationError where it is needed and missing."""
    if not reason.strip():
        if needed:
            raise ValidationError({"reason": _("Say why no dose is given.")})
        return None
    return keys_of(row.session.participant_id).seal(reason, row, "reason_sealed")


def ask_override(
    *, by: User, session: Session, reason: str, password: str, id: UUID | None = None
) -> GateOverride:
    """Ask to open the gate against everything that closes it now; the asker signs. Raises ValidationError.

    It holds once a second person has signed, one of the two in a role that the protocol names, for twelve hours.
    """
    confirm_signer(by=by, password=password)
    if len(reason.strip()) < LEAST_REASON:
        raise ValidationError({"reason": _("Say in at least ten letters why the gate is overridden.")})
    with audit.change(by=by, reason="gate override asked for"):
        gate = read_gate(session.pk, timezone.now())
        check_may_override(gate)
        row = GateOverride(
            id=id or uuid7(),
            site_id=session.site_id,
            session=session,
            recorded_by=by,
            occurred_at=gate.at,
            conditions=[one.key for one in gate.closed],
            facts=[one.frozen() for one in gate.closed],
        )
        row.reason_sealed = keys_of(session.participant_id).seal(reason, row, "reason_sealed")
        row.sha256 = digest(row)
        insert(row)
        sign(by, row, Signature.Meaning.AUTHOR)
    return row


def check_may_override(gate: Gate) -> None:
    """There is something to override, and the protocol allows it. Raises ValidationError."""
    if gate.protocol_id is None or not gate.may_override:
        raise ValidationError(_("The protocol of this programme allows no override."))
    if gate.is_open:
        raise ValidationError(_("Every condition is met: there is nothing to override."))


def digest(row: GateOverride) -> str:
    """What the signatures of an override cover: its conditions as they were worded, and the sealed reason."""
    body = {
        "format": "afterward gate override 1",
        "id": str(row.pk),
        "session": str(row.session_id),
        "conditions": row.conditions,
        "facts": row.facts,
        "reason": hashlib.sha256(bytes(row.reason_sealed)).hexdigest(),
    }
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def countersign_override(
    *, by: User, override: GateOverride, password: str, id: UUID | None = None
) -> Signature:
    """The second signature. Raises ValidationError for the person who signed first."""
    confirm_signer(by=by, password=password)
    with audit.change(by=by, reason="gate override countersigned"):
        if not override.in_force:
            raise ValidationError(_("This override was entered in error."))
        return sign(by, override, Signature.Meaning.REVIEW, id)


def sign(by: User, row: GateOverride, meaning: str, id: UUID | None = None) -> Signature:
    """A signature over an override. Raises ValidationError for a second one by the same person."""
    return insert(
        Signature(
            id=id or uuid7(),
            site_id=row.site_id,
            record=OVERRIDE,
            record_id=row.pk,
            signer=by,
            signer_name=str(by),
            meaning=meaning,
            record_sha256=row.sha256,
        )
    )
