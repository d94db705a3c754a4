"""A trajectory as SVG, part by part, in the order in which the parts lie over each other."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from outcomes.charts import svg
from outcomes.charts.course import Course, Dose
from outcomes.charts.plot import Plot, Point
from outcomes.charts.svg import Markup, element, label
from outcomes.charts.words import show
from outcomes.instruments.base import Band, Instrument, Label

SMALL_FROM = 40  # points; more than that get small markers
CLOSE, TOUCHING = 0.1, 0.06  # of the width: labels of doses would overlap
NEAR_EDGE = 0.2
DARKEST = 4
MISSED_AT = "96.67%"


def drawing(
    plot: Plot,
    points: Sequence[Point],
    doses: Sequence[Dose],
    *,
    identifier: str,
    description: str,
    today: date,
) -> Markup:
    """The whole chart; `description` is read out to those who do not see it."""
    about = _("%(measure)s over the course") % {"measure": plot.instrument.short}
    title = element("title", svg.text_of(about), id=f"{identifier}-t")
    told = element("desc", svg.text_of(description), id=f"{identifier}-d")
    parts = _parts(plot, points, doses, today)
    ids = f"{identifier}-t {identifier}-d"
    return element("svg", title, told, *parts, class_="plot", role="img", aria_labelledby=ids)


def _parts(plot: Plot, points: Sequence[Point], doses: Sequence[Dose], today: date) -> list[Markup]:
    return [
        *(_band(plot, index, band) for index, band in enumerate(plot.instrument.bands)),
        *(_level(plot, tick) for tick in plot.ticks),
        _time_axis(plot),
        *_dose_lines(plot, doses),
        _now(plot, doses, today),
        _lines(plot, points),
        *_markers(plot, points),
        *_values(plot, points),
    ]


def _band(plot: Plot, index: int, band: Band) -> Markup:
    """A stripe from this band's lowest total to the next one's; darker is worse."""
    bands = plot.instrument.bands
    following = bands[index + 1].low if index + 1 < len(bands) else band.high
    top, bottom = plot.y.share(following), plot.y.share(band.low)
    worse = index if plot.instrument.higher_is_worse else len(bands) - 1 - index
    named = f"{band.short or band.label} {band.low}–{band.high}"
    middle, edge = svg.percent((top + bottom) / 2), svg.percent(top)
    return svg.join(
        [
            svg.stripe(edge, svg.percent(bottom - top), f"b{min(worse, DARKEST)}"),
            label(named, x="100%", y=middle, dx=8, dy=5, class_="end"),
            label(named, x="100%", y=edge, dx=-4, dy=14, anchor="end", class_="in halo"),
        ]
    )


def _level(plot: Plot, tick: float) -> Markup:
    y = plot.y.percent(tick)
    shown = show(Decimal(str(tick)))
    return svg.join([svg.across(y, "grid"), label(shown, x="0", y=y, dx=-8, dy=4, anchor="end")])


def _time_axis(plot: Plot) -> Markup:
    course, unit = plot.course, 1 if plot.course.in_days else 7
    ticks = course.ticks()
    # Every second tick may go in a narrow chart; 0 stays.
    zero = ticks.index(0) if 0 in ticks else 0
    marks = [
        label(
            str(day // unit).replace("-", "\u2212"),
            x=plot.x.percent(day),
            y="100%",
            dy=19,
            anchor="middle",
            class_="far" if (index - zero) % 2 else None,
        )
        for index, day in enumerate(ticks)
    ]
    below = label(_time_label(course), x="0", y="100%", dy=37)
    above = label(_value_label(plot.instrument), x="0", y="0", dx=-32, dy=-24)
    return svg.join([*marks, svg.across("100%", "axis"), below, above])


def _time_label(course: Course) -> Label:
    if course.from_dose:
        return _("Days from dose 1") if course.in_days else _("Weeks from dose 1")
    return _("Days from the first entry") if course.in_days else _("Weeks from the first entry")


def _value_label(instrument: Instrument) -> Label:
    if instrument.low is None:
        return instrument.short
    values = {"measure": instrument.short, "low": instrument.low, "high": instrument.high}
    return _("%(measure)s total, %(low)s to %(high)s") % values


def _dose_lines(plot: Plot, doses: Sequence[Dose]) -> list[Markup]:
    """A line a dose; its label shortens, then goes, where another dose is too near."""
    shares = [plot.x.share(plot.course.day(dose.on)) for dose in doses]
    parts, labelled = [], -1.0
    for index, (dose, share) in enumerate(zip(doses, shares, strict=True)):
        x = svg.percent(share)
        parts.append(svg.upright(x, "dose" if dose.given else "dose ahead"))
        if share - labelled >= TOUCHING:
            others = shares[:index] + shares[index + 1 :]
            narrow = any(abs(share - other) < CLOSE for other in others)
            parts.append(_dose_label(x, index + 1, narrow=narrow))
            labelled = share
    return parts


def _dose_label(x: str, index: int, *, narrow: bool) -> Markup:
    long, short = _("Dose %(number)s") % {"number": index}, _("D%(number)s") % {"number": index}
    if narrow:
        return label(short, x=x, y="0", dy=-8, anchor="middle", class_="dose-t")
    wide = label(long, x=x, y="0", dy=-8, anchor="middle", class_="dose-t end")
    return svg.join([wide, label(short, x=x, y="0", dy=-8, anchor="middle", class_="dose-t in")])


def _now(plot: Plot, doses: Sequence[Dose], today: date) -> Markup:
    """Today, only while something lies ahead of it, and not over a dose's own line."""
    course = plot.course
    if not course.covers(today) or course.day(today) == course.last or any(d.on == today for d in doses):
        return Markup("")
    share = plot.x.share(course.day(today))
    x = svg.percent(share)
    line = svg.upright(x, "nowline")
    if any(abs(plot.x.share(course.day(dose.on)) - share) < CLOSE for dose in doses):
        return line
    return svg.join([line, label(_("Today"), x=x, y="0", dy=-8, anchor="middle", class_="now-t")])


def _lines(plot: Plot, points: Sequence[Point]) -> Markup:
    """Lines through neighbouring values; a dotted one over a missed occasion."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if run]
    solid = [svg.polyline([plot.inner(p) for p in run], "l s1") for run in runs if len(run) > 1]
    gaps = [svg.polyline([plot.inner(a[-1]), plot.inner(b[0])], "l s1 gap") for a, b in pairwise(runs)]
    return svg.stretched(*solid, *gaps)


def _markers(plot: Plot, points: Sequence[Point]) -> list[Markup]:
    many = len(points) > SMALL_FROM
    parts = []
    for point in points:
        x, y = plot.at(point)
        if point.value is None:
            parts.append(svg.cross(x, MISSED_AT, "miss"))
        else:
            kind = "p s1 open" if point.prorated else "p s1 sm" if many else "p s1"
            parts.append(svg.disc(x, y, kind, 2.8 if many else 4.5))
    return parts + _missed_label(plot, points)


def _missed_label(plot: Plot, points: Sequence[Point]) -> list[Markup]:
    """Words beside the last cross only: one is enough to read the others by."""
    missed = [point for point in points if point.value is None]
    if not missed:
        return []
    share = plot.x.share(plot.course.day(missed[-1].on))
    dx, anchor = (9, "start") if share < NEAR_EDGE else (-9, "end")
    word = _("no score") if missed[-1].answered else _("missed")
    return [label(word, x=svg.percent(share), y=MISSED_AT, dx=dx, dy=4, anchor=anchor, class_="far halo")]


def _values(plot: Plot, points: Sequence[Point]) -> list[Markup]:
    """The first and the last value, in figures."""
    scored = [point for point in points if point.value is not None]
    ends = scored[:1] + scored[1:][-1:]
    return [_value(plot, point) for point in ends]


def _value(plot: Plot, point: Point) -> Markup:
    x, y = plot.at(point)
    # Near the top the figure goes below its marker, where no dose label is.
    below = plot.y.share(float(point.value or 0)) < 0.08
    return label(
        show(Decimal(point.value or 0)), x=x, y=y, dy=20 if below else -11, anchor="middle", class_="flag-t"
    )
