"""Records and withdraws a clinic's permission to show an instrument's text, and reads what is in force."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Site, User
from clinic.models.base import SiteRow
from clinic.storing import insert, update
from clinic.uuid7 import uuid7
from outcomes.instruments.base import Instrument
from outcomes.instruments.licences import Text
from outcomes.instruments.wording_file import read_wording
from outcomes.instruments.wording_parse import WordingError
from outcomes.instruments.wordings import Permission
from outcomes.models import InstrumentPermission


def record_permission(
    *,
    by: User | str,
    site: Site,
    instrument: Instrument,
    given_by: str,
    given_on: date,
    reference: str,
    terms: str,
    file_name: str = "",
    content: bytes | None = None,
    id: UUID | None = None,
) -> InstrumentPermission:
    """Store a permission, with a wording where a file is given. Raises ValidationError; nothing is half-stored."""
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("This day has not come yet.")})
    row = InstrumentPermission(
        id=id or uuid7(),
        site=site,
        instrument=instrument.key,
        version=instrument.version,
        given_by=given_by,
        given_on=given_on,
        reference=reference,
        terms=terms,
        recorded_by=by if isinstance(by, User) else None,
        **words_in(instrument, file_name, content),
    )
    with audit.change(by=by, reason="permission for an instrument recorded"):
        return insert(row)


def words_in(instrument: Instrument, file_name: str, content: bytes | None) -> dict[str, Any]:
    """The columns that come of the file; of none, where a text is held here. Raises ValidationError."""
    if content is None:
        if instrument.text_licence.text is not Text.ASK:
            raise ValidationError(
                {"file": _("No text of this instrument is held here: bring a file with its wording.")}
            )
        return {}
    try:
        words = read_wording(file_name, content, instrument)
    except WordingError as wrong:
        raise ValidationError({"file": str(wrong)}) from wrong
    digest = hashlib.sha256(content).hexdigest()
    return {
        "wording": words,
        "language": words["language"],
        "file_name": file_name[:200],
        "file_sha256": digest,
    }


def withdraw_permission(
    *, by: User | str, permission: InstrumentPermission, reason: str
) -> InstrumentPermission:
    """End a permission: its text is shown no more. Raises ValidationError where it has ended already."""
    with audit.change(by=by, reason="permission for an instrument withdrawn"):
        row = InstrumentPermission.objects.select_for_update(of=("self",)).get(pk=permission.pk)
        if row.withdrawn_at:
            raise ValidationError(_("This permission has already been withdrawn."))
        row.withdrawn_at, row.withdrawn_reason = timezone.now(), reason
        return update(row, ["withdrawn_at", "withdrawn_reason"])


def granted_to(row: SiteRow) -> list[Permission]:
    """The same for the site of a row; `with_permissions` has read it beside the row, or it is asked now."""
    known = getattr(row, "permissions_now", None)
    return permissions_at(row.site_id) if known is None else [Permission(**one) for one in known]


def permissions_at(site_id: UUID) -> list[Permission]:
    """What one site may show beyond what is shipped."""
    rows = InstrumentPermission.objects.in_force().filter(site_id=site_id)
    return [Permission(*values) for values in rows.values_list("instrument", "language", "wording")]
