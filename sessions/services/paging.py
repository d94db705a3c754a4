"""Pages people by mail. A message carries no name, no code and no dose: a link that asks for a sign-in."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.models import Membership
from clinic.permissions import GRANTS, Action
from sessions.models import DoseDeviation


def page(deviation_id: UUID | str) -> int:
    """Write to everybody who may review this deviation; how many there were. Raises OSError where mail does not leave."""
    found = DoseDeviation.objects.select_related("site").get(pk=deviation_id)
    if found.reviewed_at is not None:
        return 0
    addresses = reviewers(found.site_id)
    for address in addresses:
        send_mail(subject(found), body(), settings.DEFAULT_FROM_EMAIL, [address])
    return len(addresses)


def reviewers(site_id: UUID) -> list[str]:
    """Addresses of those who may review deviations at a site today."""
    held = Membership.objects.in_force().filter(
        site_id=site_id, role__in=GRANTS[Action.REVIEW_DEVIATION], user__is_active=True
    )
    return list(held.order_by("user__email").values_list("user__email", flat=True).distinct())


def subject(found: DoseDeviation) -> str:
    """What the message is about."""
    return _("%(site)s: a dose was recorded without authorisation") % {"site": found.site.name}


def body() -> str:
    """Where to look. No id stands in the address: a row's id tells when it was made."""
    link = settings.SITE_URL + reverse("sessions:deviations")
    return _(
        "A dose was recorded that nobody authorised, or not like this. A physician reads the record and writes a review:\n\n"
        "%(link)s\n\nThe mark stays on the session. This message holds nothing about the person."
    ) % {"link": link}
