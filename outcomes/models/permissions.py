"""What a clinic may show: its own permission for a text that is held here, or a wording that it brought."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteQuerySet, SiteRow


class InstrumentPermissionQuerySet(SiteQuerySet):
    """Permissions; chainable words."""

    def in_force(self):
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)


class InstrumentPermission(SiteRow):
    """Who allowed this clinic to show an instrument's text, when, by which terms. In force until it is withdrawn."""

    instrument = models.CharField(max_length=40, help_text=_("Key of the instrument."))
    version = models.CharField(
        max_length=40, help_text=_("Version of the instrument that the words were checked against.")
    )
    language = models.CharField(
        max_length=10,
        blank=True,
        help_text=_("Of the wording brought. Empty: the text held here, in all its languages."),
    )
    wording = models.JSONField(
        null=True, blank=True, help_text=_("The words as checked. NULL: the text held here is shown.")
    )
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True, help_text=_("Of the file as it came."))
    given_by = models.CharField(max_length=200, help_text=_("Who gave the permission."))
    given_on = models.DateField(help_text=_("When it was given."))
    reference = models.CharField(
        max_length=200, help_text=_("Where it can be found: letter, contract, mail.")
    )
    terms = models.TextField(max_length=4000, help_text=_("Its text, or what it allows."))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("NULL: the command."),
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: in force."))
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar = InstrumentPermissionQuerySet.as_manager()

    class Meta:
        ordering = ("instrument", "language", "-recorded_at")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="instrumentpermission_site_id"),
            models.UniqueConstraint(
                fields=["site", "instrument", "language"],
                condition=models.Q(withdrawn_at=None),
                name="instrumentpermission_once",
                violation_error_message=_(
                    "This is in force already: withdraw the former permission, then record the new one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(wording__isnull=True, language="")
                | models.Q(wording__isnull=False) & ~models.Q(language=""),
                name="instrumentpermission_words_have_a_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.language}".strip()
