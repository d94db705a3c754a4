"""Picks decisions for pages: which one counts and why, who signed, and which wait for a second person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from clinic.models import Enrolment, Signature, User
from clinic.permissions import Action
from sessions.models import EligibilityDecision
from sessions.services.eligibility import ELIGIBILITY, why_no_second
from sessions.standing import Standing

WAITING_SHOWN = 50
SUPERSEDED = _("A later decision replaces this one.")
IN_ERROR = _("This decision was entered in error and does not count.")


def enrolment_of(user: User, pk: UUID, action: Action) -> Enrolment:
    """The enrolment, where this person may do this."""
    rows = Enrolment.objects.permitted(user, action).in_force()
    return get_object_or_404(rows.select_related("participant__site", "site", "programme"), pk=pk)


def decision_of(user: User, pk: UUID, action: Action) -> EligibilityDecision:
    """A decision, where this person may do this."""
    rows = EligibilityDecision.objects.permitted(user, action)
    whole = rows.select_related(
        "enrolment__participant__site", "enrolment__site", "enrolment__programme", "site"
    )
    return get_object_or_404(whole, pk=pk)


def words_for(decision: EligibilityDecision, standing: Standing) -> str:
    """How this decision stands, in words."""
    if not decision.in_force:
        return str(IN_ERROR)
    return standing.words if standing.decision == decision.pk else str(SUPERSEDED)


def signatures_of(decisions: Iterable[EligibilityDecision]) -> dict[UUID, list[Signature]]:
    """The signatures of these decisions, oldest first. One query."""
    found: dict[UUID, list[Signature]] = {one.pk: [] for one in decisions}
    for row in Signature.objects.filter(record=ELIGIBILITY, record_id__in=list(found)):
        found[row.record_id].append(row)
    return found


def signers(rows: Iterable[Signature], decision: EligibilityDecision) -> set[UUID]:
    """Who signed the decision as it is stored."""
    return {row.signer_id for row in rows if row.record_sha256 == decision.sha256}


def latest(rows: QuerySet) -> QuerySet:
    """The decisions in force that no later one of the same enrolment replaces."""
    later = EligibilityDecision.objects.in_force().filter(
        enrolment=OuterRef("enrolment"), occurred_at__gt=OuterRef("occurred_at")
    )
    return rows.in_force().exclude(Exists(later))  # type: ignore[attr-defined]


def half_signed(rows: QuerySet) -> QuerySet:
    """Those that override a rule and that one person alone has signed."""
    signed = (
        Signature.objects.filter(
            record=ELIGIBILITY, record_id=OuterRef("pk"), record_sha256=OuterRef("sha256")
        )
        .order_by()
        .values("record_id")
        .annotate(people=Count("signer", distinct=True))
        .values("people")
    )
    return rows.exclude(overridden=[]).annotate(signed=Coalesce(Subquery(signed), 0)).filter(signed__lt=2)


def waiting_for(user: User) -> list[EligibilityDecision]:
    """The decisions that this person may sign as the second. One query. Raises PermissionDenied."""
    rows = half_signed(latest(EligibilityDecision.objects.permitted(user, Action.DECIDE)))
    found = rows.select_related("enrolment__participant", "site", "recorded_by").order_by("occurred_at")
    # The one signature that is there is the decider's: a decision is signed as it is made.
    return [one for one in found[:WAITING_SHOWN] if not why_no_second(user, one, {one.recorded_by_id})]
