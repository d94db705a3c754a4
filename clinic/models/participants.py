"""Whom: participants by code, their identity under a key, enrolment, arm and care team."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.codes import validate_code
from clinic.models.base import ClinicalQuerySet, ClinicalRow, SiteRow
from clinic.models.sites import validate_time_zone


class ParticipantQuerySet(ClinicalQuerySet):
    """Participants, as lists and pages want them."""

    def in_list(self):
        """With what a line of the list shows, in two queries."""
        return self.select_related("site").prefetch_related(
            models.Prefetch(
                "enrolments", Enrolment.objects.in_force().select_related("programme").order_by("enrolled_on")
            )
        )


class Participant(ClinicalRow):
    """A person in treatment, known to the record by a random code."""

    programme_lookup = "enrolments__programme_id"

    class Sex(models.TextChoices):
        """Sex at birth."""

        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        INTERSEX = "intersex", _("Intersex")
        NOT_STATED = "not-stated", _("Not stated")

    code = models.CharField(
        max_length=12,
        editable=False,
        validators=[validate_code],
        help_text=_("Random, with a check character: P-7KQ4-MRC."),
    )
    sex = models.CharField(_("sex at birth"), max_length=10, choices=Sex, default=Sex.NOT_STATED)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("NULL: not known."))
    language = models.CharField(
        max_length=10, default="en", help_text=_("Language of questionnaires, such as en.")
    )
    time_zone = models.CharField(
        max_length=64, validators=[validate_time_zone], help_text=_("Where the person lives.")
    )

    # Set by `clinic.selectors.named` for a list whose reader may see it; never stored.
    identifiers: Mapping[str, object] = MappingProxyType({})

    objects: ClassVar = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="participant_code_once_a_site"),
            models.UniqueConstraint(fields=["site", "id"], name="participant_site_id"),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2100)),
                name="participant_birth_year_range",
                violation_error_message=_("A birth year lies between 1900 and 2100."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DataKey(SiteRow):
    """A participant's data key, wrapped by a key outside the database. Erasure destroys it."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="data_keys")
    wrapped = models.BinaryField(
        null=True, editable=False, help_text=_("Format version, key id, nonce, ciphertext. NULL: destroyed.")
    )
    destroyed_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: the key lives."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="datakey_site_id"),
            models.UniqueConstraint(
                fields=["participant"], condition=Q(destroyed_at=None), name="datakey_one_alive"
            ),
            models.CheckConstraint(
                condition=Q(wrapped=None, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at=None),
                name="datakey_wrapped_while_alive",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Identity(SiteRow):
    """Who a code is. Sealed under the participant's key; found again by keyed digests only."""

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="identity")
    details_sealed = models.BinaryField(
        help_text=_("JSON: preferred name, given and family name, birth date, phone, e-mail, source id.")
    )
    person_digest = models.BinaryField(
        null=True, help_text=_("Keyed digest of family name, given name and birth date. NULL: not known.")
    )
    source_digest = models.BinaryField(
        null=True, help_text=_("Keyed digest of an imported study's id. NULL: not imported.")
    )

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="identity_site_id"),
            models.UniqueConstraint(fields=["site", "source_digest"], name="identity_source_once_a_site"),
            models.UniqueConstraint(
                fields=["site", "person_digest"],
                name="identity_person_once_a_site",
                violation_error_message=_(
                    "Somebody with this name and birth date is already here. Find that record first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class Enrolment(ClinicalRow):
    """A participant in a programme."""

    programme_lookup = "programme_id"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="enrolments")
    programme = models.ForeignKey("clinic.Programme", models.PROTECT, related_name="enrolments")
    enrolled_on = models.DateField(help_text=_("Day zero of the course, in the site's time zone."))
    ended_on = models.DateField(null=True, blank=True, help_text=_("NULL: still enrolled."))
    end_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar = ClinicalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="enrolment_site_id"),
            models.UniqueConstraint(
                fields=["participant", "programme"],
                condition=Q(entered_in_error_at=None),
                name="enrolment_once",
                violation_error_message=_("This participant is already enrolled in that programme."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("enrolled_on")),
                name="enrolment_ends_after_start",
                violation_error_message=_("An enrolment cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} in {self.programme_id}"


class Allocation(ClinicalRow):
    """The arm. A table of its own, so that a grant can keep it from those who must not know."""

    programme_lookup = "enrolment__programme_id"

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="allocation")
    arm = models.CharField(max_length=50)
    allocated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "id"], name="allocation_site_id")]

    def __str__(self) -> str:
        return self.arm


class CareTeam(ClinicalRow):
    """Somebody who treats a participant, from and to."""

    programme_lookup = "enrolment__programme_id"

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.CharField(max_length=50, help_text=_("Such as lead therapist."))
    from_at = models.DateTimeField(default=timezone.now)
    to_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: still on the team."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "id"], name="careteam_site_id"),
            models.CheckConstraint(
                condition=Q(to_at=None) | Q(to_at__gte=F("from_at")), name="careteam_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.part
