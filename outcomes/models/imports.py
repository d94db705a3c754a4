"""What came in from a file: the import itself, and a file waiting between preview and confirmation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteRow


class ImportedFile(SiteRow):
    """One import: which file, by which map, and what it brought."""

    programme_lookup = "programme_id"

    programme = models.ForeignKey("clinic.Programme", models.PROTECT, related_name="imported_files")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("NULL: the command."),
    )
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64, help_text=_("SHA-256 of the file as it came."))
    map_name = models.CharField(max_length=200)
    source = models.CharField(
        max_length=200, blank=True, help_text=_("Where the map says the data are published.")
    )
    measures = models.JSONField(
        default=dict,
        help_text=_(
            "What the map says: titles and ranges of measures only the source knows, days of visits."
        ),
    )
    counts = models.JSONField(
        default=dict,
        help_text=_("Rows, values, missing values, new participants, assessments, refused rows."),
    )
    safety = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Safety answers for review, by participant code. Empty: there were none."),
    )

    class Meta:
        ordering = ("-recorded_at",)
        constraints = [models.UniqueConstraint(fields=["site", "id"], name="importedfile_site_id")]

    def __str__(self) -> str:
        return self.file_name


class ImportDraft(SiteRow):
    """A file between preview and confirmation: sealed, its own user's, and emptied when used or expired."""

    programme_lookup = "programme_id"

    programme = models.ForeignKey("clinic.Programme", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    wrapped = models.BinaryField(
        null=True, editable=False, help_text=_("The draft's key, wrapped. NULL: emptied.")
    )
    content_sealed = models.BinaryField(null=True, editable=False, help_text=_("The file. NULL: emptied."))
    map_sealed = models.BinaryField(null=True, editable=False, help_text=_("The map. NULL: emptied."))
    expires_at = models.DateTimeField(help_text=_("When the draft is emptied."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="importdraft_site_id"),
            models.CheckConstraint(
                condition=models.Q(wrapped=None, content_sealed=None, map_sealed=None)
                | models.Q(wrapped__isnull=False, content_sealed__isnull=False, map_sealed__isnull=False),
                name="importdraft_whole_or_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
