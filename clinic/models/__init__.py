"""Models of layer 1: who and where."""

from clinic.models.accounts import Membership, Token, User
from clinic.models.audit import AuditEvent
from clinic.models.consents import Consent, Understanding
from clinic.models.participants import (
    Allocation,
    CareTeam,
    DataKey,
    Enrolment,
    Identity,
    Participant,
)
from clinic.models.signatures import Signature
from clinic.models.sites import Programme, Site
from clinic.models.writes import AccessEvent, Write

__all__ = [
    "AccessEvent",
    "Allocation",
    "AuditEvent",
    "CareTeam",
    "Consent",
    "DataKey",
    "Enrolment",
    "Identity",
    "Membership",
    "Participant",
    "Programme",
    "Signature",
    "Site",
    "Token",
    "Understanding",
    "User",
    "Write",
]
