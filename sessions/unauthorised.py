"""What marks a session for ever: doses that nobody authorised, and gates that were overridden."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from clinic.envelope import ParticipantKey
from clinic.permissions import Action, may_at
from clinic.templatetags.afterward import clock
from sessions.models import DoseAdministration, DoseDeviation
from sessions.record import Record
from sessions.shown import Shown


def deviations(shown: Shown) -> list[dict]:
    """Doses that nobody authorised, or not like this."""
    rows = shown.record.rows("deviation")
    if not rows:
        return []
    doses = {row.pk: row for row in shown.record.rows("dose")}
    return [deviation(shown, row, doses[row.dose_id], shown.record.key) for row in rows]


def deviation(shown: Shown, row: DoseDeviation, dose: DoseAdministration, key: ParticipantKey) -> dict:
    """One of them: what differs, why, and who reviewed it."""
    session, user, at = shown.session, shown.user, [shown.session.pk, row.pk]
    may_say = may_at(user, Action.RECORD_DOSE, session.site_id) and row.reason_sealed is None
    may_review = may_at(user, Action.REVIEW_DEVIATION, session.site_id)
    return {
        "dose": format_html("{} {}, {}", dose, dose.substance, clock(dose.occurred_at, session.site)),
        "words": row.words(),
        "reason": key.open(row, "reason_sealed"),
        "reviewed": reviewed(shown, row, key),
        "explain_url": reverse("sessions:deviation-explain", args=at) if may_say else "",
        "review_url": reverse("sessions:deviation-review", args=at) if may_review else "",
    }


def reviewed(shown: Shown, row: DoseDeviation, key: ParticipantKey) -> str:
    """Who reviewed it and what they wrote; "" for nobody yet."""
    if row.reviewed_at is None:
        return ""
    words = {"name": shown.name(row.reviewed_by_id), "words": key.open(row, "review_sealed")}
    return _("Reviewed by %(name)s: %(words)s") % words


def overridden(record: Record) -> list[str]:
    """The conditions against which a dose was authorised."""
    used = {row.override_id for row in record.rows("decision") if row.override_id}
    return [
        ", ".join(fact["title"] for fact in row.facts) for row in record.rows("override") if row.pk in used
    ]
