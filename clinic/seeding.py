"""Lets `seed_demo` say when each invented row was entered. The audit names the command, and keeps the true time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.checks import made_by_demo

ACTOR = "command:seed_demo"
# The columns that say when somebody entered or signed.
ENTRY_TIMES = ("recorded_at", "signed_at")

_on: ContextVar[bool] = ContextVar("seeding", default=False)
_entry_time: ContextVar[datetime | None] = ContextVar("seeding_entry_time", default=None)


@contextmanager
def seeding() -> Iterator[None]:
    """Inside the block `entered` may be used. Raises ValidationError anywhere but in a database that the demo made."""
    with connection.cursor() as cursor:
        if not settings.DEMO or not made_by_demo(cursor):
            raise ValidationError(_("Invented people are put only into a database that the demo made."))
    token = _on.set(True)
    try:
        yield
    finally:
        _on.reset(token)


@contextmanager
def entered(at: datetime) -> Iterator[None]:
    """Rows stored inside the block say that they were entered at this time, or now where it lies ahead."""
    if not _on.get():
        raise RuntimeError("A row says when it was truly entered. Only the demo's seed may say otherwise.")
    token = _entry_time.set(min(at, timezone.now()))
    try:
        yield
    finally:
        _entry_time.reset(token)


def actor(by: str) -> str:
    """Who changes something: while the demo is filled that is the command, whoever an invented row names."""
    return ACTOR if _on.get() else by


def stamp(row: models.Model) -> None:
    """Give a new row the entry time that the seed states, where it states one."""
    at = _entry_time.get()
    for name in ENTRY_TIMES if at is not None else ():
        if hasattr(row, name):
            setattr(row, name, at)
