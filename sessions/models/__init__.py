"""Models of layer 2: what happened on the day."""

from sessions.models.amendments import Amendment
from sessions.models.dosing import DoseAdministration, VitalSign
from sessions.models.sessions import Attendance, LogEntry, Session, Setting

__all__ = ["Amendment", "Attendance", "DoseAdministration", "LogEntry", "Session", "Setting", "VitalSign"]
