"""In front of a dose: who authorised it, what was overridden, and the doses that nobody authorised."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.models.base import ClinicalRow
from sessions.models.sessions import Session, SessionRow


class GateOverride(ClinicalRow):
    """Opens the gate against named conditions, for one session. It holds once two people have signed it."""

    programme_lookup = "session__enrolment__programme_id"

    session = models.ForeignKey(Session, models.PROTECT, related_name="gate_overrides")
    conditions = models.JSONField(help_text=_("Keys of the conditions that it covers."))
    facts = models.JSONField(help_text=_("The gate as it was, in words."))
    reason_sealed = models.BinaryField(help_text=_("Why, sealed."))
    sha256 = models.CharField(max_length=64, help_text=_("What the signatures cover."))
    occurred_at = models.DateTimeField(help_text=_("When it was asked for (UTC)."))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("occurred_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="gateoverride_site_id"),
            models.CheckConstraint(
                condition=~Q(conditions=[]),
                name="gateoverride_names_conditions",
                violation_error_message=_("Every condition is met: there is nothing to override."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.conditions)


class DoseDecision(SessionRow):
    """A dose was authorised, withheld or declined. Only an open gate, or a complete override, lets one be authorised."""

    # What the triggers say, in words for a person. Their names come as the name of a constraint.
    refusals: ClassVar[dict[str, Promise]] = {
        "dosedecision_gate_open": _(
            "The gate is not open. Solve what is red or not known, or have it overridden."
        ),
        "dosedecision_authoriser": _("Only those whom the protocol names may authorise a dose."),
        "dosedecision_now": _("A dose is authorised before it is given. Record the time as it is now."),
    }

    class Outcome(models.TextChoices):
        """What was decided."""

        AUTHORISED = "authorised", _("Authorised")
        WITHHELD = "withheld", _("Withheld")
        DECLINED = "declined", _("Offered and declined")

    part = models.CharField(
        max_length=12, choices=[("initial", _("First dose")), ("supplemental", _("Supplemental dose"))]
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    substance = models.CharField(max_length=40, default="MDMA")
    dose_mg = models.DecimalField(
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("mg, at most. NULL: none is given."),
    )
    reason_sealed = models.BinaryField(null=True, help_text=_("Why, sealed. NULL: nothing was written."))
    override = models.ForeignKey(
        GateOverride,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text=_("The override under which it was authorised. NULL: the gate was open."),
    )
    gate = models.JSONField(default=list, help_text=_("The gate as it was, in words."))

    class Meta(SessionRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="dosedecision_site_id"),
            models.CheckConstraint(
                # IS NOT NULL as well: a comparison with NULL would let a dose without an amount pass.
                condition=Q(outcome="authorised", dose_mg__isnull=False, dose_mg__gt=0)
                | Q(~Q(outcome="authorised"), dose_mg=None),
                name="dosedecision_amount",
                violation_error_message=_("An authorised dose has an amount above 0 mg, any other has none."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def amount(self) -> str:
        """The dose in mg without needless zeros; "" where none is given."""
        return "" if self.dose_mg is None else f"{self.dose_mg.normalize():f}"


class DoseDeviation(ClinicalRow):
    """A dose that nobody authorised, or not like this. The database writes the row; it marks the session for ever."""

    programme_lookup = "session__enrolment__programme_id"
    WORDS: ClassVar[dict[str, Promise]] = {
        "not-authorised": _("No authorisation was named"),
        "not-in-force": _("The authorisation was withdrawn or is no authorisation"),
        "other-session": _("The authorisation belongs to another session"),
        "other-part": _("The authorisation was for another dose of the session"),
        "above": _("More was given than was authorised"),
        "before": _("It was given before it was authorised"),
        "other-substance": _("Another substance was authorised"),
    }

    session = models.ForeignKey(Session, models.PROTECT, related_name="dose_deviations")
    dose = models.OneToOneField("therapy.DoseAdministration", models.PROTECT, related_name="deviation")
    kinds = models.JSONField(help_text=_("What differs, keys of WORDS."))
    reason_sealed = models.BinaryField(null=True, help_text=_("Why, sealed. NULL: nobody has said yet."))
    reviewed_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: no physician has seen it."))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("NULL: no physician has seen it."),
    )
    review_sealed = models.BinaryField(
        null=True, help_text=_("What the physician wrote, sealed. NULL: not seen.")
    )

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="dosedeviation_site_id"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="dosedeviation_reviewed_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.kinds)

    def words(self) -> list[Any]:
        """What differs, for a person."""
        return [self.WORDS[kind] for kind in self.kinds if kind in self.WORDS]
