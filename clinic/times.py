"""Times that a person enters: a clock may run ahead a little, an event may not."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CLOCKS_DIFFER = timedelta(minutes=5)


def refuse_future(at: datetime, field: str, now: datetime | None = None) -> None:
    """Raise ValidationError for a time more than five minutes ahead."""
    if at > (now or timezone.now()) + CLOCKS_DIFFER:
        raise ValidationError({field: _("This time lies ahead. Enter when it happened.")})
