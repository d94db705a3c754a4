"""Signatures: who signed which version of a record, with what meaning."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteRow


class Signature(SiteRow):
    """A signature over the SHA-256 of a record's canonical bytes. A later change supersedes it, and it stays."""

    class Meaning(models.TextChoices):
        """What the signer says."""

        AUTHOR = "author", _("I was present and this record is true")
        REVIEW = "review", _("I have read and reviewed this record")

    record = models.CharField(max_length=40, help_text=_("Kind of record, such as session."))
    record_id = models.UUIDField()
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=100, help_text=_("Printed name at the time of signing."))
    meaning = models.CharField(max_length=10, choices=Meaning)
    record_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("signed_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["record", "record_id", "signer", "record_sha256"],
                name="signature_once_a_version",
                violation_error_message=_("You have already signed this version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.signed_at:%Y-%m-%d %H:%M}"
