"""Times and bodies of a session's day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def at(minutes_ago: float) -> datetime:
    """A time some minutes ago; negative is ahead."""
    return timezone.now() - timedelta(minutes=minutes_ago)


def typed(minutes_ago: float) -> str:
    """That time as the browser's picker sends it at the site."""
    return at(minutes_ago).astimezone(ZoneInfo("Australia/Sydney")).strftime("%Y-%m-%dT%H:%M")


def sent(minutes_ago: float) -> str:
    """That time as a body of the API carries it."""
    return at(minutes_ago).isoformat()
