"""Every instrument by its key. Keys name variables in exports: they are never changed or used again."""

from types import MappingProxyType

from outcomes.instruments.base import Instrument
from outcomes.instruments.daily_checkin import DAILY_CHECKIN
from outcomes.instruments.gad7 import GAD7
from outcomes.instruments.pcl5 import PCL5
from outcomes.instruments.phq9 import PHQ9
from outcomes.instruments.score_only import IMPORTED, score_only
from outcomes.instruments.totals import KNOWN_TOTALS

INSTRUMENTS = MappingProxyType(
    {instrument.key: instrument for instrument in (PHQ9, GAD7, PCL5, DAILY_CHECKIN, *KNOWN_TOTALS)}
)


class UnknownInstrumentError(LookupError):
    """No instrument has this key and version."""


def all() -> tuple[Instrument, ...]:
    """Every registered instrument, in a fixed order."""
    return tuple(INSTRUMENTS.values())


def get(key: str, version: str | None = None) -> Instrument:
    """The instrument that scored a stored assessment; without a version, the present one.

    A measure that came with an import is stored with version "imported" and needs no registration.
    Raises UnknownInstrumentError.
    """
    if version == IMPORTED:
        return score_only(key)
    instrument = INSTRUMENTS.get(key)
    if instrument is None:
        raise UnknownInstrumentError(f"There is no instrument {key!r}. Known: {', '.join(INSTRUMENTS)}")
    if version not in (None, instrument.version):
        raise UnknownInstrumentError(f"{key} has version {instrument.version}, not {version!r}")
    return instrument


def measure(key: str, title: str = "") -> Instrument:
    """For imports: the registered instrument of this key, else a measure known by its total alone."""
    return INSTRUMENTS.get(key) or score_only(key, title)
