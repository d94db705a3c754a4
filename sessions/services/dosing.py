"""Records vital signs and doses."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import User
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions.models import DoseAdministration, DoseDecision, Session, VitalSign
from sessions.services.deviations import note_deviation
from sessions.services.sessions import take_entry


def record_vitals(
    *,
    by: User,
    session: Session,
    occurred_at: datetime,
    systolic_mmhg: int | None = None,
    diastolic_mmhg: int | None = None,
    pulse_bpm: int | None = None,
    temperature_c: Decimal | None = None,
    spo2_percent: int | None = None,
    reason: str = "",
    id: UUID | None = None,
) -> VitalSign:
    """One reading: mmHg, beats a minute, degrees Celsius, per cent; None is not taken. Raises ValidationError."""
    with audit.change(by=by, reason=reason or "vital signs recorded"):
        take_entry(session, occurred_at, reason)
        return insert(
            VitalSign(
                id=id or uuid7(),
                site_id=session.site_id,
                session=session,
                recorded_by=by,
                occurred_at=occurred_at,
                systolic_mmhg=systolic_mmhg,
                diastolic_mmhg=diastolic_mmhg,
                pulse_bpm=pulse_bpm,
                temperature_c=temperature_c,
                spo2_percent=spo2_percent,
            )
        )


def record_dose(
    *,
    by: User,
    session: Session,
    occurred_at: datetime,
    dose_mg: Decimal,
    substance: str,
    part: str,
    given_by: User,
    witnessed_by: User | None = None,
    lot: str = "",
    decision: DoseDecision | None = None,
    deviation_reason: str = "",
    reason: str = "",
    id: UUID | None = None,
) -> DoseAdministration:
    """A dose that was given, in mg. Without an authorisation that fits it is a deviation, and never refused for that.

    Raises ValidationError for what cannot have happened, such as a time that lies ahead.
    """
    check_witness(given_by, witnessed_by)
    with audit.change(by=by, reason=reason or "dose recorded"):
        take_entry(session, occurred_at, reason)
        given = insert(
            DoseAdministration(
                id=id or uuid7(),
                site_id=session.site_id,
                session=session,
                recorded_by=by,
                occurred_at=occurred_at,
                dose_mg=dose_mg,
                substance=substance,
                part=part,
                given_by=given_by,
                witnessed_by=witnessed_by,
                lot=lot,
                decision=decision,
            )
        )
        note_deviation(session, given, deviation_reason)
    return given


def check_witness(given_by: User, witnessed_by: User | None) -> None:
    """Two people are two people. Raises ValidationError."""
    if witnessed_by is not None and witnessed_by.pk == given_by.pk:
        raise ValidationError({"witnessed_by": _("The second person must be somebody else.")})
