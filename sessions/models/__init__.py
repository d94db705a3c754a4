"""Models of layer 2: what happened on the day."""

from sessions.models.amendments import Amendment
from sessions.models.dosing import DoseAdministration, VitalSign
from sessions.models.eligibility import EligibilityDecision
from sessions.models.gate import DoseDecision, DoseDeviation, GateOverride
from sessions.models.protocols import ProtocolAssignment, ProtocolVersion
from sessions.models.screening import Medication, MedicineClearance, ScreeningFinding
from sessions.models.sessions import Attendance, LogEntry, Session, Setting

__all__ = [
    "Amendment",
    "Attendance",
    "DoseAdministration",
    "DoseDecision",
    "DoseDeviation",
    "EligibilityDecision",
    "GateOverride",
    "LogEntry",
    "Medication",
    "MedicineClearance",
    "ProtocolAssignment",
    "ProtocolVersion",
    "ScreeningFinding",
    "Session",
    "Setting",
    "VitalSign",
]
