"""What a participant does by a link, with no account: open it, answer it, submit it.

Everything here goes through the database login `checkin`, which sees one site's check-ins and may change
their answers only. The default login has no part in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID

from django.db import connections
from django.db.models import F
from django.utils import timezone

from clinic import audit
from clinic.models import DataKey
from clinic.rows import rows_of
from clinic.services.participants import open_key
from clinic.storing import insert, update
from clinic.uuid7 import uuid7
from outcomes.asking import Step, answers_to, endorsed, steps_of
from outcomes.instruments.wordings import wording_at
from outcomes.models import Assessment, CheckIn
from outcomes.selectors import with_permissions
from outcomes.services.assessments import as_json, stored
from outcomes.services.check_ins import State, state_of
from outcomes.services.permissions import granted_to

ALIAS = "checkin"


class LinkEndedError(Exception):
    """Unknown, withdrawn, expired or submitted: for the participant these are one."""


@contextmanager
def link(digest: str, *, lock: bool = False, answered: bool = False) -> Iterator[CheckIn]:
    """The live check-in with this digest, in a transaction of its own. Raises LinkEndedError.

    `answered` lets a submitted one through as well, so that submitting twice gets the same page.
    """
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT outcomes_check_in_site(%s)", [digest])
        site = cursor.fetchone()[0]
    if site is None:
        raise LinkEndedError
    with rows_of([site], "check-in", using=ALIAS):
        rows = CheckIn.objects.using(ALIAS).in_force().filter(token_digest=digest)
        rows = with_permissions(rows.annotate(language=F("enrolment__participant__language")), ALIAS)
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        allowed = {State.PLANNED, State.OPENED} | ({State.ANSWERED} if answered else set())
        if row is None or state_of(row) not in allowed:
            raise LinkEndedError
        yield row


def open_link(digest: str) -> CheckIn:
    """Note that Start was pressed; the first time counts. Raises LinkEndedError."""
    with link(digest, lock=True) as row:
        if row.opened_at is None:
            row.opened_at = timezone.now()
            _save(row, ["opened_at"])
        return row


def steps(row: CheckIn) -> tuple[Step, ...]:
    """Every question that this check-in asks, in the participant's language as far as it may be shown."""
    granted = granted_to(row)
    return steps_of(row.instruments, lambda instrument: wording_at(instrument, language_of(row), granted))


def language_of(row: CheckIn) -> str:
    """The participant's language, which `link` reads beside the row."""
    return getattr(row, "language", "") or "en"


def keep_answer(digest: str, slot: str, value: int | Decimal | None) -> CheckIn:
    """Store one answer, None for one that the participant would rather not give. Raises LinkEndedError."""
    with link(digest, lock=True) as row:
        answers = {at: answer for at, answer in row.answers.items() if at != slot}
        skipped = [at for at in row.skipped if at != slot]
        if value is None:
            skipped.append(slot)
        row.answers, row.skipped = {**answers, **as_json({slot: value})}, skipped
        row.opened_at = row.opened_at or timezone.now()
        _save(row, ["answers", "skipped", "opened_at"])
        return row


def submit(digest: str, words: str = "") -> tuple[CheckIn, bool]:
    """Store the answers as assessments, and end the link; gives whether an answer must be acted on.

    Twice is the same as once. Raises LinkEndedError.
    """
    with link(digest, lock=True, answered=True) as row:
        if row.submitted_at is None:
            row.submitted_at = timezone.now()
            row.opened_at = row.opened_at or row.submitted_at
            row.words_sealed = _seal(row, words)
            _save(row, ["submitted_at", "opened_at", "words_sealed"])
            with audit.change(by=f"check-in:{row.pk}", reason="check-in submitted", using=ALIAS):
                for sitting in _sittings(row):
                    insert(sitting, using=ALIAS)
        return row, endorsed(steps(row), row.answers)


def _seal(row: CheckIn, words: str) -> bytes | None:
    """The participant's own words under the participant's key; None where there are none."""
    if not words.strip():
        return None
    keys = DataKey.objects.using(ALIAS).filter(participant__enrolments=row.enrolment_id, destroyed_at=None)
    key = open_key(*(keys.values_list("pk", "wrapped").first() or (None, None)))
    return key.seal(words.strip(), row, "words_sealed")


def _sittings(row: CheckIn) -> list[Assessment]:
    """One sitting an instrument. The first takes the check-in's id: the database itself refuses a second submission."""
    asked = {step.instrument.key: step for step in steps(row)}
    return [
        _sitting(row, step, row.pk if place == 0 else uuid7()) for place, step in enumerate(asked.values())
    ]


def _sitting(row: CheckIn, step: Step, pk: UUID) -> Assessment:
    """The answers to one instrument, scored."""
    answers = answers_to(step.instrument, row.answers)
    return Assessment(
        id=pk,
        site_id=row.site_id,
        enrolment_id=row.enrolment_id,
        occurred_at=row.submitted_at,
        started_at=row.opened_at,
        mode=Assessment.Mode.SELF,
        language=step.wording.language,
        **stored(step.instrument, answers, step.instrument.score(answers)),
    )


def _save(row: CheckIn, fields: list[str]) -> None:
    """Update columns that this login may write."""
    with audit.change(by=f"check-in:{row.pk}", reason="check-in answered", using=ALIAS):
        update(row, fields, using=ALIAS)
