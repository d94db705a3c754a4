"""Records consent kind by kind, withdraws it, and answers the one question: is it in force?"""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.consents.reading import FALLBACK
from clinic.consents.texts import SOURCE_STUDY, ConsentText, all_texts, text_of
from clinic.models import Consent, Participant, User
from clinic.services.participants import keys_of
from clinic.storing import insert, update
from clinic.times import check_moment


def consent_in_force(participant: Participant, kind: str, at: datetime | None = None) -> bool:
    """Whether the participant's consent of this kind is in force, now or at another moment. One query."""
    return Consent.objects.in_force_for(participant, kind, at).exists()


def record_consent(
    *,
    by: User | str,
    participant: Participant,
    kind: str,
    text_version: str,
    given_at: datetime,
    explained_by: User,
    language: str = FALLBACK,
    id: UUID | None = None,
) -> Consent:
    """Store a consent with the text that was explained. Raises ValidationError."""
    text = text_of(kind, text_version, language)
    if text is None or text.by_import:
        raise ValidationError({"text_version": _("There is no text of this kind, version and language.")})
    row = new_consent(participant, text, given_at)
    row.id, row.explained_by = id or row.id, explained_by
    with audit.change(by=by, reason="consent recorded"):
        return insert(row)


def new_consent(participant: Participant, text: ConsentText, given_at: datetime) -> Consent:
    """A consent, not yet stored. Raises ValidationError for a time that lies ahead."""
    check_moment(given_at, "given_at")
    return Consent(
        site_id=participant.site_id,
        participant=participant,
        kind=text.kind,
        text_version=text.version,
        language=text.language,
        text=text.whole,
        given_at=given_at,
    )


def source_consent(participant: Participant, on: date) -> Consent:
    """Consent to research as another study recorded it, for data that an import brings; not yet stored.

    A study gives a day and no hour: the day begins it, at the site. Nobody here explained it.
    """
    text = all_texts()[Consent.Kind.RESEARCH, SOURCE_STUDY, FALLBACK]
    return new_consent(
        participant, text, datetime.combine(on, time.min, ZoneInfo(participant.site.time_zone))
    )


def record_source_consent(*, by: User | str, participant: Participant, on: date) -> Consent:
    """Store the consent that another study recorded. Raises ValidationError."""
    with audit.change(by=by, reason="consent recorded"):
        return insert(source_consent(participant, on))


def withdraw_consent(*, by: User | str, consent: Consent, reason: str = "") -> Consent:
    """Withdraw a consent that is in force, with the participant's reason where one is given. Raises ValidationError."""
    with transaction.atomic(), audit.change(by=by, reason="consent withdrawn"):
        row = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        if row.withdrawn_at is not None:
            raise ValidationError(_("This consent was withdrawn before."))
        # A consent may have been given by a clock that runs ahead; that must not hold a withdrawal up.
        row.withdrawn_at = max(timezone.now(), row.given_at)
        if reason.strip():
            row.withdrawal_sealed = keys_of(row.participant_id).seal(reason.strip(), row, "withdrawal_sealed")
        return update(row, ["withdrawn_at", "withdrawal_sealed"])


def reason_of(consent: Consent) -> str:
    """Why it was withdrawn; "" where no reason was given."""
    if consent.withdrawal_sealed is None:
        return ""
    return keys_of(consent.participant_id).open(consent, "withdrawal_sealed")
