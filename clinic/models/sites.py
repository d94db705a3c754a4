"""Where: sites and the programmes they run."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteQuerySet, SiteRow
from clinic.uuid7 import uuid7


def validate_time_zone(name: str) -> None:
    """Refuse a time zone that the tz database does not know."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValidationError(
            _("There is no time zone %(name)s. Write one such as Australia/Sydney."), params={"name": name}
        ) from unknown


class Site(models.Model):
    """A clinic. Its time zone is the one in which visits and pages are read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True, help_text=_("Short name in lower case, such as harbour."))
    name = models.CharField(max_length=100)
    time_zone = models.CharField(
        max_length=64, validators=[validate_time_zone], help_text=_("Such as Australia/Sydney.")
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Programme(SiteRow):
    """A study or a service line at a site. A study at two sites is two rows with one code."""

    programme_lookup = "id"

    code = models.SlugField(max_length=32, help_text=_("Such as MAPP1; the same at every site of a study."))
    name = models.CharField(max_length=200)
    blinded = models.BooleanField(
        default=False, help_text=_("Whether arms are masked from those who treat and rate.")
    )
    demo = models.BooleanField(
        default=False, editable=False, help_text=_("Whether the demo made it; its people are invented.")
    )
    finished_on = models.DateField(null=True, blank=True, help_text=_("NULL: still running."))

    objects: ClassVar = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(
                fields=["site", "code"],
                name="programme_code_once_a_site",
                violation_error_message=_("This site already has a programme with that code."),
            ),
            models.UniqueConstraint(fields=["site", "id"], name="programme_site_id"),
        ]

    def __str__(self) -> str:
        return self.code
