"""Decides whether somebody is dosed at all, lets a second person sign where a rule is overridden, withdraws a decision.

A decision is signed as it is made. It freezes its evidence, and a later decision corrects it; nothing rewrites it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Enrolment, Membership, Signature, User
from clinic.permissions import Action, may_at, roles_at
from clinic.services.participants import keys_of, read_identity, today_at
from clinic.services.signing import confirm_signer
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions import evidence
from sessions.deciding import CHANGED, Choice, check_choice, check_role, role_names
from sessions.evidence import Facts
from sessions.models import EligibilityDecision
from sessions.services.evaluation import Evaluation, evaluate_enrolment

ELIGIBILITY = "eligibility"
PURPOSE = "age for the screening rules"

__all__ = [
    "ELIGIBILITY",
    "Evaluation",
    "countersign",
    "decide",
    "evaluate_enrolment",
    "holders",
    "withdraw_decision",
]


def decide(
    *,
    by: User,
    enrolment: Enrolment,
    results_sha256: str,
    outcome: str,
    rationale: str,
    password: str,
    defer_until: dt.date | None = None,
    dosing_on: dt.date | None = None,
    reasons: Sequence[str] = (),
    weighed: Sequence[str] = (),
    overridden: Sequence[str] = (),
    override_reason: str = "",
    physician: User | None = None,
    id: UUID | None = None,
) -> EligibilityDecision:
    """Store and sign a decision on the results that the decider saw. Raises ValidationError, Throttled.

    `results_sha256` is the digest that was shown: with other results nothing is stored. `password` may be a code.
    """
    choice = Choice(
        outcome=outcome,
        rationale=rationale,
        defer_until=defer_until,
        reasons=tuple(reasons),
        weighed=tuple(weighed),
        overridden=tuple(overridden),
        override_reason=override_reason,
        physician=physician,
    )
    confirm_signer(by=by, password=password)
    with audit.change(by=by, reason="eligibility decided"):
        # Taken before the lock: what was recorded since is newer than the decision, for the gate too.
        at, held = timezone.now(), hold(enrolment)
        found = evaluate_enrolment(held, at, born=born_of(by, held), dosing_on=dosing_on)
        check(by, held, choice, found, results_sha256)
        decision = insert(row_of(by, held, choice, found, at, id or uuid7()))
        insert(signature_of(by, decision, Signature.Meaning.AUTHOR))
    return decision


def hold(enrolment: Enrolment) -> Enrolment:
    """The enrolment, held until the end of the transaction. Raises ValidationError where it does not count.

    Held whole: a finding or another decision for it waits, for its foreign key asks for this row.
    """
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related(
        "participant__site", "site", "programme"
    )
    held = rows.get(pk=enrolment.pk)
    if not held.in_force:
        raise ValidationError(_("This enrolment was entered in error."))
    return held


def born_of(by: User, enrolment: Enrolment) -> dt.date | None:
    """The birth date, for those who may read it; the reading leaves an access event."""
    if not may_at(by, Action.READ_IDENTITY, enrolment.site_id):
        return None
    found = read_identity(by=by, participant=enrolment.participant, purpose=PURPOSE).get("birth_date")
    return dt.date.fromisoformat(found) if found else None


def check(by: User, held: Enrolment, choice: Choice, found: Evaluation, results_sha256: str) -> None:
    """Whether this person may store this choice on these results. Raises ValidationError."""
    screening = found.protocol.screening
    check_role(by, held, screening.deciders)
    if results_sha256 != found.sha256:
        raise ValidationError({"results_sha256": CHANGED}, code="changed")
    overriders = holders(held, screening.overriders).values() if choice.physician else ()
    check_choice(choice, found, today=today_at(held.site), overriders=overriders)


def row_of(
    by: User, held: Enrolment, choice: Choice, found: Evaluation, at: dt.datetime, id: UUID
) -> EligibilityDecision:
    """The decision with its evidence; the signatures cover outcome, results and the sealed words alike."""
    row = EligibilityDecision(
        id=id,
        site_id=held.site_id,
        enrolment=held,
        protocol=found.version,
        rules=found.facts["versions"]["rules"],
        outcome=choice.outcome,
        defer_until=choice.defer_until,
        reasons=evidence.rules_named(choice.reasons),
        overridden=evidence.rules_named(choice.overridden),
        occurred_at=at,
        recorded_at=at,
        recorded_by=by,
    )
    key = keys_of(held.participant_id)
    row.rationale_sealed = key.seal(choice.rationale.strip(), row, "rationale_sealed")
    if why := choice.override_reason.strip():
        row.override_sealed = key.seal(why, row, "override_sealed")
    row.evidence = evidence.canonical({**found.facts, "decision": decision_facts(by, held, choice, row)})
    row.sha256 = evidence.digest(row.evidence)
    return row


def decision_facts(by: User, held: Enrolment, choice: Choice, row: EligibilityDecision) -> Facts:
    """What was decided, in words. Of the sealed texts it holds the digest of what is stored, which tells nothing."""
    physician = choice.physician
    return {
        "id": str(row.pk),
        "at": evidence.utc(row.occurred_at),
        "outcome": row.outcome,
        "label": str(row.get_outcome_display()),
        "defer_until": evidence.date_text(row.defer_until),
        "by": {"id": str(by.pk), "name": str(by)},
        "roles": role_names(roles_at(by, held.site_id, held.programme_id)),
        "weighed": sorted(choice.weighed),
        "reasons": sorted(choice.reasons),
        "overridden": sorted(choice.overridden),
        "physician": {"id": str(physician.pk), "name": str(physician)} if physician else None,
        "rationale_sha256": evidence.digest(bytes(row.rationale_sealed)),
        "override_sha256": evidence.digest(bytes(row.override_sealed)) if row.override_sealed else None,
    }


def holders(enrolment: Enrolment, roles: Iterable[str]) -> dict[UUID, User]:
    """Those who hold one of these roles for this enrolment today, by id. One query."""
    held = (
        Membership.objects.in_force()
        .filter(site_id=enrolment.site_id, role__in=list(roles), user__is_active=True)
        .select_related("user")
        .order_by("user__name")
    )
    reach = (None, enrolment.programme_id)
    return {one.user_id: one.user for one in held if one.programme_id in reach}


def signature_of(by: User, decision: EligibilityDecision, meaning: str, id: UUID | None = None) -> Signature:
    return Signature(
        id=id or uuid7(),
        site_id=decision.site_id,
        record=ELIGIBILITY,
        record_id=decision.pk,
        signer=by,
        signer_name=str(by),
        meaning=meaning,
        record_sha256=decision.sha256,
    )


def countersign(
    *, by: User, decision: EligibilityDecision, password: str, id: UUID | None = None
) -> Signature:
    """The second signature, which an overridden rule needs. Raises ValidationError, Throttled."""
    confirm_signer(by=by, password=password)
    with audit.change(by=by, reason="eligibility countersigned"):
        held = EligibilityDecision.objects.select_for_update(of=("self",), no_key=True).get(pk=decision.pk)
        held.enrolment = decision.enrolment
        if reason := why_no_second(by, held, signers_of(held)):
            raise ValidationError(reason)
        return insert(signature_of(by, held, Signature.Meaning.REVIEW, id))


def signers_of(decision: EligibilityDecision) -> set[UUID]:
    """Who signed this decision as it is stored. One query."""
    rows = Signature.objects.filter(record=ELIGIBILITY, record_id=decision.pk, record_sha256=decision.sha256)
    return set(rows.values_list("signer_id", flat=True))


def why_no_second(by: User, decision: EligibilityDecision, signers: set[UUID]) -> str:
    """Why this person cannot give the second signature, in words; "" where they can."""
    if not decision.in_force:
        return str(_("This decision was entered in error."))
    if by.pk in signers:
        return str(_("You signed this decision. Another person has to sign."))
    if len(signers) >= decision.signers_needed:
        return str(_("This decision needs no more signatures."))
    if evidence.digest(decision.evidence) != decision.sha256:
        return str(_("This decision was altered. Tell your administrator."))
    return not_named(by, decision, evidence.read(decision.evidence))


def not_named(by: User, decision: EligibilityDecision, facts: Facts) -> str:
    """The named physician signs, unless they decided; then anybody whose role the protocol names."""
    physician, decider = facts["decision"]["physician"], facts["decision"]["by"]
    if physician and physician["id"] not in (str(by.pk), decider["id"]):
        return str(_("%(name)s answers for overriding and signs.")) % {"name": physician["name"]}
    named = {*facts["protocol"]["deciders"], *facts["protocol"]["overriders"]}
    if named & roles_at(by, decision.site_id, decision.enrolment.programme_id):
        return ""
    return str(_("The protocol lets these roles sign here: %(named)s.")) % {"named": role_names(named)}


def withdraw_decision(
    *, by: User, decision: EligibilityDecision, reason: str, id: UUID | None = None
) -> None:
    """Mark a decision as entered in error, once. The one before it counts again. Raises ValidationError."""
    facts = evidence.read(decision.evidence)
    check_role(by, decision.enrolment, facts["protocol"]["deciders"])
    with audit.change(by=by, reason=reason):
        standing = EligibilityDecision.objects.in_force().filter(pk=decision.pk)
        # The condition decides, not a look beforehand: two at once would both have looked.
        if not standing.update(
            entered_in_error_at=timezone.now(), entered_in_error_by=by, entered_in_error_reason=reason[:500]
        ):
            raise ValidationError(_("This decision was marked as entered in error before."))
