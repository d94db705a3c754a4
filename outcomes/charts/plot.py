"""What a drawing must know before it is drawn: the occasions, both scales and the ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from outcomes.charts import svg
from outcomes.charts.course import Course
from outcomes.charts.svg import Scale
from outcomes.instruments.base import Instrument


@dataclass(frozen=True, slots=True)
class Point:
    """One occasion. `value` None: missed, or, with `answered`, filled in but not scorable."""

    on: date
    value: Decimal | None
    prorated: bool = False
    answered: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """What every part of the drawing needs to know."""

    instrument: Instrument
    course: Course
    x: Scale
    y: Scale
    ticks: list[float]

    def at(self, point: Point) -> tuple[str, str]:
        return self.x.percent(self.course.day(point.on)), self.y.percent(float(point.value or 0))

    def inner(self, point: Point) -> tuple[str, str]:
        return self.x.thousandth(self.course.day(point.on)), self.y.thousandth(float(point.value or 0))


def plot_of(points: Sequence[Point], instrument: Instrument, course: Course) -> Plot:
    ticks = _ticks(instrument, [float(p.value) for p in points if p.value is not None])
    low = ticks[0] if instrument.low is None else instrument.low
    high = ticks[-1] if instrument.high is None else instrument.high
    return Plot(instrument, course, course.scale, Scale(low, high, flip=True), ticks)


def _ticks(instrument: Instrument, values: Sequence[float]) -> list[float]:
    """Where the bands begin; else round numbers over the range, or over the values where none is known."""
    if instrument.bands:
        return [*(float(band.low) for band in instrument.bands), float(instrument.bands[-1].high)]
    if instrument.low is not None and instrument.high is not None:
        return [tick for tick in svg.nice_ticks(instrument.low, instrument.high) if tick <= instrument.high]
    low, high = min(values, default=0.0), max(values, default=1.0)
    return svg.nice_ticks(low, high) if high > low else svg.nice_ticks(low - 1, high + 1)
