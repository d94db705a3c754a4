"""Times that a person enters: a clock may run ahead a little, an event may not."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CLOCKS_DIFFER = timedelta(minutes=5)
FIRST_YEAR = 1900


def check_moment(at: datetime, field: str, now: datetime | None = None) -> None:
    """Raise ValidationError for a time more than five minutes ahead, or in a year that is a slip of the hand."""
    if at.year < FIRST_YEAR:
        raise ValidationError({field: _("Enter a year from 1900 on.")})
    if at > (now or timezone.now()) + CLOCKS_DIFFER:
        raise ValidationError({field: _("This time lies ahead. Enter when it happened.")})
