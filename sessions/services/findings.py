"""Records what is found of a person: one factor, or a page of them at once. A finding is corrected, never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Enrolment, User
from clinic.services.participants import keys_of, today_at
from clinic.storing import insert_together
from clinic.times import check_moment
from clinic.uuid7 import uuid7
from sessions.models import ScreeningFinding, Session
from sessions.models.screening import CorrectedRow
from sessions.screening.catalogue import Factor, Kind, catalogue
from sessions.screening.values import NEVER, Value, not_given, parse
from sessions.services.amending import mark_error

Occasion = ScreeningFinding.Occasion


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is said about one factor, as a form or a body gives it. `value` is None where only words were written.

    `replaces` is the row that it corrects, and `reason` says why.
    """

    factor: str
    source: str
    value: object = None
    words: str = ""
    assessment_id: UUID | None = None
    replaces: ScreeningFinding | None = None
    reason: str = ""
    id: UUID | None = None


def record_finding(
    *,
    by: User,
    enrolment: Enrolment,
    occasion: str,
    occurred_at: datetime,
    answer: Answer,
    session: Session | None = None,
) -> ScreeningFinding:
    """Store one finding. Raises ValidationError."""
    (row,) = record_screening(
        by=by,
        enrolment=enrolment,
        occasion=occasion,
        occurred_at=occurred_at,
        answers=[answer],
        session=session,
    )
    return row


def record_screening(
    *,
    by: User,
    enrolment: Enrolment,
    occasion: str,
    occurred_at: datetime,
    answers: Sequence[Answer],
    session: Session | None = None,
) -> list[ScreeningFinding]:
    """Store the findings of one page: all of them or none, in one statement. No answer is no finding.

    Raises ValidationError, with each factor's problem under its key.
    """
    check_moment(occurred_at, "occurred_at")
    check_session(enrolment, occasion, session)
    common = {"occasion": occasion, "occurred_at": occurred_at, "session": session, "recorded_by": by}
    rows = [new_row(enrolment, one, common) for one in answers]
    fill(enrolment, rows, answers)
    reasons = dict.fromkeys(row.reason for row in rows if row.reason)
    if rows:
        with audit.change(by=by, reason="; ".join(reasons) or "screening recorded"):
            insert_together(rows)
    return rows


def new_row(enrolment: Enrolment, answer: Answer, common: dict[str, object]) -> ScreeningFinding:
    """A finding without its value, not yet stored."""
    return ScreeningFinding(
        id=answer.id or uuid7(),
        site_id=enrolment.site_id,
        enrolment=enrolment,
        factor=answer.factor,
        catalogue=catalogue().version,
        source=answer.source,
        assessment_id=answer.assessment_id,
        replaces=answer.replaces,
        reason=answer.reason.strip() if answer.replaces else "",
        **common,
    )


def check_session(enrolment: Enrolment, occasion: str, session: Session | None) -> None:
    """The morning of a dosing day belongs to its session, and nothing else does. Raises ValidationError."""
    if (occasion == Occasion.DOSING) != (session is not None):
        raise ValidationError({"session": _("The morning of a dosing day, and it alone, names its session.")})
    if session is not None and (
        session.enrolment_id != enrolment.pk or session.kind != Session.Kind.DOSING or not session.in_force
    ):
        raise ValidationError({"session": _("This is no dosing session of this enrolment.")})


def fill(enrolment: Enrolment, rows: Sequence[ScreeningFinding], answers: Sequence[Answer]) -> None:
    """Give each row its value and its sealed words. Raises ValidationError with every problem at once."""
    problems, texts = {}, {}
    for row, answer in zip(rows, answers, strict=True):
        try:
            row.value, texts[row.pk] = checked(enrolment, answer)
        except ValidationError as problem:
            problems[answer.factor] = problem
    if problems:
        raise ValidationError(problems)
    if not any(texts.values()):
        return
    key = keys_of(enrolment.participant_id)
    for row in rows:
        if texts[row.pk]:
            row.words_sealed = key.seal(texts[row.pk], row, "words_sealed")


def checked(enrolment: Enrolment, answer: Answer) -> tuple[Value | None, str]:
    """The value as it is kept, and the words to seal. Raises ValidationError."""
    factor = catalogue().factors.get(answer.factor)
    if factor is None:
        raise ValidationError(_("The catalogue has no such factor."))
    if answer.source not in factor.sources:
        raise ValidationError(
            _("Say how this is known: %(sources)s."),
            params={"sources": ", ".join(factor.sources)},
        )
    if answer.assessment_id is not None and answer.source != ScreeningFinding.Source.INSTRUMENT:
        raise ValidationError(_("A sitting belongs to a finding whose source is a questionnaire."))
    check_replaced(enrolment, answer)
    return kept(factor, answer, enrolment)


def check_replaced(enrolment: Enrolment, answer: Answer) -> None:
    """A finding corrects one of the same person and factor, and says why. Raises ValidationError.

    That nothing else has corrected it is the database's to say: two at once would both have looked.
    """
    former = answer.replaces
    if former is None:
        return
    if (former.enrolment_id, former.factor) != (enrolment.pk, answer.factor) or not former.in_force:
        raise ValidationError(_("This does not replace a finding that stands here."))
    if not answer.reason.strip():
        raise ValidationError(_("Say why this replaces what was known."))


def kept(factor: Factor, answer: Answer, enrolment: Enrolment) -> tuple[Value | None, str]:
    """Free text goes under seal whatever it is called: the value of a text factor too. Raises ValidationError."""
    words = answer.words.strip()
    if answer.value is None:
        if not words:
            raise ValidationError(_("Enter what was found."))
        return None, words
    try:
        value = parse(factor, answer.value)
    except ValueError as problem:
        raise ValidationError(_("This %(problem)s."), params={"problem": str(problem)}) from problem
    if factor.kind is Kind.DATE and lies_ahead(value, enrolment):
        raise ValidationError(_("This date lies ahead. Enter when it happened."))
    if factor.kind is Kind.TEXT and not not_given(value):
        return None, "\n\n".join(text for text in (str(value), words) if text)
    return value, words


def lies_ahead(value: Value, enrolment: Enrolment) -> bool:
    """Whether a day or month begins after today at the site."""
    if not_given(value) or value == NEVER:
        return False
    text = str(value)
    return text > today_at(enrolment.site).isoformat()[: len(text)]


def withdraw(*, by: User, row: CorrectedRow, reason: str, id: UUID | None = None) -> CorrectedRow:
    """Mark a finding or a medicine as entered in error; what it had replaced stands again. Raises ValidationError."""
    with audit.change(by=by, reason=reason):
        mark_error(by, row, reason)
    row.entered_in_error_at = timezone.now()
    return row
