"""What a participant consented to: one row a kind, with the text as it was shown, and when it was withdrawn."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.base import ClinicalQuerySet, ClinicalRow
from clinic.models.participants import Participant


class ConsentQuerySet(ClinicalQuerySet):
    """Consents; a time is an argument, since the gate and the exports ask about a moment."""

    def standing(self, kind: str, at: datetime):
        """Those of one kind that are in force at a moment: given by then, and not withdrawn by then."""
        return self.in_force().filter(
            Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), kind=kind, given_at__lte=at
        )

    def in_force_for(self, participant: Participant, kind: str, at: datetime | None = None):
        """One participant's, now or at another moment."""
        return self.standing(kind, at or timezone.now()).filter(participant=participant)

    def in_list(self):
        """With what a list shows, newest first; the long text stays away."""
        return self.select_related("explained_by").defer("text").order_by("-given_at", "-id")


class Consent(ClinicalRow):
    """A consent of one kind, given and perhaps withdrawn."""

    programme_lookup = "participant__enrolments__programme_id"

    class Kind(models.TextChoices):
        """What is consented to; each is asked apart. The order is that of the page."""

        TREATMENT = "treatment", _("Treatment")
        RESEARCH = "research", _("Use of data for research")
        RECORDING = "recording", _("Recording of sessions")
        TOUCH_HAND = "touch-hand", _("Touch: holding a hand")
        TOUCH_SHOULDER = "touch-shoulder", _("Touch: a hand on the shoulder")
        TOUCH_HOLDING = "touch-holding", _("Touch: being held")
        TRAINEE = "trainee", _("A trainee in the room")
        CONTACT = "contact", _("Calling the support person")
        FOLLOW_UP = "follow-up", _("Follow-up contact")
        # Older rows do not say which touch. They are kept and read, and allow none of the three above.
        TOUCH = "touch", _("Touch, of no kind named")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=20, choices=Kind)
    text_version = models.CharField(max_length=20, help_text=_("Version of the text that was explained."))
    language = models.CharField(
        max_length=10, blank=True, help_text=_("Language of the text, such as en. Empty: not known.")
    )
    text = models.TextField(
        blank=True,
        help_text=_("The text as it was shown, so that it reads the same for ever. Empty: not kept."),
    )
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Who explained it. NULL: nobody here, such as for a source study; or not known."),
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: in force."))
    withdrawal_sealed = models.BinaryField(
        null=True, help_text=_("Why it was withdrawn, sealed. NULL: no reason was given.")
    )

    objects: ClassVar = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-given_at")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="consent_site_id"),
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(withdrawn_at=None, entered_in_error_at=None),
                name="consent_once_in_force",
                violation_error_message=_(
                    "This consent is already in force. Withdraw it before recording a new one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_sealed=None) | Q(withdrawn_at__isnull=False),
                name="consent_reason_with_withdrawal",
                violation_error_message=_("Only a withdrawn consent has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.text_version}"
