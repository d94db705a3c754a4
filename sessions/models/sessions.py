"""What happened: a session, who was in the room, the setting and the log."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinic.models import Signature
from clinic.models.base import ClinicalQuerySet, ClinicalRow


class SessionQuerySet(ClinicalQuerySet):
    """Sessions, as pages ask for them."""

    def waiting(self):
        """Open, or closed without any signature; the open ones first, then the newest end."""
        signed = Signature.objects.filter(record="session", record_id=models.OuterRef("pk"))
        rows = self.filter(Q(ended_at=None) | ~models.Exists(signed))
        return rows.order_by(F("ended_at").desc(nulls_first=True), "-occurred_at")


class Session(ClinicalRow):
    """A meeting that took place, open until it is closed."""

    programme_lookup = "enrolment__programme_id"

    class Kind(models.TextChoices):
        """What the meeting was for."""

        PREPARATION = "preparation", _("Preparation")
        DOSING = "dosing", _("Dosing")
        INTEGRATION = "integration", _("Integration")
        FOLLOW_UP = "follow-up", _("Follow-up")

    participant = models.ForeignKey("clinic.Participant", models.PROTECT, related_name="sessions")
    enrolment = models.ForeignKey("clinic.Enrolment", models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=12, choices=Kind)
    occurred_at = models.DateTimeField(_("began at"), help_text=_("When it began (UTC)."))
    ended_at = models.DateTimeField(null=True, blank=True, help_text=_("When it ended. NULL: still open."))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-occurred_at",)
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="session_site_id"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("occurred_at")),
                name="session_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("preparation", "dosing", "integration", "follow-up")),
                name="session_kind_known",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "participant", "-occurred_at"], name="session_by_participant")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.occurred_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self.ended_at is None


class SessionRow(ClinicalRow):
    """A fact of a session."""

    programme_lookup = "session__enrolment__programme_id"

    session = models.ForeignKey(Session, models.PROTECT, related_name="%(class)s_rows")
    occurred_at = models.DateTimeField(_("time"), help_text=_("When it happened (UTC)."))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
        help_text=_("The row that this one amends. NULL: none."),
    )

    class Meta:
        abstract = True
        ordering = ("occurred_at", "id")


class Attendance(SessionRow):
    """Who was in the room, from and to."""

    class Part(models.TextChoices):
        """What the person did there."""

        LEAD = "lead", _("Lead therapist")
        CO_THERAPIST = "co-therapist", _("Co-therapist")
        PHYSICIAN = "physician", _("Physician")
        OBSERVER = "observer", _("Observer")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    left_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: stayed."))

    class Meta(SessionRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="attendance_site_id"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("occurred_at")),
                name="attendance_leaves_after_coming",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_part_display()}"


class Setting(SessionRow):
    """Where the session took place and how the room was."""

    class Place(models.TextChoices):
        """How people met."""

        ROOM = "room", _("In a room of the clinic")
        VIDEO = "video", _("By video")
        PHONE = "phone", _("By phone")

    place = models.CharField(max_length=10, choices=Place, default=Place.ROOM)
    room = models.CharField(max_length=60, blank=True)
    music = models.CharField(max_length=200, blank=True)

    class Meta(SessionRow.Meta):
        constraints = [models.UniqueConstraint(fields=["site", "id"], name="setting_site_id")]

    def __str__(self) -> str:
        return self.room or self.get_place_display()


class LogEntry(SessionRow):
    """A note. Its text is sealed; a private process note is its author's alone and is never exported."""

    text_sealed = models.BinaryField()
    private = models.BooleanField(default=False)

    class Meta(SessionRow.Meta):
        constraints = [models.UniqueConstraint(fields=["site", "id"], name="logentry_site_id")]

    def __str__(self) -> str:
        return f"{self.occurred_at:%H:%M}"
