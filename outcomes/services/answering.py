"""What a participant does by a link, with no account: open it, answer it, submit it.

Everything here goes through the database login `checkin`, which sees one site's check-ins and may change
their answers only. The default login has no part in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.db import connections
from django.utils import timezone

from clinic import audit
from clinic.models import DataKey
from clinic.rows import rows_of
from clinic.services.participants import open_key
from clinic.storing import insert, update
from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN
from outcomes.models import Assessment, CheckIn
from outcomes.services.assessments import as_json, stored
from outcomes.services.check_ins import State, state_of

ALIAS = "checkin"
ITEMS = DAILY_CHECKIN.items


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
        row = (rows.select_for_update() if lock else rows).first()
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


def first_open(row: CheckIn) -> int:
    """Number of the first item that was neither answered nor skipped; one past the last where all were."""
    done = {*row.answers, *row.skipped}
    return next(
        (number for number, item in enumerate(ITEMS, start=1) if item.key not in done), len(ITEMS) + 1
    )


def keep_answer(digest: str, key: str, value: int | Decimal | None) -> CheckIn:
    """Store one answer, None for one that the participant would rather not give. Raises LinkEndedError."""
    with link(digest, lock=True) as row:
        answers = {item: answer for item, answer in row.answers.items() if item != key}
        skipped = [item for item in row.skipped if item != key]
        if value is None:
            skipped.append(key)
        row.answers, row.skipped = {**answers, **as_json({key: value})}, skipped
        row.opened_at = row.opened_at or timezone.now()
        _save(row, ["answers", "skipped", "opened_at"])
        return row


def submit(digest: str, words: str = "") -> CheckIn:
    """Store the answers as an assessment, and end the link. Twice is the same as once. Raises LinkEndedError."""
    with link(digest, lock=True, answered=True) as row:
        if row.submitted_at is None:
            row.submitted_at = timezone.now()
            row.opened_at = row.opened_at or row.submitted_at
            row.words_sealed = _seal(row, words)
            _save(row, ["submitted_at", "opened_at", "words_sealed"])
            with audit.change(by=f"check-in:{row.pk}", reason="check-in submitted", using=ALIAS):
                insert(_assessment(row), using=ALIAS)
        return row


def endorsed(row: CheckIn) -> bool:
    """Whether a safety item was answered yes."""
    return any(item.safety and row.answers.get(item.key, 0) > 0 for item in ITEMS)


def _seal(row: CheckIn, words: str) -> bytes | None:
    """The participant's own words under the participant's key; None where there are none."""
    if not words.strip():
        return None
    keys = DataKey.objects.using(ALIAS).filter(participant__enrolments=row.enrolment_id, destroyed_at=None)
    key = open_key(*(keys.values_list("pk", "wrapped").first() or (None, None)))
    return key.seal(words.strip(), row, "words_sealed")


def _assessment(row: CheckIn) -> Assessment:
    """The sitting. It takes the check-in's id: the database itself refuses a second one."""
    answers = {key: Decimal(str(value)) for key, value in row.answers.items()}
    return Assessment(
        id=row.pk,
        site_id=row.site_id,
        enrolment_id=row.enrolment_id,
        occurred_at=row.submitted_at,
        mode=Assessment.Mode.SELF,
        **stored(DAILY_CHECKIN, answers, DAILY_CHECKIN.score(answers)),
    )


def _save(row: CheckIn, fields: list[str]) -> None:
    """Update columns that this login may write."""
    with audit.change(by=f"check-in:{row.pk}", reason="check-in answered", using=ALIAS):
        update(row, fields, using=ALIAS)
