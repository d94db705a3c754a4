"""Which measures an import may fill: those of the registered instruments, and those its map defines."""

from decimal import Decimal

from django.utils.translation import gettext as _

from clinic.refusals import refuse
from outcomes.imports.mapping import Mapping
from outcomes.imports.values import Catalogue, Measure
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument, Item

TOTAL = "total"


def catalogue_of(mapping: Mapping) -> Catalogue:
    """The catalogue of a map. Raises RefusedError where it redefines an instrument that is known here."""
    for instrument, _measure in mapping.measures:
        if instrument in registry.INSTRUMENTS:
            reason = _(
                "this instrument is known here with its own range and scoring; leave it out of [measures]"
            )
            raise refuse(mapping.file, reason, column=f"measures.{instrument}")
    known = {
        (instrument.key, key): measure
        for instrument in registry.all()
        for key, measure in measures_of(instrument).items()
    }
    known |= mapping.measures
    return lambda instrument, measure: known.get((instrument, measure))


def measures_of(instrument: Instrument) -> dict[str, Measure]:
    """The items of a registered instrument, and its total where it has one."""
    found = {item.key: measure_of(instrument, item) for item in instrument.items}
    if instrument.low is not None:
        found.setdefault(
            TOTAL, Measure(f"{instrument.short}, total", "", *limits(instrument.low, instrument.high))
        )
    return found


def measure_of(instrument: Instrument, item: Item) -> Measure:
    return Measure(f"{instrument.short}, {item.key}", "", *limits(item.low, item.high), step=item.step)


def limits(low: int | None, high: int | None) -> tuple[Decimal | None, Decimal | None]:
    return (None if low is None else Decimal(low), None if high is None else Decimal(high))
