"""What the clinic has decided beforehand: a protocol's versions, and which one holds for an enrolment."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteQuerySet, SiteRow
from sessions.protocol import Protocol
from sessions.protocol_file import load


class ProtocolVersionQuerySet(SiteQuerySet):
    """Versions, as pages and services ask for them."""

    def of(self, enrolment_id: Any):
        """The version that holds for an enrolment now: the database answers, for the gate and for the pages.

        `enrolment_id` is an id, or an expression that names one, such as an OuterRef.
        """
        named = hasattr(enrolment_id, "resolve_expression")
        asked = enrolment_id if named else models.Value(enrolment_id, output_field=models.UUIDField())
        return self.filter(
            pk=models.Func(
                asked,
                function="therapy_protocol_of",
                output_field=models.UUIDField(),
            )
        )


class ProtocolVersion(SiteRow):
    """One imported protocol file, numbered within its programme. It never changes: the next file is the next version."""

    programme_lookup = "programme_id"

    programme = models.ForeignKey("clinic.Programme", models.PROTECT, related_name="protocols")
    number = models.PositiveSmallIntegerField(help_text=_("1, 2, 3 … within the programme."))
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    text = models.TextField(help_text=_("The file as it was imported."))
    facts = models.JSONField(
        encoder=DjangoJSONEncoder, help_text=_("The same, parsed; the gate in the database reads it.")
    )
    sha256 = models.CharField(max_length=64, help_text=_("Of the file."))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("NULL: a command."),
    )

    objects: ClassVar = ProtocolVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="protocolversion_site_id"),
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="protocolversion_number_once",
                violation_error_message=_(
                    "Another version was imported at the same moment. Import it again."
                ),
            ),
            models.UniqueConstraint(
                fields=["programme", "sha256"],
                name="protocolversion_file_once",
                violation_error_message=_("This file is a version of the programme's protocol already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def protocol(self) -> Protocol:
        """The file as values."""
        return load(self.text.encode(), file=self.file_name)


class ProtocolAssignment(SiteRow):
    """Moves an enrolment to another version. It holds once it is signed."""

    programme_lookup = "enrolment__programme_id"

    enrolment = models.ForeignKey("clinic.Enrolment", models.PROTECT, related_name="protocol_moves")
    protocol = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at",)
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="protocolassignment_site_id"),
            models.CheckConstraint(
                condition=models.Q(reason__regex=r"\S.{3,}\S"),
                name="protocolassignment_reason_given",
                violation_error_message=_("Give a reason of at least five letters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} to {self.protocol_id}"
