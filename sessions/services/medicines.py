"""Keeps the list of medicines and the clearances. The record names a medicine; it never says what to do with it."""

import hashlib
import json
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Enrolment, Signature, User
from clinic.services.participants import keys_of, today_at
from clinic.services.signing import confirm_signer
from clinic.storing import insert, insert_together
from clinic.times import check_moment
from clinic.uuid7 import uuid7
from sessions.models import Medication, MedicineClearance
from sessions.screening.matching import match

CLEARANCE = "clearance"
FORMAT = "afterward medicine clearance 1"


def record_medicine(
    *,
    by: User,
    enrolment: Enrolment,
    name: str,
    occurred_at: datetime,
    dose: str = "",
    last_taken_on: date | None = None,
    planned_stop_on: date | None = None,
    stopped: bool = False,
    resumed_on: date | None = None,
    prescriber_informed: bool | None = None,
    words: str = "",
    replaces: Medication | None = None,
    reason: str = "",
    id: UUID | None = None,
) -> Medication:
    """Put a medicine onto the list, or a corrected line in the place of a former one. Raises ValidationError."""
    check_moment(occurred_at, "occurred_at")
    check_days(enrolment, last_taken_on, resumed_on, stopped)
    check_former(enrolment, replaces, reason)
    with audit.change(by=by, reason=reason.strip() or "medicine recorded"):
        row = Medication(
            id=id or uuid7(),
            site_id=enrolment.site_id,
            enrolment=enrolment,
            occurred_at=occurred_at,
            recorded_by=by,
            name=name.strip(),
            substance=substance_of(name),
            dose=dose.strip(),
            last_taken_on=last_taken_on,
            planned_stop_on=planned_stop_on,
            stopped=stopped,
            resumed_on=resumed_on,
            prescriber_informed=prescriber_informed,
            replaces=replaces,
            reason=reason.strip() if replaces else "",
        )
        if words.strip():
            row.words_sealed = keys_of(enrolment.participant_id).seal(words.strip(), row, "words_sealed")
        return insert(row)


def substance_of(name: str) -> str:
    """The key of the one substance that a name means; "" for a class, a combination, and what nobody knows."""
    found = match(name)
    whole = len(found.substances) == 1 and not found.classes and not found.unknown
    return found.substances[0].key if whole else ""


def check_days(
    enrolment: Enrolment, last_taken_on: date | None, resumed_on: date | None, stopped: bool
) -> None:
    """What happened lies behind us; a plan may lie ahead. Raises ValidationError."""
    today = today_at(enrolment.site)
    if last_taken_on is not None and last_taken_on > today:
        raise ValidationError({"last_taken_on": _("This day lies ahead. Enter when it was last taken.")})
    if resumed_on is not None and resumed_on > today:
        raise ValidationError({"resumed_on": _("This day lies ahead. Enter when it was resumed.")})
    if resumed_on is not None and stopped:
        raise ValidationError({"resumed_on": _("What was resumed is taken. Say that it is still taken.")})


def check_former(enrolment: Enrolment, former: Medication | None, reason: str) -> None:
    """A line corrects one of the same person, and says why. Raises ValidationError."""
    if former is None:
        return
    if former.enrolment_id != enrolment.pk or not former.in_force:
        raise ValidationError(_("This does not replace a medicine that stands on the list."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this replaces what was known.")})


def clear_medicine(
    *, by: User, medication: Medication, words: str, password: str, id: UUID | None = None
) -> MedicineClearance:
    """A physician's signed word that a medicine does not stand in the way of a dose. Raises ValidationError, Throttled.

    It holds for this line of the list alone: a corrected line needs a clearance of its own.
    """
    confirm_signer(by=by, password=password)
    if not words.strip():
        raise ValidationError({"words": _("Write why it may stand.")})
    with audit.change(by=by, reason="medicine cleared"):
        if not Medication.objects.current().filter(pk=medication.pk).exists():
            raise ValidationError(_("This line was changed. Open the list again."))
        row = MedicineClearance(id=id or uuid7(), site_id=medication.site_id, medication=medication)
        row.occurred_at, row.recorded_by = timezone.now(), by
        key = keys_of(medication.enrolment.participant_id)
        row.words_sealed = key.seal(words.strip(), row, "words_sealed")
        row.sha256 = digest(row)
        insert_together([row, signature(by, row)])
    return row


def digest(row: MedicineClearance) -> str:
    """SHA-256 of what is signed: the line as it stands, the physician's sealed words, and when."""
    line = row.medication
    names = ("name", "substance", "dose", "stopped", "prescriber_informed")
    days = ("last_taken_on", "planned_stop_on", "resumed_on")
    body = {
        "format": FORMAT,
        "clearance": str(row.pk),
        "medication": str(line.pk),
        "occurred_at": row.occurred_at.isoformat(),
        "words": row.words_sealed.hex(),
        **{name: getattr(line, name) for name in names},
        **{name: day.isoformat() if (day := getattr(line, name)) else None for name in days},
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def signature(by: User, row: MedicineClearance) -> Signature:
    """The signature over a clearance, not yet stored."""
    return Signature(
        site_id=row.site_id,
        record=CLEARANCE,
        record_id=row.pk,
        signer=by,
        signer_name=str(by),
        meaning=Signature.Meaning.REVIEW,
        record_sha256=row.sha256,
    )
