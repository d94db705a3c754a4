"""What a decision on eligibility must hold before it is stored: plain rules over the results and what was chosen."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.models import Enrolment, User
from clinic.permissions import Role, roles_at
from sessions.evidence import OTHER, Facts
from sessions.models import EligibilityDecision
from sessions.screening.verdicts import Verdict
from sessions.services.evaluation import Evaluation

Outcome = EligibilityDecision.Outcome
CHANGED = _(
    "The results changed since you opened this page. Nothing was stored. Read them again, then decide."
)
NO_RESULT = _("There is no such result.")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a decider chose. `weighed`, `overridden` and `reasons` are keys of results; `reasons` may hold "other"."""

    outcome: str
    rationale: str
    defer_until: dt.date | None
    reasons: Sequence[str]
    weighed: Sequence[str]
    overridden: Sequence[str]
    override_reason: str
    physician: User | None


def check_choice(choice: Choice, found: Evaluation, *, today: dt.date, overriders: Iterable[User]) -> None:
    """Raise ValidationError where the choice does not answer the results."""
    if not choice.rationale.strip():
        raise ValidationError({"rationale": _("Write why you decide so.")})
    check_named(choice, found)
    if choice.defer_until is not None:
        check_day(choice, today)
    if choice.outcome == Outcome.ELIGIBLE:
        check_eligible(choice, found, overriders)
    else:
        check_declined(choice)


def check_named(choice: Choice, found: Evaluation) -> None:
    """Whatever is named must be a result of that kind."""
    turning = [one["key"] for one in found.results if one["verdict"] != Verdict.CLEAR]
    allowed = {
        "weighed": found.keys(Verdict.SIGN_OFF),
        "overridden": found.blocking,
        "reasons": [*turning, OTHER],
    }
    for name, keys in allowed.items():
        if not set(getattr(choice, name)) <= set(keys):
            raise ValidationError({name: NO_RESULT})


def check_day(choice: Choice, today: dt.date) -> None:
    if choice.outcome != Outcome.DEFER:
        raise ValidationError({"defer_until": _("Leave the day empty unless you defer.")})
    if choice.defer_until is not None and choice.defer_until <= today:
        raise ValidationError({"defer_until": _("Enter a day after today.")})


def check_declined(choice: Choice) -> None:
    """Somebody who is turned away is told why, and the register counts it."""
    if not choice.reasons:
        raise ValidationError({"reasons": _("Name what turned this person away, or “another reason”.")})
    if choice.overridden or choice.override_reason.strip() or choice.physician:
        raise ValidationError({"overridden": _("Only a decision for eligible overrides a rule.")})


def check_eligible(choice: Choice, found: Evaluation, overriders: Iterable[User]) -> None:
    if choice.reasons:
        raise ValidationError({"reasons": _("Reasons are named when somebody is turned away.")})
    missing = [key for key in found.keys(Verdict.SIGN_OFF) if key not in choice.weighed]
    if missing:
        raise not_weighed(found, missing)
    standing = [key for key in found.blocking if key not in choice.overridden]
    if standing:
        raise in_the_way(found, standing)
    if choice.overridden or choice.override_reason.strip() or choice.physician:
        check_override(choice, overriders)


def check_override(choice: Choice, overriders: Iterable[User]) -> None:
    if not choice.overridden:
        raise ValidationError({"overridden": _("Name the rule that is overridden.")})
    if choice.physician is None:
        raise ValidationError({"physician": _("Name the physician who answers for overriding.")})
    if choice.physician not in overriders:
        raise ValidationError({"physician": _("The protocol does not name this person's role for that.")})


def not_weighed(found: Evaluation, keys: Iterable[str]) -> ValidationError:
    return ValidationError(
        {
            "weighed": _("Weigh each of these and tick it. Open: %(open)s")
            % {"open": sentences(found.results, keys)}
        }
    )


def in_the_way(found: Evaluation, keys: Iterable[str]) -> ValidationError:
    return ValidationError(
        {
            "overridden": _(
                "These stand in the way of “eligible”: %(open)s Override each by name, or decide otherwise."
            )
            % {"open": sentences(found.results, keys)}
        }
    )


def sentences(results: Iterable[Facts], keys: Iterable[str]) -> str:
    """The sentences of the results with these keys."""
    wanted = set(keys)
    return " ".join(one["sentence"] for one in results if one["key"] in wanted)


def check_role(by: User, enrolment: Enrolment, named: Iterable[str]) -> None:
    """The protocol says whose role decides. Raises ValidationError, which names the roles."""
    if reason := why_not(by, enrolment, named):
        raise ValidationError(reason, code="role")


def why_not(by: User, enrolment: Enrolment, named: Iterable[str]) -> str:
    """Why this person may not decide here, in words; "" where the protocol names a role of theirs."""
    wanted, held = set(named), roles_at(by, enrolment.site_id, enrolment.programme_id)
    if wanted & held:
        return ""
    return str(_("The protocol lets these roles decide here: %(named)s. Yours: %(held)s.")) % {
        "named": role_names(wanted),
        "held": role_names(held),
    }


def role_names(roles: Iterable[str]) -> str:
    """Roles as they are read, in the order of the grid."""
    wanted = set(roles)
    return ", ".join(str(role.label) for role in Role if role in wanted) or "–"
