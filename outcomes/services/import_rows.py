"""How a sitting is stored: its answers as JSON, its score where the instrument is known here."""

from dataclasses import asdict
from datetime import datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from clinic.models import Site, User
from outcomes.imports.catalogue import TOTAL
from outcomes.imports.mapping import Mapping
from outcomes.imports.plan import Sitting
from outcomes.imports.values import Value
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument, Score
from outcomes.instruments.score_only import IMPORTED
from outcomes.models import Assessment

# A source gives a day and no hour: noon is the same day in every neighbouring time zone.
NOON = time(12)


def as_json(value: Value | int) -> str | int | float | None:
    """A value as JSON keeps it exactly: the reader has refused numbers that a float would round."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def answers_of(sitting: Sitting) -> dict[str, object]:
    """Every measure that the source has, with null where it has no value."""
    return {measure: as_json(value) for measure, value in sorted(sitting.values.items())}


def assessment_of(sitting: Sitting, site: Site, enrolment_id: UUID, by: User | None) -> Assessment:
    """The row of a sitting, scored if its instrument is known here, not yet stored."""
    target = sitting.target
    row = Assessment(
        site_id=site.pk,
        enrolment_id=enrolment_id,
        instrument=target.instrument,
        version=IMPORTED,
        visit=target.visit,
        occurred_at=target.on and datetime.combine(target.on, NOON, tzinfo=ZoneInfo(site.time_zone)),
        mode=Assessment.Mode.IMPORT,
        answers=answers_of(sitting),
        recorded_by=by,
    )
    known = registry.INSTRUMENTS.get(target.instrument)
    if known is not None:
        put_score(row, known, score_of(sitting, known))
    else:
        row.score = total_of(sitting)
    return row


def total_of(sitting: Sitting) -> Decimal | None:
    total = sitting.values.get(TOTAL)
    return total if isinstance(total, Decimal) else None


def score_of(sitting: Sitting, instrument: Instrument) -> Score:
    """The score of the items, or of the total that came without them."""
    # Measures of a known instrument have no codes, so that each value is a number or missing.
    items = {
        measure: value
        for measure, value in sitting.values.items()
        if (measure != TOTAL or TOTAL in instrument.by_key) and not isinstance(value, str)
    }
    return instrument.score(items) if items else instrument.score_total(total_of(sitting))


def disagreement(sitting: Sitting) -> str:
    """Why a total cannot be the total of the items that came with it, or nothing."""
    known, total = registry.INSTRUMENTS.get(sitting.target.instrument), total_of(sitting)
    if known is None or total is None or len(sitting.values) == 1:
        return ""
    scored = score_of(sitting, known).total
    if scored is None or scored == total:
        return ""
    return _("the total of {short} is given as {total:f}, and its items make {scored:f}").format(
        short=known.short, total=total, scored=scored
    )


def put_score(row: Assessment, instrument: Instrument, score: Score) -> None:
    row.version = instrument.version
    row.score, row.prorated, row.scheme = score.total, score.prorated, score.scheme
    row.band = score.band.key if score.band else ""
    row.subscales = {name: as_json(value) for name, value in score.subscales.items()}
    row.missing_reason = score.reason or ""
    row.safety = list(score.safety_flags)


def definitions(mapping: Mapping) -> dict[str, object]:
    """What the codebook needs of a map: the measures only the source knows, and the days of its visits."""
    instruments: dict[str, dict[str, object]] = {}
    for (instrument, measure), words in mapping.measures.items():
        known = instruments.setdefault(instrument, {"title": mapping.titles.get(instrument, instrument)})
        known[measure] = {
            name: as_json(value) for name, value in asdict(words).items() if value not in (None, "", ())
        }
    days = {visit.key: visit.day for visit in mapping.visits.values() if visit.day is not None}
    return {"instruments": instruments, "visit_days": days}
