"""What every row that belongs to a site has in common."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from clinic.permissions import Action, permitted_rows
from clinic.uuid7 import uuid7


class SiteQuerySet(models.QuerySet):
    """Rows of a site; chainable words."""

    def permitted(self, user, action: Action):
        """The rows on which `user` may do `action`. Raises PermissionDenied where the user may do it nowhere."""
        return permitted_rows(self, user, action)


class ClinicalQuerySet(SiteQuerySet):
    """Clinical rows: never deleted, perhaps entered in error."""

    def in_force(self):
        """The rows that pages, counts and exports use."""
        return self.filter(entered_in_error_at=None)


class SiteRow(models.Model):
    """A row that belongs to a site. Row-level security reads `site`."""

    # How a membership that is limited to a programme finds its rows; "" means: it finds none.
    programme_lookup = ""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(
        "clinic.Site", models.PROTECT, related_name="+", help_text="The clinic that holds the row."
    )
    recorded_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When it was entered (UTC)."
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        abstract = True


class ClinicalRow(SiteRow):
    """A clinical fact. It is never deleted: it can be marked as entered in error, with a reason."""

    entered_in_error_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="NULL: in force."
    )
    entered_in_error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="NULL: in force.",
    )
    entered_in_error_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects: ClassVar = ClinicalQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def in_force(self) -> bool:
        """Whether the row counts."""
        return self.entered_in_error_at is None
