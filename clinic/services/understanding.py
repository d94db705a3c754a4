"""Keeps the answers to the check of understanding, one by one on a tablet or all at once by the API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.consents.questions import newest, questions_of
from clinic.consents.reading import FALLBACK
from clinic.models import Consent, Participant, Understanding, User
from clinic.storing import insert, update
from clinic.times import check_moment
from clinic.uuid7 import uuid7

FINISHED = _("These questions were finished before. Ask them again from the consent page.")


def understanding_answered(participant: Participant, at: datetime | None = None) -> bool:
    """Whether the questions were answered for the consent to treatment that is in force, however many were right."""
    return Understanding.objects.answered_for(participant, at).exists()


def start_understanding(*, by: User, consent: Consent, id: UUID | None = None) -> Understanding:
    """Begin the questions that are asked now, with the staff member present. Raises ValidationError."""
    questions = newest(consent.participant.language)
    with audit.change(by=by, reason="understanding asked"):
        row = row_for(consent, by=by, version=questions.version, language=questions.language)
        row.id, row.asked, row.started_at = id or uuid7(), len(questions.questions), timezone.now()
        return insert(row)


def row_for(consent: Consent, *, by: User, version: str, language: str) -> Understanding:
    """A row that is not yet stored. Raises ValidationError unless this is consent to treatment, in force."""
    if consent.kind != Consent.Kind.TREATMENT or consent.withdrawn_at is not None:
        raise ValidationError(_("Only for consent to treatment that is in force."))
    return Understanding(
        site_id=consent.site_id,
        participant_id=consent.participant_id,
        consent=consent,
        version=version,
        language=language,
        taken_with=by,
    )


def keep_choice(*, by: User, understanding: Understanding, key: str, chosen: Sequence[str]) -> Understanding:
    """Keep what was chosen for one question, over what was chosen before. Raises ValidationError."""
    with audit.change(by=by, reason="understanding answered"):
        row = locked(understanding)
        if row.finished_at is not None:
            raise ValidationError(FINISHED)
        questions = questions_of(row.version, row.language).questions
        question = next((one for one in questions if one.key == key), None)
        problem = question.problem(list(chosen)) if question else _("There is no such question.")
        if problem:
            raise ValidationError(problem)
        row.answers = {**row.answers, key: list(chosen)}
        return update(row, ["answers"])


def finish_understanding(*, by: User, understanding: Understanding) -> Understanding:
    """Count what was right, once every question has an answer; a second tap changes nothing. Raises ValidationError."""
    with audit.change(by=by, reason="understanding finished"):
        row = locked(understanding)
        if row.finished_at is not None:
            return row
        questions = questions_of(row.version, row.language)
        if questions.problem(row.answers):
            raise ValidationError(_("Some questions have no answer yet."))
        row.score, row.finished_at = questions.score(row.answers), timezone.now()
        return update(row, ["score", "finished_at"])


def locked(understanding: Understanding) -> Understanding:
    """The row as it stands, held until the transaction ends."""
    return Understanding.objects.select_for_update(of=("self",)).get(pk=understanding.pk)


def record_understanding(
    *,
    by: User,
    consent: Consent,
    version: str,
    answers: dict[str, Any],
    started_at: datetime,
    finished_at: datetime,
    language: str = FALLBACK,
    id: UUID | None = None,
) -> Understanding:
    """Store all the answers at once, as another program asked them. Raises ValidationError."""
    check_moment(started_at, "started_at")
    check_moment(finished_at, "finished_at")
    try:
        questions = questions_of(version, language)
    except LookupError as unknown:
        raise ValidationError({"version": str(unknown)}) from unknown
    if problem := questions.problem(answers):
        raise ValidationError({"answers": problem})
    with audit.change(by=by, reason="understanding recorded"):
        row = row_for(consent, by=by, version=version, language=language)
        row.id, row.asked = id or uuid7(), len(questions.questions)
        row.answers, row.score = answers, questions.score(answers)
        row.started_at, row.finished_at = started_at, finished_at
        return insert(row)
