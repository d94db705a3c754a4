"""Loads a wording from a file on this machine, for the command."""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinic.models import Site
from clinic.rows import rows_of
from outcomes.instruments.registry import INSTRUMENTS
from outcomes.instruments.wording_file import is_json
from outcomes.instruments.wording_parse import WordingError
from outcomes.instruments.wordings import read_toml
from outcomes.models import InstrumentPermission
from outcomes.services.permissions import record_permission

ACTOR = "command:load_wording"


def load(
    file: Path, *, site: str, instrument: str, given_by: str, given_on: date, reference: str, terms: str
) -> InstrumentPermission:
    """Store the wording with its permission at a site. Raises ValidationError and OSError; nothing is half-stored."""
    content = file.read_bytes()
    key = instrument or named_in(file.name, content)
    if key not in INSTRUMENTS:
        raise ValidationError(_("There is no instrument %(key)s.") % {"key": key or "''"})
    place = Site.objects.filter(slug=site).first()
    if place is None:
        raise ValidationError(_("There is no site %(slug)s.") % {"slug": site})
    with rows_of([place.pk], ACTOR):
        return record_permission(
            by=ACTOR,
            site=place,
            instrument=INSTRUMENTS[key],
            given_by=given_by,
            given_on=given_on,
            reference=reference,
            terms=terms,
            file_name=file.name,
            content=content,
        )


def named_in(file: str, content: bytes) -> str:
    """The instrument that a TOML file names. Raises ValidationError."""
    if is_json(content):
        raise ValidationError(_("A Questionnaire does not name our instrument: add --instrument ID."))
    try:
        return str(read_toml(file, content).get("instrument", ""))
    except WordingError as wrong:
        raise ValidationError(str(wrong)) from wrong
