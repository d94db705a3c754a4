"""What a participant consented to, kind by kind with the text as it was shown, and whether it was understood."""

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
        """With what a list shows: those in force, then the latest withdrawn, so that no cut hides one in force."""
        return self.select_related("explained_by").defer("text").standing_first()

    def standing_first(self):
        """Those in force first, then by withdrawal, the latest first."""
        return self.order_by(F("withdrawn_at").desc(nulls_first=True), "-given_at", "-id")


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


class UnderstandingQuerySet(ClinicalQuerySet):
    """Checks of understanding."""

    def finished(self):
        """Those in which every question was answered, the newest first."""
        return self.in_force().filter(finished_at__isnull=False).order_by("-finished_at", "-id")

    def answered_for(self, participant: Participant, at: datetime | None = None):
        """Finished by a moment, for the consent to treatment that is in force at that moment."""
        at = at or timezone.now()
        consents = Consent.objects.in_force_for(participant, Consent.Kind.TREATMENT, at)
        return self.finished().filter(consent__in=consents, finished_at__lte=at)


class Understanding(ClinicalRow):
    """A participant's answers to the questions that show whether the treatment was explained well."""

    programme_lookup = "participant__enrolments__programme_id"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="understandings")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="understandings")
    version = models.CharField(max_length=20, help_text=_("Version of the questions."))
    language = models.CharField(max_length=10)
    answers = models.JSONField(
        default=dict, blank=True, help_text=_("Keys of the choices made, by the key of the question.")
    )
    asked = models.PositiveSmallIntegerField(help_text=_("How many questions the version has."))
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How many were right. NULL: not finished.")
    )
    taken_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text=_("The staff member present.")
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: not finished."))

    objects: ClassVar = UnderstandingQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="understanding_site_id"),
            models.CheckConstraint(
                condition=Q(finished_at=None, score=None)
                | Q(
                    finished_at__isnull=False,
                    finished_at__gte=F("started_at"),
                    score__isnull=False,
                    score__lte=F("asked"),
                ),
                name="understanding_scored_when_finished",
                violation_error_message=_("The questions end after they began, with a score."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} / {self.asked}"
