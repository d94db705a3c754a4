"""Records one sitting with an instrument: raw answers, and the score by the registry."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Enrolment, User
from clinic.permissions import Action
from clinic.storing import insert
from clinic.times import check_moment
from outcomes.instruments.base import AnswerError, Answers, Instrument, Score
from outcomes.instruments.registry import UnknownInstrumentError, get
from outcomes.models import Assessment


def action_for(instrument: Instrument) -> Action:
    """Who may enter it: an interview is rated by a blinded rater, the rest by those who treat."""
    return Action.RATE if instrument.clinician_rated else Action.RECORD_OUTCOMES


def definition_of(key: str) -> Instrument:
    """The instrument of this key. Raises ValidationError."""
    try:
        return get(key)
    except UnknownInstrumentError as unknown:
        raise ValidationError({"instrument": _("There is no such instrument.")}) from unknown


def record_assessment(
    *,
    by: User,
    enrolment: Enrolment,
    instrument: str,
    mode: str,
    answers: Answers | None = None,
    total: Decimal | None = None,
    occurred_at: datetime | None = None,
    **sitting: Any,
) -> Assessment:
    """Score and store one sitting; `sitting` may hold id, visit and language. Raises ValidationError by item."""
    at = occurred_at or timezone.now()
    check_moment(at, "occurred_at")
    definition = definition_of(instrument)
    score = score_of(definition, answers, total)
    row = Assessment(
        site_id=enrolment.site_id, enrolment=enrolment, occurred_at=at, mode=mode, recorded_by=by
    )
    known = {name: value for name, value in sitting.items() if value is not None}
    columns = {**known, **stored(definition, answers or {"total": total}, score)}
    for name, value in columns.items():
        setattr(row, name, value)
    with audit.change(by=by, reason="assessment recorded"):
        return insert(row)


def score_of(instrument: Instrument, answers: Answers | None, total: Decimal | None) -> Score:
    """The score of items or of a total, never of both. Raises ValidationError."""
    if bool(answers) == (total is not None):
        raise ValidationError({"total": _("Enter the answers or the total.")})
    try:
        return instrument.score_total(total) if total is not None else instrument.score(answers or {})
    except AnswerError as wrong:
        raise ValidationError({item: [text] for item, text in wrong.errors.items()}) from wrong


def stored(instrument: Instrument, answers: Answers, score: Score) -> dict[str, Any]:
    """The columns of Assessment that come of the answers."""
    return {
        "instrument": instrument.key,
        "version": instrument.version,
        "answers": as_json(answers),
        "score": score.total,
        "prorated": score.prorated,
        "band": score.band.key if score.band else "",
        "scheme": score.scheme if score.band else "",
        "subscales": as_json(score.subscales),
        "criteria": score.criteria,
        "missing_reason": str(score.reason) if score.reason else "",
        "safety": list(score.safety_flags),
    }


def as_json(values: Mapping[str, int | Decimal | None]) -> dict[str, int | float]:
    """Numbers as JSON has them; what is missing is absent."""
    return {key: _number(Decimal(value)) for key, value in values.items() if value is not None}


def _number(value: Decimal) -> int | float:
    """A whole number as such. Steps are halves at the finest, which a float holds exactly."""
    return int(value) if value == value.to_integral_value() else float(value)
