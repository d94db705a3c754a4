"""Measures of imported studies: known by their key, kept as a total alone."""

import re

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument
from outcomes.instruments.basis import Basis
from outcomes.instruments.building import total_item
from outcomes.instruments.scoring import given_total

IMPORTED = "imported"
KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
NOT_KNOWN = Basis((), "imported: range, bands and direction are not known here")


def score_only(key: str, title: str = "") -> Instrument:
    """A measure of an imported study, known by its key alone: any decimal, no range, no bands.

    Raises ValueError for a key that could not name a variable in an export.
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot be a measure: use a to z, 0 to 9 and _, beginning with a letter")
    return Instrument(
        key=key,
        version=IMPORTED,
        title=title or key,
        short=title or key,
        measures=title or key,
        recall=_("Not known"),
        items=(total_item(None, None, step=None),),
        scoring=given_total,
        basis=NOT_KNOWN,
    )
