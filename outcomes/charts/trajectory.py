"""One measure of one participant over time, as a drawing, as words and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.charts.course import Course, Dose, course_of
from outcomes.charts.drawing import drawing
from outcomes.charts.plot import Point, plot_of
from outcomes.charts.svg import Markup, identifier_of
from outcomes.charts.words import claim_of, doses_text, sentence_of, show
from outcomes.instruments.base import Instrument, Label

__all__ = ["Chart", "Dose", "Point", "Row", "trajectory"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table beside the chart; `week` counts from the course's origin."""

    on: date
    week: Decimal
    value: Decimal | None
    band: Label
    text: Label
    prorated: bool
    note: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing, its heading, its summary and its numbers: the same content three times."""

    svg: Markup
    claim: str
    sentence: str
    rows: list[Row]
    from_dose: bool


def trajectory(
    points: Sequence[Point],
    instrument: Instrument,
    doses: Sequence[Dose] = (),
    *,
    identifier: str,
    today: date,
    until: date | None = None,
) -> Chart:
    """The course of one measure; for no point, one point or only missed ones too.

    `identifier` begins the drawing's ids: unique on the page, or ValueError. `until` widens the time axis.
    """
    points, doses = sorted(points, key=lambda p: p.on), sorted(doses, key=lambda d: d.on)
    course = course_of([point.on for point in points], doses, today=today, until=until)
    sentence, plot = sentence_of(points, instrument), plot_of(points, instrument, course)
    told = f"{sentence} {doses_text(doses)}".strip()
    image = drawing(plot, points, doses, identifier=identifier_of(identifier), description=told, today=today)
    rows = [_row(point, instrument, course) for point in points]
    return Chart(image, claim_of(points, instrument, doses), sentence, rows, course.from_dose)


def _row(point: Point, instrument: Instrument, course: Course) -> Row:
    band = instrument.band_for(point.value)
    text: Label = show(point.value) if point.value is not None else _no_value(point)
    return Row(
        on=point.on,
        week=course.week(point.on),
        value=point.value,
        band=band.label if band else "",
        text=text,
        prorated=point.prorated,
        note=point.note,
    )


def _no_value(point: Point) -> Label:
    return _("Not scorable") if point.answered else _("Missed")
