"""Imports a protocol file as the next version of a programme's protocol, and moves an enrolment to another version."""

import hashlib
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Enrolment, Programme, Signature, Site, User
from clinic.rows import rows_of
from clinic.services.signing import confirm_signer
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions.models import ProtocolAssignment, ProtocolVersion
from sessions.protocol_file import load, tables

COMMAND = "command:import_protocol"
ASSIGNMENT = "protocol-assignment"


def import_protocol(
    *, by: User | str, programme: Programme, content: bytes, file_name: str, id: UUID | None = None
) -> ProtocolVersion:
    """Store a file as the next version. Raises RefusedError for a wrong file, ValidationError for one that is there."""
    made = load(content, file=file_name)
    with audit.change(by=by, reason="protocol imported"):
        versions = ProtocolVersion.objects.filter(programme=programme)
        newest = versions.aggregate(newest=Max("number"))["newest"] or 0
        return insert(
            ProtocolVersion(
                id=id or uuid7(),
                site_id=programme.site_id,
                programme=programme,
                number=newest + 1,
                key=made.key,
                title=made.title,
                file_name=file_name[:200],
                text=content.decode(),
                facts=tables(content, file_name),
                sha256=hashlib.sha256(content).hexdigest(),
                imported_by=by if isinstance(by, User) else None,
            )
        )


def import_for(*, code: str, site: str, content: bytes, file_name: str) -> list[ProtocolVersion]:
    """The same at each site of a programme's code; all of them or none. Raises RefusedError and ValidationError."""
    places = Site.objects.filter(slug=site) if site else Site.objects.all()
    with rows_of(list(places.values_list("pk", flat=True)), COMMAND):
        programmes = list(Programme.objects.filter(code=code, site__in=places).select_related("site"))
        if not programmes:
            raise ValidationError(_("There is no programme %(code)s here."), params={"code": code})
        return [
            import_protocol(by=COMMAND, programme=one, content=content, file_name=file_name)
            for one in programmes
        ]


def protocol_of(enrolment: Enrolment) -> ProtocolVersion:
    """The version that holds for an enrolment. One query. Raises ValidationError where the programme has none."""
    found = ProtocolVersion.objects.of(enrolment.pk).first()
    if found is None:
        raise ValidationError(_("No protocol was imported for this programme. An administrator imports one."))
    return found


def move_to(
    *,
    by: User,
    enrolment: Enrolment,
    protocol: ProtocolVersion,
    reason: str,
    password: str,
    id: UUID | None = None,
) -> ProtocolAssignment:
    """Move an enrolment to another version of its programme's protocol, signed. Raises ValidationError."""
    confirm_signer(by=by, password=password)
    if protocol.programme_id != enrolment.programme_id:
        raise ValidationError({"protocol": _("This version belongs to another programme.")})
    with audit.change(by=by, reason=reason):
        move = insert(
            ProtocolAssignment(
                id=id or uuid7(),
                site_id=enrolment.site_id,
                enrolment=enrolment,
                protocol=protocol,
                reason=reason,
                by=by,
            )
        )
        insert(
            Signature(
                site_id=enrolment.site_id,
                record=ASSIGNMENT,
                record_id=move.pk,
                signer=by,
                signer_name=str(by),
                meaning=Signature.Meaning.AUTHOR,
                record_sha256=protocol.sha256,
            )
        )
    return move
