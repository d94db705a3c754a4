"""A write may be sent twice: the client makes its id, and the same id and body always gets the same answer."""

import hashlib
import json
from collections.abc import Callable
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from clinic.models import Write

INSERT = """INSERT INTO clinic_write (id, site_id, "by", action, body_sha256, answer, recorded_at)
            VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id"""


class WriteConflict(Exception):
    """The id was used before for something else. HTTP 409."""


def body_digest(body) -> str:
    """SHA-256 of the body in canonical JSON: sorted keys, no spaces."""
    text = json.dumps(body, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def once(*, id: UUID, by, site_id: UUID, action: str, body, work: Callable[[], object]) -> dict:
    """Do `work` unless this id has done it, and give the answer {"id": …}. Raises WriteConflict.

    Two that come at once wait for each other in the INSERT: one works, the other reads its answer.
    """
    by, digest, answer = str(getattr(by, "pk", by)), body_digest(body), {"id": str(id)}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [id, site_id, by, action, digest, json.dumps(answer), timezone.now()])
            new = cursor.fetchone() is not None
        if new:
            work()
            return answer
    return _former_answer(id, by, action, digest)


def _former_answer(id: UUID, by: str, action: str, digest: str) -> dict:
    """The answer that this write got the first time."""
    write = Write.objects.filter(pk=id).first()
    # No row: the id belongs to a site that this person cannot see. The words are the same for both.
    if write is None or (write.by, write.action, write.body_sha256) != (by, action, digest):
        raise WriteConflict
    return write.answer
