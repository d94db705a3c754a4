"""What was changed: written by triggers only, and never changed itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One change of one row: before, after, who, why, and both times."""

    class Operation(models.TextChoices):
        """What was done to the row."""

        INSERT = "I", _("Added")
        UPDATE = "U", _("Changed")
        DELETE = "D", _("Deleted")

    id = models.BigAutoField(primary_key=True)
    site_id = models.UUIDField(null=True, help_text=_("NULL: the row belongs to no site."))
    table = models.CharField(max_length=63, db_column="table_name")
    row_id = models.CharField(max_length=64)
    operation = models.CharField(max_length=1, choices=Operation)
    before = models.JSONField(null=True, help_text=_("NULL: added."))
    after = models.JSONField(null=True, help_text=_("NULL: deleted."))
    actor = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    occurred_at = models.DateTimeField(
        help_text=_("When it happened, as the row says; else when it was recorded.")
    )
    recorded_at = models.DateTimeField()
    transaction = models.BigIntegerField()
    hash_version = models.PositiveSmallIntegerField()
    leaf_hash = models.BinaryField(
        null=True, help_text=_("SHA-256 of the canonical bytes. NULL: not hashed.")
    )

    class Meta:
        indexes = [
            models.Index(fields=["table", "row_id", "id"], name="audit_by_row"),
            models.Index(fields=["site_id", "id"], name="audit_by_site"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.row_id}"
