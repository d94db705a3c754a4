"""Models of layer 3: what came of it."""

from outcomes.models.assessments import Assessment, CheckIn
from outcomes.models.exports import Export
from outcomes.models.imports import ImportDraft, ImportedFile
from outcomes.models.permissions import InstrumentPermission

__all__ = ["Assessment", "CheckIn", "Export", "ImportDraft", "ImportedFile", "InstrumentPermission"]
