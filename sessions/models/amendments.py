"""What was changed in a record: an entry replaced, withdrawn, or added after signing; and this says why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteRow
from sessions.models.sessions import Session


class Amendment(SiteRow):
    """A change of a session's record with its reason."""

    programme_lookup = "session__enrolment__programme_id"

    session = models.ForeignKey(Session, models.PROTECT, related_name="amendments")
    table = models.CharField(max_length=40, db_column="table_name")
    old_row = models.UUIDField(
        null=True, blank=True, help_text=_("NULL: forgotten, and added after signing.")
    )
    new_row = models.UUIDField(null=True, blank=True, help_text=_("NULL: withdrawn without a replacement."))
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at",)
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="amendment_site_id"),
            models.CheckConstraint(
                condition=models.Q(reason__regex=r"\S.{3,}\S"),
                name="amendment_reason_given",
                violation_error_message=_("Give a reason of at least five letters."),
            ),
            models.CheckConstraint(
                condition=~models.Q(old_row=None, new_row=None),
                name="amendment_names_a_row",
                violation_error_message=_("An amendment changes an entry, withdraws one or adds one."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
