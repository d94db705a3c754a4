"""A file between upload and confirmation: sealed under its own key, one person's, and emptied when used."""

import base64
import io
import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic import audit
from clinic.envelope import ParticipantKey, keyring, new_data_key
from clinic.models import Programme, User
from clinic.refusals import RefusedError
from clinic.storing import insert
from outcomes.imports.map_file import load
from outcomes.imports.mapping import Mapping
from outcomes.models import ImportDraft, ImportedFile
from outcomes.services.import_matching import Match
from outcomes.services.imports import BATCH, import_outcomes, look

LIFE = timedelta(hours=1)
MAPS = Path(__file__).resolve().parent.parent / "imports"
# An import of more would outlast the patience of a browser; the command has no such limit.
MOST_SITTINGS = BATCH
EMPTY = {"wrapped": None, "content_sealed": None, "map_sealed": None}


def shipped_maps() -> dict[str, str]:
    """Name of the file -> name of the study, of the maps that come with the project."""
    return {path.name: load(path.read_bytes(), file=path.name).name for path in sorted(MAPS.glob("*.toml"))}


def shipped_map(name: str) -> bytes:
    """The text of a shipped map; the name is one of `shipped_maps`."""
    return (MAPS / Path(name).name).read_bytes()


def open_draft(
    *,
    by: User,
    programme: Programme,
    file_name: str,
    content: bytes,
    map_name: str,
    map_text: bytes,
    id: UUID,
) -> ImportDraft:
    """Keep the file for its preview. Raises ValidationError where file or map cannot be read at all."""
    row = ImportDraft(
        id=id,
        site_id=programme.site_id,
        programme=programme,
        by=by,
        file_name=file_name[:200],
        expires_at=timezone.now() + LIFE,
    )
    try:
        mapping = load(map_text, file=map_name)
        look(programme=programme, file=io.BytesIO(content), file_name=file_name, mapping=mapping)
    except RefusedError as refused:
        raise ValidationError({"file": [str(one) for one in refused.refusals]}) from refused
    with audit.change(by=by, reason="import preview"):
        empty_old(by, programme.site_id)
        seal(row, content, map_name, map_text)
        return insert(row)


def seal(row: ImportDraft, content: bytes, map_name: str, map_text: bytes) -> None:
    secret = new_data_key()
    key = ParticipantKey(row.pk, secret)
    row.wrapped = keyring().wrap(secret, row.pk)
    row.content_sealed = key.seal(base64.b64encode(content).decode(), row, "content_sealed")
    words = {"name": map_name, "text": base64.b64encode(map_text).decode()}
    row.map_sealed = key.seal(json.dumps(words), row, "map_sealed")


def empty_old(by: User, site_id: UUID) -> None:
    """Empty this person's former drafts, and everybody's that are past their hour."""
    old = ImportDraft.objects.filter(site_id=site_id, wrapped__isnull=False)
    old.filter(Q(by=by) | Q(expires_at__lte=timezone.now())).update(**EMPTY)


def contents(draft: ImportDraft) -> tuple[io.BytesIO, Mapping]:
    """The file and the map. Raises ValidationError where the draft was used or is past its hour."""
    if draft.wrapped is None or draft.expires_at <= timezone.now():
        raise ValidationError(_("This preview has ended. Upload the file again."))
    key = ParticipantKey(draft.pk, keyring().unwrap(bytes(draft.wrapped), draft.pk))
    words = json.loads(key.open(draft, "map_sealed"))
    mapping = load(base64.b64decode(words["text"]), file=words["name"])
    return io.BytesIO(base64.b64decode(key.open(draft, "content_sealed"))), mapping


def preview(draft: ImportDraft) -> Match:
    """What the import would do. Raises ValidationError."""
    file, mapping = contents(draft)
    return look(programme=draft.programme, file=file, file_name=draft.file_name, mapping=mapping)


def confirm(*, by: User, draft: ImportDraft, skip_bad_rows: bool, id: UUID) -> ImportedFile:
    """Import the file and empty the draft. Raises ValidationError with each refusal."""
    file, mapping = contents(draft)
    try:
        with audit.change(by=by, reason="import"):
            row, _plan = import_outcomes(
                by=by, programme=draft.programme, file=file, file_name=draft.file_name, mapping=mapping,
                skip_bad_rows=skip_bad_rows, most=MOST_SITTINGS, id=id,
            )  # fmt: skip
            ImportDraft.objects.filter(pk=draft.pk).update(**EMPTY)
    except RefusedError as refused:
        raise ValidationError(
            _("%(count)s rows are refused. Leave them out, or correct the file and upload it again."),
            params={"count": len({one.line for one in refused.refusals})},
        ) from refused
    return row
