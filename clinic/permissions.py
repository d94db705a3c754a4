"""Who may do what: one grid, asked once, by every page, endpoint, template and test."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from clinic.models.accounts import Membership, User
    from clinic.models.base import SiteQuerySet

Rows = TypeVar("Rows", bound="SiteQuerySet[Any]")


class Role(models.TextChoices):
    """What somebody does at a site. Held through a Membership, with an end."""

    THERAPIST = "therapist", _("Therapist")
    PHYSICIAN = "physician", _("Physician")
    RATER = "rater", _("Rater, blinded")
    PHARMACIST = "pharmacist", _("Pharmacist")
    SCHEDULER = "scheduler", _("Scheduler")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    PRIVACY = "privacy", _("Privacy officer")
    LEAD = "lead", _("Independent lead")


class Action(StrEnum):
    """Everything that the grid decides. The value is printed in the README."""

    READ_PARTICIPANT = "find a participant and see the course of treatment"
    READ_IDENTITY = "see name, birth date and contact"
    ENROL = "add a participant, enrol, record consent"
    READ_SESSION = "read sessions"
    RECORD_SESSION = "open, record and close sessions"
    RECORD_DOSE = "record a dose"
    SIGN_SESSION = "sign and amend sessions"
    READ_SCREENING = "read screening, medicines and eligibility"
    RECORD_SCREENING = "record findings and medicines"
    CLEAR_MEDICINE = "clear a medicine before a dose"
    DECIDE = "decide eligibility and countersign, where the protocol names the role"
    AUTHORISE_DOSE = "authorise a dose and override the gate, where the protocol names the role"
    REVIEW_DEVIATION = "review a dose that nobody authorised"
    READ_REGISTER = "count who was eligible, declined and deferred, without identity"
    READ_PROTOCOL = "read protocols"
    READ_OUTCOMES = "read assessments and check-ins"
    RECORD_OUTCOMES = "record assessments"
    RATE = "record a rating as a blinded rater"
    SEND_CHECK_IN = "make and withdraw check-in links"
    READ_RESEARCH = "read outcome data without identity"
    IMPORT_OUTCOMES = "import outcome data"
    EXPORT_OUTCOMES = "export outcome data without identity"
    MANAGE_ACCOUNTS = "manage accounts and roles"
    MANAGE_INSTRUMENTS = "record permissions for questionnaires"
    READ_AUDIT = "read the audit"


_TREATING = frozenset({Role.THERAPIST, Role.PHYSICIAN})

GRANTS: dict[Action, frozenset[Role]] = {
    Action.READ_PARTICIPANT: _TREATING
    | {Role.RATER, Role.PHARMACIST, Role.SCHEDULER, Role.AUDITOR, Role.PRIVACY},
    Action.READ_IDENTITY: _TREATING | {Role.PHARMACIST, Role.SCHEDULER, Role.PRIVACY},
    Action.ENROL: _TREATING | {Role.SCHEDULER},
    Action.READ_SESSION: _TREATING | {Role.PHARMACIST, Role.AUDITOR},
    Action.RECORD_SESSION: _TREATING,
    Action.RECORD_DOSE: _TREATING,
    Action.SIGN_SESSION: _TREATING,
    Action.READ_SCREENING: _TREATING | {Role.PHARMACIST, Role.AUDITOR},
    Action.RECORD_SCREENING: _TREATING,
    Action.CLEAR_MEDICINE: frozenset({Role.PHYSICIAN}),
    Action.DECIDE: _TREATING,
    Action.AUTHORISE_DOSE: _TREATING,
    Action.REVIEW_DEVIATION: frozenset({Role.PHYSICIAN}),
    Action.READ_REGISTER: frozenset({Role.COORDINATOR}),
    Action.READ_PROTOCOL: _TREATING
    | {Role.PHARMACIST, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.LEAD},
    Action.READ_OUTCOMES: _TREATING | {Role.AUDITOR},
    Action.RECORD_OUTCOMES: _TREATING,
    Action.RATE: frozenset({Role.RATER}),
    Action.SEND_CHECK_IN: _TREATING,
    Action.READ_RESEARCH: frozenset({Role.COORDINATOR}),
    Action.IMPORT_OUTCOMES: frozenset({Role.COORDINATOR}),
    Action.EXPORT_OUTCOMES: frozenset({Role.COORDINATOR}),
    Action.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Action.MANAGE_INSTRUMENTS: frozenset({Role.ADMINISTRATOR}),
    Action.READ_AUDIT: frozenset({Role.AUDITOR, Role.PRIVACY}),
}


def memberships_for(user: "User", action: Action) -> list["Membership"]:
    """The memberships in force by which `user` may do `action`. A token may be narrower than its owner, never wider."""
    return [membership for membership in user.memberships_in_force if membership.role in GRANTS[action]]


def sites_of(user: "User") -> set[UUID]:
    """Ids of the sites where `user` holds any role: whose rows the database may show."""
    return {membership.site_id for membership in user.memberships_in_force}


def sites_where(user: "User", action: Action) -> set[UUID]:
    """Ids of the sites where `user` may do `action`. Raises PermissionDenied where there are none."""
    sites = {membership.site_id for membership in memberships_for(user, action)}
    if not sites:
        raise PermissionDenied(_("Your role does not allow this."))
    return sites


def may(user: "User", action: Action) -> bool:
    """Whether `user` may do `action` anywhere; for showing a link, never for giving a row."""
    return bool(memberships_for(user, action))


def may_at(user: "User", action: Action, site_id: UUID) -> bool:
    """Whether `user` may do `action` at this site: a role elsewhere opens nothing here."""
    return any(membership.site_id == site_id for membership in memberships_for(user, action))


def roles_at(user: "User", site_id: UUID, programme_id: UUID) -> set[Role]:
    """The roles that `user` holds at a site and that reach this programme: a protocol names roles, not actions."""
    return {
        Role(membership.role)
        for membership in user.memberships_in_force
        if membership.site_id == site_id and membership.programme_id in (None, programme_id)
    }


def permitted_rows(rows: Rows, user: "User", action: Action) -> Rows:
    """The rows of the sites, or programmes, where `user` may do `action`. Raises PermissionDenied where it is nowhere."""
    sites_where(user, action)
    held = memberships_for(user, action)
    whole = {membership.site_id for membership in held if membership.programme_id is None}
    allowed = models.Q(site_id__in=whole)
    lookup = rows.model.programme_lookup
    limited = [
        membership for membership in held if membership.programme_id and membership.site_id not in whole
    ]
    if lookup and limited:
        allowed |= _within_programmes(limited, lookup)
    return rows.filter(allowed)


def _within_programmes(limited: Iterable["Membership"], lookup: str) -> models.Q:
    """Rows that hang on the programmes to which memberships are limited."""
    condition = models.Q()
    for membership in limited:
        condition |= models.Q(site_id=membership.site_id, **{lookup: membership.programme_id})
    return condition
