"""Every instrument by its key. Keys name variables in exports: they are never changed or used again."""

import pkgutil
from importlib import import_module
from types import MappingProxyType

from outcomes.instruments import definitions
from outcomes.instruments.base import Instrument
from outcomes.instruments.licences import licences
from outcomes.instruments.score_only import IMPORTED, score_only


class UnknownInstrumentError(LookupError):
    """No instrument has this key and version."""


def _defined() -> dict[tuple[str, str], Instrument]:
    """Every version that a module in definitions/ names in INSTRUMENTS; of one key, the present one comes last."""
    found: dict[tuple[str, str], Instrument] = {}
    for module in pkgutil.iter_modules(definitions.__path__):
        for instrument in import_module(f"{definitions.__name__}.{module.name}").INSTRUMENTS:
            found[instrument.key, instrument.version] = instrument
    return found


VERSIONS = MappingProxyType(_defined())
_PRESENT = {instrument.key: instrument for instrument in VERSIONS.values()}
# The order is that of licences.toml: an instrument without a line there is not offered, and a test says so.
INSTRUMENTS = MappingProxyType({key: _PRESENT[key] for key in licences() if key in _PRESENT})


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
    if version in (None, instrument.version):
        return instrument
    former = VERSIONS.get((key, str(version)))
    if former is None:
        raise UnknownInstrumentError(f"{key} has version {instrument.version}, not {version!r}")
    return former


def measure(key: str, title: str = "") -> Instrument:
    """For imports: the registered instrument of this key, else a measure known by its total alone."""
    return INSTRUMENTS.get(key) or score_only(key, title)
