"""What the pages of the gate show: each condition, the decisions so far, the overrides and who signed them."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.models import Signature
from clinic.permissions import Action, may_at
from clinic.services.participants import keys_of
from clinic.templatetags.afterward import pill, when
from sessions.gate import State, read_gate
from sessions.models import DoseDecision, GateOverride, Session
from sessions.pages import entry_context, identity_of
from sessions.record import Record, read_record

SIGNERS = 2
PILLS = {
    State.UNKNOWN: ("nobody", gettext_lazy("Not known")),
    State.RED: ("red", gettext_lazy("Red")),
    State.GREEN: ("ok", gettext_lazy("Green")),
    State.NOT_APPLICABLE: ("none", gettext_lazy("Does not apply")),
}
# Where a condition is solved: its kind, the name of the page, and whose id stands in its address.
PLACES = {
    "staff": ("sessions:attendance", "pk"),
    "vitals": ("sessions:vitals", "pk"),
    "finding": ("sessions:morning", "pk"),
    "medicines": ("sessions:medicines", "enrolment_id"),
    "decision": ("sessions:eligibility", "enrolment_id"),
    "consent": ("clinic:consents", "participant_id"),
}


def gate_context(request, session: Session) -> dict:
    """Everything on the page of the gate."""
    gate, record = read_gate(session.pk, timezone.now()), read_record(session.pk)
    may_decide = may_at(request.user, Action.AUTHORISE_DOSE, session.site_id) and session.is_open
    return {
        **identity_of(request, session.participant),
        "session": session,
        "participant": session.participant,
        "back": reverse("sessions:session", args=[session.pk]),
        "gate": gate,
        "closed": [condition(one, session, request.user) for one in gate.closed],
        "open": [condition(one, session, request.user) for one in gate.answers if not one.closed],
        "decisions": decisions(record),
        "overrides": [override(row, record, session, request.user) for row in record.rows("override")],
        "may_decide": may_decide,
        "may_override": may_decide and gate.may_override and not gate.is_open,
    }


def condition(one, session: Session, user) -> dict:
    """One condition for the page."""
    sign, word = PILLS[one.state]
    page, whose = PLACES.get(one.kind, ("", ""))
    may = may_at(user, Action.RECORD_SESSION, session.site_id)
    return {
        "title": one.title,
        "pill": pill(sign, str(word)),
        "why": one.why,
        "solve": one.solve if one.closed else "",
        "url": reverse(page, args=[getattr(session, whose)]) if page and one.closed and may else "",
        "source": one.source,
        "mark": one.mark,
    }


def decisions(record: Record) -> list[dict]:
    """What was decided so far, newest first."""
    rows = [row for row in record.rows("decision") if row.in_force]
    return [
        {
            "text": decided(row),
            "at": row.occurred_at,
            "by": record.people.get(row.recorded_by_id, ""),
            "words": record.key.open(row, "reason_sealed"),
            "override": row.override_id is not None,
        }
        for row in reversed(rows)
    ]


def decided(row: DoseDecision) -> str:
    """A decision in one line."""
    part = row.get_part_display()
    if row.dose_mg is None:
        return f"{row.get_outcome_display()}: {part}"
    return _("Authorised: %(part)s, %(substance)s, at most %(mg)s mg") % {
        "part": part,
        "substance": row.substance,
        "mg": row.amount,
    }


def override(row: GateOverride, record: Record, session: Session, user) -> dict:
    """An override, who signed it, and whether it holds."""
    signed = [one for one in record.rows("override_signature") if one.record_id == row.pk]
    missing = max(0, SIGNERS - len({one.signer_id for one in signed}))
    may_sign = may_at(user, Action.AUTHORISE_DOSE, session.site_id) and missing and row.in_force
    own = user.pk in {one.signer_id for one in signed}
    return {
        "facts": row.facts,
        "at": row.occurred_at,
        "reason": record.key.open(row, "reason_sealed"),
        "signed": [signature(one, session) for one in signed],
        "missing": missing,
        "in_force": row.in_force,
        "url": reverse("sessions:gate-countersign", args=[session.pk, row.pk])
        if may_sign and not own
        else "",
    }


def signature(one: Signature, session: Session) -> tuple[str, SafeString]:
    """Who signed, and when."""
    return one.signer_name, when(one.signed_at, session.site)


def override_context(request, found: GateOverride) -> dict:
    """The page on which the second person reads what is overridden, and signs."""
    session = found.session
    return {
        **entry_context(request, session, _("Sign the override as the second person"), _("Sign")),
        "back": reverse("sessions:gate", args=[session.pk]),
        "back_label": _("Gate"),
        "conditions": found.facts,
        "reason": keys_of(session.participant_id).open(found, "reason_sealed"),
        "asked_by": str(found.recorded_by),
    }


def complete_overrides(session: Session) -> dict[UUID, GateOverride]:
    """The overrides of a session that two people have signed; whether one covers the gate is the database's to say."""
    record = read_record(session.pk)
    signed: dict[UUID, set[UUID]] = {}
    for one in record.rows("override_signature"):
        signed.setdefault(one.record_id, set()).add(one.signer_id)
    return {
        row.pk: row
        for row in record.rows("override")
        if row.in_force and len(signed.get(row.pk, ())) >= SIGNERS
    }
