"""What a trajectory says in words: its heading, its summary, its doses."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Protocol

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outcomes.charts.course import Dose
from outcomes.instruments.base import Instrument
from outcomes.instruments.change import Verdict, change


class Occasion(Protocol):
    """A dated value; None where there is none."""

    @property
    def on(self) -> date: ...

    @property
    def value(self) -> Decimal | None: ...


def show(value: Decimal) -> str:
    """A value as people read it: no trailing noughts, a true minus."""
    return number_format(f"{value.normalize():f}").replace("-", "\u2212")


def day(on: date, *others: date) -> str:
    """A day without its year, unless the years differ."""
    one_year = len({on.year, *(other.year for other in others)}) == 1
    return date_format(on, "MONTH_DAY_FORMAT" if one_year else "DATE_FORMAT")


def claim_of(points: Sequence[Occasion], instrument: Instrument, doses: Sequence[Dose]) -> str:
    """The heading: what has become of the measure since before treatment, or since it was first taken."""
    scored = [point for point in points if point.value is not None]
    if not scored:
        return _("No %(measure)s score yet") % {"measure": instrument.short}
    first, last = scored[0], scored[-1]
    if len(scored) == 1:
        return _("%(measure)s was %(value)s on %(date)s") % _told(instrument, first)
    given = [dose.on for dose in doses if dose.given]
    before_treatment = bool(given) and first.on <= given[0] < last.on
    return _moved(instrument, first, last) if before_treatment else _moved_since(instrument, first, last)


def sentence_of(points: Sequence[Occasion], instrument: Instrument) -> str:
    """The summary: from where to where, how the change reads, and how many occasions have no value."""
    scored = [point for point in points if point.value is not None]
    missing = len(points) - len(scored)
    parts = [_from_to(scored[0], scored[-1], instrument)] if len(scored) > 1 else []
    if len(scored) == 1:
        parts = [_("%(measure)s was %(value)s on %(date)s.") % _told(instrument, scored[0])]
    if not scored:
        parts = [_("No %(measure)s score yet.") % {"measure": instrument.short}]
    if missing:
        text = ngettext("%(count)s occasion has no score.", "%(count)s occasions have no score.", missing)
        parts.append(text % {"count": missing})
    return " ".join(parts)


def doses_text(doses: Sequence[Dose]) -> str:
    """The doses for those who do not see their lines."""
    given = ", ".join(day(dose.on) for dose in doses if dose.given)
    planned = ", ".join(day(dose.on) for dose in doses if not dose.given)
    parts = [_("Doses: %(dates)s.") % {"dates": given}] if given else []
    return " ".join([*parts, *([_("Planned doses: %(dates)s.") % {"dates": planned}] if planned else [])])


def _told(instrument: Instrument, point: Occasion) -> dict[str, str]:
    return {"measure": instrument.short, "value": _valued(point, instrument), "date": day(point.on)}


def _valued(point: Occasion, instrument: Instrument) -> str:
    value, band = point.value, instrument.band_for(point.value)
    if value is None or band is None:
        return "" if value is None else show(value)
    name = str(band.label)
    return f"{show(value)} ({name[:1].lower()}{name[1:]})"


def _difference(first: Occasion, last: Occasion) -> Decimal:
    return (last.value or Decimal(0)) - (first.value or Decimal(0))


def _moved(instrument: Instrument, first: Occasion, last: Occasion) -> str:
    points = _difference(first, last)
    size = ceil(abs(points))
    if not points:
        text = _("%(measure)s is where it was before treatment")
    elif points < 0:
        text = ngettext(
            "%(measure)s is down %(points)s point since before treatment",
            "%(measure)s is down %(points)s points since before treatment",
            size,
        )
    else:
        text = ngettext(
            "%(measure)s is up %(points)s point since before treatment",
            "%(measure)s is up %(points)s points since before treatment",
            size,
        )
    return text % {"measure": instrument.short, "points": show(abs(points))}


def _moved_since(instrument: Instrument, first: Occasion, last: Occasion) -> str:
    points = _difference(first, last)
    size = ceil(abs(points))
    if not points:
        text = _("%(measure)s is where it was on %(date)s")
    elif points < 0:
        text = ngettext(
            "%(measure)s is down %(points)s point since %(date)s",
            "%(measure)s is down %(points)s points since %(date)s",
            size,
        )
    else:
        text = ngettext(
            "%(measure)s is up %(points)s point since %(date)s",
            "%(measure)s is up %(points)s points since %(date)s",
            size,
        )
    return text % {"measure": instrument.short, "points": show(abs(points)), "date": day(first.on)}


def _from_to(first: Occasion, last: Occasion, instrument: Instrument) -> str:
    read = change(instrument, first.value or Decimal(0), last.value or Decimal(0))
    texts = {
        Verdict.MEANINGFUL: _(
            "From %(first)s on %(from)s to %(last)s on %(to)s, "
            "past the %(limit)s points that count as meaningful."
        ),
        Verdict.RELIABLE: _(
            "From %(first)s on %(from)s to %(last)s on %(to)s, "
            "past the %(limit)s points that count as reliable."
        ),
        Verdict.WITHIN_NOISE: _("From %(first)s on %(from)s to %(last)s on %(to)s, a change within noise."),
        Verdict.NO_LIMIT: _("From %(first)s on %(from)s to %(last)s on %(to)s."),
    }
    return texts[read.verdict] % _ends(first, last, instrument, read.verdict)


def _ends(first: Occasion, last: Occasion, instrument: Instrument, verdict: Verdict) -> dict[str, str]:
    limits = {Verdict.MEANINGFUL: instrument.meaningful_change, Verdict.RELIABLE: instrument.reliable_change}
    limit = limits.get(verdict)
    return {
        "first": _valued(first, instrument),
        "last": _valued(last, instrument),
        "from": day(first.on, last.on),
        "to": day(last.on, first.on),
        "limit": "" if limit is None else show(Decimal(limit)),
    }
