"""What went out."""

from django.conf import settings
from django.db import models

from clinic.models.base import SiteRow


class Export(SiteRow):
    """One export: who made it, of what, with which digests."""

    programme_lookup = "programme_id"

    programme = models.ForeignKey("clinic.Programme", models.PROTECT, related_name="exports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="NULL: the command."
    )
    profile = models.CharField(max_length=20)
    manifest = models.JSONField()

    class Meta:
        ordering = ("-recorded_at",)
        constraints = [models.UniqueConstraint(fields=["site", "id"], name="export_site_id")]

    def __str__(self) -> str:
        return f"{self.programme_id}, {self.recorded_at:%Y-%m-%d}"

    @property
    def people(self) -> dict[str, int]:
        """How many were in the files, and how many were left out; empty for older exports, which did not count."""
        return self.manifest.get("participants", {})
