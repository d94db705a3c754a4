"""What was answered and scored: assessments, and check-ins by link."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.models.base import ClinicalRow


class Assessment(ClinicalRow):
    """One sitting with one instrument: raw answers, and the score by a named version."""

    programme_lookup = "enrolment__programme_id"

    class Mode(models.TextChoices):
        """How the answers came."""

        SELF = "self", _("Answered by the participant")
        STAFF = "staff", _("Entered by staff")
        RATER = "rater", _("Rated by a blinded rater")
        IMPORT = "import", _("Imported")

    enrolment = models.ForeignKey("clinic.Enrolment", models.PROTECT, related_name="assessments")
    instrument = models.CharField(max_length=40, help_text=_("Key of the instrument."))
    version = models.CharField(max_length=40, help_text=_("Version of the instrument."))
    language = models.CharField(max_length=10, blank=True)
    visit = models.CharField(max_length=40, blank=True, help_text=_("Key of the visit; empty: none."))
    occurred_at = models.DateTimeField(
        _("answered at"), null=True, blank=True, help_text=_("NULL: the source gives no date.")
    )
    mode = models.CharField(max_length=6, choices=Mode)
    answers = models.JSONField(
        default=dict, blank=True, help_text=_("Item key to value; an item without an answer is absent.")
    )
    score = models.DecimalField(
        max_digits=20,
        decimal_places=10,
        null=True,
        blank=True,
        help_text=_("NULL: not scorable, see missing_reason."),
    )
    prorated = models.BooleanField(
        default=False, help_text=_("Whether missing items were replaced by the rule.")
    )
    band = models.CharField(max_length=40, blank=True)
    scheme = models.CharField(max_length=80, blank=True, help_text=_("Whose bands."))
    subscales = models.JSONField(default=dict, blank=True)
    criteria = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("Rule of the instrument to whether it is met; null: answers are missing."),
    )
    started_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the first question was shown. NULL: not known.")
    )
    missing_reason = models.CharField(max_length=40, blank=True)
    safety = models.JSONField(
        default=list, blank=True, help_text=_("Keys of safety items that were endorsed.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("NULL: the participant, by a link."),
    )

    class Meta:
        ordering = ("occurred_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="assessment_site_id"),
            # One imported value a participant, visit and measure: importing a file twice adds nothing.
            models.UniqueConstraint(
                fields=["enrolment", "visit", "instrument"],
                condition=Q(mode="import", entered_in_error_at=None),
                name="assessment_import_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "enrolment", "instrument", "occurred_at"], name="assessment_by_instrument"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.visit}"


def daily() -> list[str]:
    """What is asked where nothing else was chosen."""
    return ["daily_checkin"]


class CheckIn(ClinicalRow):
    """A link that a participant may answer until it is submitted or expires. Only a digest of the link is kept."""

    programme_lookup = "enrolment__programme_id"

    class Way(models.TextChoices):
        """How the questions reach the participant."""

        LINK = "link", _("By a link")
        TABLET = "tablet", _("On a tablet handed over")

    enrolment = models.ForeignKey("clinic.Enrolment", models.PROTECT, related_name="check_ins")
    token_digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text=_("SHA-256 of the link's secret.")
    )
    day = models.IntegerField(
        null=True, blank=True, help_text=_("Days since the last dose. NULL: no dose before.")
    )
    instruments = models.JSONField(
        default=daily, help_text=_("Keys of the instruments asked, in this order.")
    )
    way = models.CharField(max_length=6, choices=Way, default=Way.LINK)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When Start was pressed. NULL: not yet.")
    )
    submitted_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: not yet."))
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: not withdrawn."))
    answers = models.JSONField(
        default=dict, blank=True, help_text=_("Item key to value, as far as answered.")
    )
    skipped = models.JSONField(
        default=list, blank=True, help_text=_("Items that the participant would rather not answer.")
    )
    words_sealed = models.BinaryField(null=True, help_text=_("The participant's words. NULL: none."))

    class Meta:
        ordering = ("-recorded_at",)
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="checkin_site_id"),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(opened_at__isnull=False),
                name="checkin_opened_before_submitted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
