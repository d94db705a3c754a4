"""Marks, pills and times: the small signs that every page shares."""

import re
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.signs import MARKS, PILLS

register = template.Library()

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@register.simple_tag
def mark(name: str, label: str = "") -> SafeString:
    """One of the shapes; `label` is read aloud where no word stands beside it."""
    if name not in MARKS:
        raise template.TemplateSyntaxError(f"There is no mark {name!r}.")
    if label:
        return format_html(
            '<svg class="mark on" role="img" aria-label="{}"><use href="#m-{}"/></svg>', label, name
        )
    return format_html('<svg class="mark" aria-hidden="true"><use href="#m-{}"/></svg>', name)


@register.simple_tag
def pill(state: str, text: str) -> SafeString:
    """A status: shape, word, colour. `state` is a key of PILLS, `text` the word."""
    if state not in PILLS:
        raise template.TemplateSyntaxError(f"There is no pill {state!r}.")
    css, shape = PILLS[state]
    return format_html('<span class="pill {}">{}{}</span>', css, mark(shape), text)


def zone_of(place: object) -> tzinfo | None:
    """The time zone of a site, a zone's name, or a zone; None is the current one."""
    zone = getattr(place, "time_zone", place)
    if isinstance(zone, tzinfo):
        return zone
    return ZoneInfo(zone) if isinstance(zone, str) and zone else None


def local(at: datetime, place: object = None) -> datetime:
    """`at` on the wall clock of a place."""
    return timezone.localtime(at, zone_of(place))


def length_in_words(span: timedelta) -> str:
    """`14 min`, `2 h 14 min`, `3 days`. Never negative."""
    span = abs(span)
    days, hours, minutes = span // DAY, span // HOUR, span % HOUR // MINUTE
    if span < HOUR:
        return _("{minutes} min").format(minutes=minutes)
    if span < DAY:
        pattern = _("{hours} h {minutes} min") if minutes else _("{hours} h")
        return pattern.format(hours=hours, minutes=minutes)
    return ngettext("{days} day", "{days} days", days).format(days=days)


def age_in_words(at: datetime, now: datetime) -> str:
    """`12 min ago`, `in 3 days`, `just now`."""
    if abs(now - at) < MINUTE:
        return _("just now")
    pattern = _("{span} ago") if at <= now else _("in {span}")
    return pattern.format(span=length_in_words(now - at))


def as_time(at: datetime, text: str) -> SafeString:
    """A `time` element that machines can read too."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), text)


@register.simple_tag
def clock(at: datetime, place: object = None) -> SafeString:
    """The time of day at a place: `11:08`."""
    return as_time(at, date_format(local(at, place), "H:i"))


@register.simple_tag
def day(at: datetime, place: object = None) -> SafeString:
    """The day at a place: `23 Nov`."""
    return as_time(at, date_format(local(at, place), "j M"))


@register.simple_tag
def moment(at: datetime, place: object = None) -> SafeString:
    """Day and time at a place: `23 November 2026, 11:08`."""
    return as_time(at, date_format(local(at, place), "j F Y, H:i"))


@register.simple_tag
def ago(at: datetime, now: datetime | None = None) -> SafeString:
    """The age of a time: `12 min ago`. A small module keeps it true while the page is open."""
    words = age_in_words(at, now or timezone.now())
    return format_html('<time datetime="{}" data-age>{}</time>', at.isoformat(timespec="seconds"), words)


@register.simple_tag
def when(at: datetime, place: object = None, now: datetime | None = None) -> SafeString:
    """The clock time with its age beside it, and the date unless it is today."""
    now = now or timezone.now()
    here = local(at, place)
    today = here.date() == local(now, place).date()
    shown = date_format(here, "H:i" if today else "j M Y, H:i")
    return format_html('{} <span class="soft">{}</span>', as_time(at, shown), ago(at, now))


@register.simple_tag
def due(at: datetime, place: object = None, now: datetime | None = None) -> SafeString:
    """A deadline: `Due 11:36` as an outline, `Overdue 14 min` as a solid."""
    now = now or timezone.now()
    if at < now:
        return pill("overdue", _("Overdue {span}").format(span=length_in_words(now - at)))
    here = local(at, place)
    today = here.date() == local(now, place).date()
    return pill("due", _("Due {time}").format(time=date_format(here, "H:i" if today else "j M, H:i")))


@register.filter
def beside(cells, columns):
    """Pair each cell of a table's row with its column."""
    return list(zip(cells, columns, strict=False))


@register.simple_tag
def qr(svg: str) -> SafeString:
    """The library's square code, drawn again without what the content policy refuses."""
    box = re.search(r'viewBox="([0-9. ]+)"', svg)
    path = re.search(r' d="([MLHVZmlhvz0-9., -]+)"', svg)
    if not box or not path:
        raise ValueError("The square code has no path.")
    return format_html(
        '<svg viewBox="{}" aria-hidden="true" focusable="false"><path d="{}"/></svg>', box[1], path[1]
    )
