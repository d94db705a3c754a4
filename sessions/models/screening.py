"""What is known of a person before and after: findings, medicines, and who cleared them."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from clinic.models.base import ClinicalQuerySet, ClinicalRow
from sessions.models.sessions import Session


class CorrectedQuerySet(ClinicalQuerySet):
    """Rows that are corrected by a later row, never overwritten."""

    def current(self):
        """In force, and replaced by no row in force."""
        later = self.model._default_manager.filter(replaces=OuterRef("pk"), entered_in_error_at=None)
        return self.in_force().exclude(Exists(later))


REASON_GIVEN = Q(replaces=None) | Q(reason__regex=r"\S.{3,}\S")


def corrected_by_one(model: str) -> list[models.BaseConstraint]:
    """A row is corrected with a reason, never by itself, and by one row in force at most.

    That the corrected row belongs to the same person (and factor) is a foreign key: migration 0007.
    """
    return [
        models.CheckConstraint(
            condition=Q(replaces=None) | ~Q(replaces=F("id")), name=f"{model}_replaces_another"
        ),
        models.CheckConstraint(
            condition=REASON_GIVEN,
            name=f"{model}_replaces_with_reason",
            violation_error_message=_("Say why this replaces what was known, in five letters or more."),
        ),
        models.UniqueConstraint(
            fields=["replaces"],
            condition=Q(entered_in_error_at=None),
            name=f"{model}_replaced_once",
            violation_error_message=_("This was replaced before. Open the page again."),
        ),
    ]


class CorrectedRow(ClinicalRow):
    """A statement about a person that a later one may replace."""

    programme_lookup = "enrolment__programme_id"

    enrolment = models.ForeignKey("clinic.Enrolment", models.PROTECT, related_name="%(class)s_rows")
    occurred_at = models.DateTimeField(_("time"), help_text=_("When it was found (UTC)."))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text=_("The row that this one corrects. NULL: none."),
    )
    reason = models.CharField(
        max_length=500, blank=True, help_text=_("Why it replaces that row. Empty: it replaces none.")
    )
    words_sealed = models.BinaryField(null=True, help_text=_("Free text, sealed. NULL: none."))

    objects: ClassVar = CorrectedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("occurred_at", "id")


class ScreeningFinding(CorrectedRow):
    """One factor of one person: a value, its source, a time, and who says so."""

    class Occasion(models.TextChoices):
        """At which screening it was found."""

        BASELINE = "baseline", _("Baseline")
        DOSING = "dosing", _("Morning of a dosing day")
        END = "end", _("End of treatment")
        MONTH_6 = "month6", _("6 months")
        MONTH_12 = "month12", _("12 months")
        MONTH_24 = "month24", _("24 months")
        BETWEEN = "between", _("Between visits")

    class Source(models.TextChoices):
        """How it is known."""

        SELF_REPORT = "self-report", _("Self-report")
        INTERVIEW = "interview", _("Interview")
        MEASUREMENT = "measurement", _("Measurement")
        RECORD = "record", _("Record or letter")
        INSTRUMENT = "instrument", _("Questionnaire")

    factor = models.CharField(max_length=40, help_text=_("Key of the factor in the catalogue."))
    catalogue = models.CharField(max_length=20, help_text=_("Version of the catalogue that asked."))
    occasion = models.CharField(max_length=10, choices=Occasion)
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        help_text=_("The session on whose morning it was asked. NULL: none."),
    )
    value = models.JSONField(
        null=True,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text=_("As the catalogue types it. NULL: only words were written."),
    )
    source = models.CharField(max_length=12, choices=Source)
    assessment_id = models.UUIDField(
        null=True, blank=True, help_text=_("The sitting whose score this is. NULL: none.")
    )

    class Meta(CorrectedRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="screeningfinding_site_id"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(words_sealed__isnull=False),
                name="screeningfinding_says_something",
                violation_error_message=_("Enter what was found."),
            ),
            *corrected_by_one("screeningfinding"),
        ]
        indexes = [
            models.Index(fields=["site", "enrolment", "factor", "-occurred_at"], name="finding_by_factor")
        ]

    def __str__(self) -> str:
        return f"{self.factor}: {self.value}"


class Medication(CorrectedRow):
    """A medicine that a person takes or took. The record names it; it never says what to do with it."""

    name = models.CharField(max_length=80, help_text=_("As it was said or stands on the box."))
    substance = models.CharField(
        max_length=40, blank=True, help_text=_("Key in the table of medicines. Empty: not known there, ask.")
    )
    dose = models.CharField(max_length=60, blank=True, help_text=_("Such as 20 mg in the morning."))
    last_taken_on = models.DateField(null=True, blank=True, help_text=_("NULL: not known."))
    planned_stop_on = models.DateField(
        null=True, blank=True, help_text=_("As agreed with the prescriber. NULL: none planned.")
    )
    stopped = models.BooleanField(default=False, help_text=_("Whether it is no longer taken."))
    resumed_on = models.DateField(null=True, blank=True, help_text=_("NULL: not resumed."))
    prescriber_informed = models.BooleanField(null=True, blank=True, help_text=_("NULL: not asked."))

    class Meta(CorrectedRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="medication_site_id"),
            models.CheckConstraint(
                condition=Q(stopped=False) | Q(last_taken_on__isnull=False),
                name="medication_stopped_when",
                violation_error_message=_("Enter when it was last taken."),
            ),
            *corrected_by_one("medication"),
        ]
        indexes = [models.Index(fields=["site", "enrolment"], name="medication_by_enrolment")]

    def __str__(self) -> str:
        return self.name


class MedicineClearance(ClinicalRow):
    """A physician's signed word on one medicine of the list: it does not stand in the way of a dose."""

    programme_lookup = "medication__enrolment__programme_id"

    medication = models.ForeignKey(Medication, models.PROTECT, related_name="clearances")
    occurred_at = models.DateTimeField(help_text=_("When it was given (UTC)."))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words_sealed = models.BinaryField(help_text=_("Why, sealed."))
    sha256 = models.CharField(max_length=64, help_text=_("What the signature covers."))

    class Meta:
        ordering = ("occurred_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="medicineclearance_site_id"),
            models.UniqueConstraint(
                fields=["medication"],
                condition=Q(entered_in_error_at=None),
                name="medicineclearance_once",
                violation_error_message=_("This medicine was cleared before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medication_id} cleared"
