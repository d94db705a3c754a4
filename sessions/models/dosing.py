"""The dosing day's facts: vital signs and doses."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.gate import DoseDecision
from sessions.models.sessions import SessionRow


def between(low, high) -> list:
    """Validators for what can be measured in a person at all; limits that mean something stand in the protocol."""
    return [MinValueValidator(low), MaxValueValidator(high)]


class VitalSign(SessionRow):
    """One reading. A value that was not taken is NULL, never 0."""

    systolic_mmhg = models.PositiveSmallIntegerField(
        _("systolic"),
        null=True,
        blank=True,
        validators=between(40, 300),
        help_text=_("mmHg. NULL: not taken."),
    )
    diastolic_mmhg = models.PositiveSmallIntegerField(
        _("diastolic"),
        null=True,
        blank=True,
        validators=between(20, 200),
        help_text=_("mmHg. NULL: not taken."),
    )
    pulse_bpm = models.PositiveSmallIntegerField(
        _("pulse"),
        null=True,
        blank=True,
        validators=between(20, 300),
        help_text=_("Beats a minute. NULL: not taken."),
    )
    temperature_c = models.DecimalField(
        _("temperature"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=between(Decimal("30.0"), Decimal("45.0")),
        help_text=_("Degrees Celsius. NULL: not taken."),
    )
    spo2_percent = models.PositiveSmallIntegerField(
        _("oxygen saturation"),
        null=True,
        blank=True,
        validators=between(50, 100),
        help_text=_("Per cent. NULL: not taken."),
    )

    class Meta(SessionRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="vitalsign_site_id"),
            models.CheckConstraint(
                condition=Q(systolic_mmhg__isnull=False)
                | Q(pulse_bpm__isnull=False)
                | Q(temperature_c__isnull=False)
                | Q(spo2_percent__isnull=False),
                name="vitalsign_something_taken",
                violation_error_message=_("Enter at least one value."),
            ),
            models.CheckConstraint(
                condition=Q(systolic_mmhg=None, diastolic_mmhg=None)
                | Q(systolic_mmhg__gt=F("diastolic_mmhg"), diastolic_mmhg__isnull=False),
                name="vitalsign_pressure_whole",
                violation_error_message=_(
                    "Blood pressure needs both values, and the systolic one is the higher."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(systolic_mmhg=None) | Q(systolic_mmhg__range=(40, 300)))
                & (Q(diastolic_mmhg=None) | Q(diastolic_mmhg__range=(20, 200)))
                & (Q(pulse_bpm=None) | Q(pulse_bpm__range=(20, 300)))
                & (Q(temperature_c=None) | Q(temperature_c__range=(Decimal("30"), Decimal("45"))))
                & (Q(spo2_percent=None) | Q(spo2_percent__range=(50, 100))),
                name="vitalsign_ranges",
                violation_error_message=_("A value lies outside what can be measured. Check the units."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurred_at:%H:%M}"


class DoseAdministration(SessionRow):
    """A dose that was given. The second person differs from the first."""

    class Part(models.TextChoices):
        """Which dose of the session."""

        INITIAL = "initial", _("First dose")
        SUPPLEMENTAL = "supplemental", _("Supplemental dose")

    part = models.CharField(max_length=12, choices=Part, default=Part.INITIAL)
    substance = models.CharField(max_length=40, default="MDMA")
    dose_mg = models.DecimalField(
        _("dose"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("mg"),
    )
    lot = models.CharField(max_length=40, blank=True, help_text=_("As on the container, such as H-0417."))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    witnessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("NULL: no second person was there."),
    )
    decision = models.ForeignKey(
        DoseDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="doses",
        help_text=_("The authorisation it was given under. NULL: none, which is a deviation."),
    )

    class Meta(SessionRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="dose_site_id"),
            models.CheckConstraint(
                condition=Q(dose_mg__gt=0),
                name="dose_above_zero",
                violation_error_message=_("A dose is more than 0 mg."),
            ),
            models.CheckConstraint(
                condition=Q(witnessed_by=None) | ~Q(witnessed_by=F("given_by")),
                name="dose_second_person",
                violation_error_message=_("The second person must be somebody else."),
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(entered_in_error_at=None),
                name="dose_decision_once",
                violation_error_message=_("A dose was already recorded under this authorisation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dose_mg.normalize():f} mg"
