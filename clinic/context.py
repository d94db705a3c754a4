"""What every page's frame needs: navigation, site, role, light."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.permissions import Action, may
from clinic.services.demo import demo_accounts

# Label, URL name, and the action that shows it. Upper layers are named as strings only.
NAVIGATION = (
    (_("Today"), "clinic:today", None),
    (_("Participants"), "clinic:participants", Action.READ_PARTICIPANT),
    (_("Doses to review"), "sessions:deviations", Action.REVIEW_DEVIATION),
    (_("Register"), "sessions:register", Action.READ_SCREENING),
    (_("Register"), "sessions:register-counts", Action.READ_REGISTER),
    (_("Import"), "outcomes:import", Action.IMPORT_OUTCOMES),
    (_("Export"), "outcomes:export", Action.EXPORT_OUTCOMES),
    (_("Instruments"), "outcomes:instruments", Action.MANAGE_INSTRUMENTS),
    (_("Accounts"), "clinic:accounts", Action.MANAGE_ACCOUNTS),
    (_("Audit"), "clinic:audit", Action.READ_AUDIT),
)


def page(request) -> dict:
    """The frame of a page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "nav": [],
            "theme": "auto",
            "demo": settings.DEMO,
            "demo_accounts": demo_accounts() if settings.DEMO else [],
        }
    held = user.memberships_in_force
    return {
        "nav": list(navigation(request, user)),
        "site_name": ", ".join(dict.fromkeys(membership.site.name for membership in held)),
        "role_label": ", ".join(dict.fromkeys(str(membership.get_role_display()) for membership in held)),
        "theme": user.theme,
        "demo": settings.DEMO,
    }


def navigation(request, user) -> list[dict]:
    """The links that this person's roles open."""
    links = []
    for label, name, action in NAVIGATION:
        if action is None or may(user, action):
            url = reverse(name)
            current = request.path == url if name == "clinic:today" else request.path.startswith(url)
            links.append({"label": label, "url": url, "current": current})
    return links
