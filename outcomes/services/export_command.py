"""What the command `export_outcomes` does: finds the programme and writes its folder."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clinic.models import Programme, Site, User
from clinic.permissions import Action
from clinic.rows import rows_of
from outcomes.exports.files import ExportError
from outcomes.services.exports import COMMAND, Order, check_format, export_to_folder


def run(
    *, code: str, formats: str, profile: str, out: Path, site: str = "", email: str = ""
) -> dict[str, Any]:
    """Export every row of a programme's code that the person, or the command, may see; gives the manifest."""
    check_format(formats)
    by = person(email) if email else None
    programmes = programmes_of(code, site, by)
    if not programmes:
        raise ExportError(f"There is no programme {code} to export here.")
    return export_to_folder(Order(programmes, profile, by, timezone.now()), out)


def person(email: str) -> User:
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise ExportError(f"There is no account {email}.")
    return found


def programmes_of(code: str, site: str, by: User | None) -> tuple[Programme, ...]:
    sites = Site.objects.filter(slug=site) if site else Site.objects.all()
    with rows_of(list(sites.values_list("pk", flat=True)), COMMAND):
        rows = Programme.objects.filter(code=code, site__in=sites).order_by("site__slug")
        if by is not None:
            try:
                rows = rows.permitted(by, Action.EXPORT_OUTCOMES)
            except PermissionDenied as refused:
                raise ExportError(f"{by.email} may not export outcome data.") from refused
        return tuple(rows)
