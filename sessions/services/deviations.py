"""Doses that nobody authorised: their reason is kept, the physicians are paged, and one of them reviews each."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import User
from clinic.services.participants import keys_of
from clinic.storing import update
from sessions.models import DoseAdministration, DoseDeviation, Session
from sessions.tasks import page_physicians


def note_deviation(session: Session, dose: DoseAdministration, reason: str) -> DoseDeviation | None:
    """Complete what the database wrote beside a dose, and page the physicians; None where it was authorised.

    The page joins the transaction: it leaves if, and only if, the dose is stored.
    """
    found = beside(dose)
    if found is None:
        return None
    if reason.strip():
        give_reason(session, found, reason)
    page_physicians.defer(site_id=str(found.site_id), deviation_id=str(found.pk))
    return found


def beside(dose: DoseAdministration) -> DoseDeviation | None:
    """What the database wrote beside a dose. Without an authorisation it always writes: that needs no question."""
    if dose.decision_id is None:
        return DoseDeviation(
            pk=dose.pk, site_id=dose.site_id, session_id=dose.session_id, dose=dose, kinds=["not-authorised"]
        )
    return DoseDeviation.objects.filter(pk=dose.pk).first()


def give_reason(session: Session, found: DoseDeviation, reason: str) -> None:
    """Seal the reason."""
    found.reason_sealed = keys_of(session.participant_id).seal(reason, found, "reason_sealed")
    update(found, ["reason_sealed"])


def explain(*, by: User, deviation: DoseDeviation, reason: str, id: UUID | None = None) -> DoseDeviation:
    """Say later why a dose was given without authorisation, once. Raises ValidationError."""
    with audit.change(by=by, reason="deviation explained"):
        held = hold(deviation)
        if held.reason_sealed is not None:
            raise ValidationError(_("The reason was given before."))
        give_reason(held.session, held, reason)
    return held


def review(*, by: User, deviation: DoseDeviation, words: str, id: UUID | None = None) -> DoseDeviation:
    """A physician has seen it and writes what follows. The mark on the session stays. Raises ValidationError."""
    with audit.change(by=by, reason="deviation reviewed"):
        held = hold(deviation)
        if held.reviewed_at is not None:
            raise ValidationError(_("Somebody has reviewed this before you."))
        held.reviewed_at, held.reviewed_by = timezone.now(), by
        held.review_sealed = keys_of(held.session.participant_id).seal(words, held, "review_sealed")
        return update(held, ["reviewed_at", "reviewed_by", "review_sealed"])


def hold(deviation: DoseDeviation) -> DoseDeviation:
    """The row as it is now, held until the end of the transaction."""
    rows = DoseDeviation.objects.select_related("session").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=deviation.pk)
