"""Makes and withdraws check-in links. Only the digest of a link's secret is kept."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Consent, Enrolment, User
from clinic.services.consents import consent_in_force
from clinic.storing import insert, update
from clinic.uuid7 import uuid7
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument
from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN
from outcomes.instruments.wordings import wording_at
from outcomes.models import CheckIn
from outcomes.services.permissions import granted_to
from sessions.models import DoseAdministration

LONGEST_HOURS = 7 * 24
TABLET_HOURS = 2
NO_READER = _(
    "Check-in links can be made in the demo only: no safety question without a reader, "
    "and nothing here alerts the team yet."
)
NO_CONSENT = _(
    "Consent to follow-up contact is not in force, so no link can be made. Explain it, and record the consent first."
)


class State(StrEnum):
    """Where a check-in stands."""

    PLANNED = "planned"
    OPENED = "opened"
    ANSWERED = "answered"
    EXPIRED = "expired"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


def state_of(check_in: CheckIn, now: datetime | None = None) -> State:
    """Planned, opened, answered; expired after it was opened, missed where it never was; or withdrawn."""
    if check_in.submitted_at:
        return State.ANSWERED
    if check_in.withdrawn_at:
        return State.WITHDRAWN
    if check_in.expires_at <= (now or timezone.now()):
        return State.EXPIRED if check_in.opened_at else State.MISSED
    return State.OPENED if check_in.opened_at else State.PLANNED


def digest_of(secret: str) -> str:
    """What is stored of a secret: its SHA-256. The secret has 256 bits, so it needs no salt."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def address_of(secret: str) -> str:
    """The link as the participant gets it."""
    return f"{settings.SITE_URL}/c/{secret}/"


def make_check_in(
    *,
    by: User,
    enrolment: Enrolment,
    hours: int = 24,
    id: UUID | None = None,
    instruments: Sequence[str] = (DAILY_CHECKIN.key,),
    way: str = CheckIn.Way.LINK,
) -> tuple[CheckIn, str]:
    """Store a link's digest and give its secret, this once. Raises ValidationError.

    On a tablet that is handed over somebody reads the answers at once, so it needs no demo.
    """
    if way == CheckIn.Way.LINK and not (settings.DEMO and enrolment.programme.demo):
        raise ValidationError(NO_READER, code="no-reader")
    refuse_unaskable(enrolment, instruments, way)
    if not 1 <= hours <= LONGEST_HOURS:
        raise ValidationError({"hours": _("A link lasts from 1 to 168 hours.")})
    if not consent_in_force(enrolment.participant, Consent.Kind.FOLLOW_UP):
        raise ValidationError(NO_CONSENT, code="no-consent")
    secret, now = secrets.token_urlsafe(32), timezone.now()
    row = CheckIn(
        id=id or uuid7(),
        site_id=enrolment.site_id,
        enrolment=enrolment,
        token_digest=digest_of(secret),
        day=day_after_dose(enrolment, now),
        instruments=list(instruments),
        way=way,
        opened_at=now if way == CheckIn.Way.TABLET else None,
        made_by=by,
        expires_at=now + timedelta(hours=hours),
    )
    with audit.change(by=by, reason="check-in link made"):
        return insert(row), secret


def askable(enrolment: Enrolment, way: str) -> list[Instrument]:
    """The instruments that the participant may be asked in this way, in the participant's language or in English."""
    language, granted = enrolment.participant.language, granted_to(enrolment)
    return [
        instrument
        for instrument in registry.all()
        if not instrument.clinician_rated
        and not (instrument.staff_asks and way == CheckIn.Way.LINK)
        and wording_at(instrument, language, granted)
    ]


def refuse_unaskable(enrolment: Enrolment, keys: Sequence[str], way: str) -> None:
    """Raise ValidationError unless these are some instruments, each once, whose words may be shown in this way."""
    known = {instrument.key for instrument in askable(enrolment, way)}
    if not keys or len(set(keys)) != len(keys) or not set(keys) <= known:
        raise ValidationError(
            {"instruments": _("Choose one or more instruments whose text may be shown, each once.")}
        )


def day_after_dose(enrolment: Enrolment, now: datetime) -> int | None:
    """Whole days since the last dose, in the participant's time zone; None before any dose."""
    doses = DoseAdministration.objects.in_force().filter(
        session__enrolment=enrolment, session__entered_in_error_at=None, occurred_at__lte=now
    )
    last = doses.order_by("-occurred_at").values_list("occurred_at", flat=True).first()
    if last is None:
        return None
    with timezone.override(enrolment.participant.time_zone):
        return (timezone.localdate(now) - timezone.localdate(last)).days


def withdraw_check_in(*, by: User | str, check_in: CheckIn) -> CheckIn:
    """End a link before its time. Raises ValidationError where it has ended already."""
    with audit.change(by=by, reason="check-in link withdrawn"):
        row = CheckIn.objects.select_for_update(of=("self",)).get(pk=check_in.pk)
        if state_of(row) not in {State.PLANNED, State.OPENED}:
            raise ValidationError(_("This link has already ended."))
        row.withdrawn_at = timezone.now()
        return update(row, ["withdrawn_at"])
