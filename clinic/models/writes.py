"""What has been written once: a client's key and the answer it got."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteRow


class Write(SiteRow):
    """A write by its client-made id. The same id and body gives the same answer; another body is refused."""

    id = models.UUIDField(primary_key=True, editable=False)
    by = models.CharField(max_length=64, help_text=_("User id, or check-in id."))
    action = models.CharField(max_length=100)
    body_sha256 = models.CharField(max_length=64)
    answer = models.JSONField()

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class AccessEvent(SiteRow):
    """Somebody looked at an identity, or was refused something."""

    class Kind(models.TextChoices):
        """What happened."""

        IDENTITY = "identity", _("Identity read")
        SEARCH = "search", _("Searched by name")
        REFUSED = "refused", _("Refused")
        EXPORT = "export", _("Export")

    # NULL for a refusal that concerns no site of the person's.
    site = models.ForeignKey(  # type: ignore[assignment]  # the one row of a site that may have none
        "clinic.Site", models.PROTECT, related_name="+", null=True, blank=True
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("NULL: nobody was signed in."),
    )
    participant = models.ForeignKey(
        "clinic.Participant",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("NULL: no single person."),
    )
    kind = models.CharField(max_length=10, choices=Kind)
    purpose = models.CharField(max_length=200, blank=True, help_text=_("The page or command."))

    def __str__(self) -> str:
        return f"{self.kind} {self.recorded_at:%Y-%m-%d %H:%M}"
