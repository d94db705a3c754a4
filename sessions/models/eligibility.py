"""Whether somebody is dosed at all: the decision, frozen with everything that it rests on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.models.base import ClinicalRow
from sessions.models.protocols import ProtocolVersion


class EligibilityDecision(ClinicalRow):
    """Eligible, not eligible, or deferred. `evidence` holds findings, rules and results as they were, in words."""

    programme_lookup = "enrolment__programme_id"

    class Outcome(models.TextChoices):
        """What was decided."""

        ELIGIBLE = "eligible", _("Eligible")
        NOT_ELIGIBLE = "not-eligible", _("Not eligible")
        DEFER = "defer", _("Deferred")

    enrolment = models.ForeignKey("clinic.Enrolment", models.PROTECT, related_name="eligibility_decisions")
    protocol = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="+")
    rules = models.CharField(max_length=20, help_text=_("Version of the rules."))
    outcome = models.CharField(max_length=12, choices=Outcome)
    defer_until = models.DateField(null=True, blank=True, help_text=_("NULL: not deferred."))
    reasons = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Keys of the rules that turned somebody away; what the register counts."),
    )
    overridden = models.JSONField(
        default=list, blank=True, help_text=_("Keys of the rules that were overridden.")
    )
    rationale_sealed = models.BinaryField(help_text=_("The decider's own words, sealed."))
    override_sealed = models.BinaryField(
        null=True, help_text=_("Why a rule is overridden, sealed. NULL: none is.")
    )
    evidence = models.TextField(help_text=_("Canonical JSON: everything as it was and as it was worded."))
    sha256 = models.CharField(max_length=64, help_text=_("Of the evidence; what signatures cover."))
    occurred_at = models.DateTimeField(help_text=_("When it was decided (UTC)."))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-occurred_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="eligibilitydecision_site_id"),
            models.CheckConstraint(
                condition=Q(outcome="defer", defer_until__isnull=False)
                | Q(~Q(outcome="defer"), defer_until=None),
                name="eligibilitydecision_defer_until",
                violation_error_message=_("Say until when it is deferred."),
            ),
            models.CheckConstraint(
                condition=Q(overridden=[], override_sealed=None)
                | Q(~Q(overridden=[]), override_sealed__isnull=False),
                name="eligibilitydecision_override_reason",
                violation_error_message=_("Say why the rule is overridden."),
            ),
        ]
        indexes = [models.Index(fields=["site", "enrolment", "-occurred_at"], name="decision_by_enrolment")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.occurred_at:%Y-%m-%d}"

    @property
    def signers_needed(self) -> int:
        """One signs; two where a rule is overridden."""
        return 2 if self.overridden else 1
