"""One sitting: its score, what it is read by, and what to do at once where an answer asks for it."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.permissions import Action
from outcomes import person as record
from outcomes.at_risk import advice_for
from outcomes.check_in_help import calls
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument
from outcomes.instruments.cutoffs import reached
from outcomes.instruments.neutral import label_of
from outcomes.instruments.parts import REASONS
from outcomes.instruments.scoring import band_in
from outcomes.models import Assessment
from outcomes.views.participants import page_about


@require_safe
@login_required
def one(request, pk):
    """A sitting that is in force, at a site where the reader may read outcomes."""
    rows = Assessment.objects.permitted(request.user, Action.READ_OUTCOMES).in_force()
    row = get_object_or_404(rows.select_related("enrolment__participant__site"), pk=pk)
    person = row.enrolment.participant
    held = record.held_at(request.user, person.site_id)
    context: dict[str, Any] = {
        "row": row,
        "advice": advice_for(row.instrument, row.answers),
        "calls": calls(),
    }
    return page_about(
        request, person, "outcomes/sitting.html", held, **context, **readings(row, person, held)
    )


def readings(row: Assessment, person, held: set[Action]) -> dict:
    """What the instrument says of a stored sitting; little where its version is not known here."""
    try:
        instrument = registry.get(row.instrument, row.version)
    except registry.UnknownInstrumentError:
        return {"title": row.instrument, "facts": [], "answers": []}
    return {
        "title": instrument.title,
        "instrument": instrument,
        "facts": [*total_of(row, instrument), *scales_of(row, instrument), *rules_of(row, instrument)],
        "limits": limits_of(row, instrument, person.sex),
        "answers": answers_of(row, instrument, held),
    }


def total_of(row: Assessment, instrument: Instrument) -> list[tuple]:
    """The total with its band, or why there is none."""
    if row.score is None:
        words = {str(reason): text for reason, text in REASONS.items()}
        return [(_("Total"), words.get(row.missing_reason, _("Not scorable")), "")]
    band = next((str(band.label) for band in instrument.bands if band.key == row.band), "")
    notes = [
        band,
        row.scheme if band else "",
        _("Missing answers took the mean of the others.") if row.prorated else "",
    ]
    return [(_("Total"), f"{row.score.normalize():f}", ", ".join(note for note in notes if note))]


def scales_of(row: Assessment, instrument: Instrument) -> list[tuple]:
    """Subscales and derived figures, each with its band where there is one."""
    lines = []
    for name, value in row.subscales.items():
        derived = instrument.derived.get(name)
        band = band_in(
            instrument.subscale_bands.get(name, ()), None if value is None else Decimal(str(value))
        )
        label = f"{name}: {derived.label}" if derived else name
        lines.append((label, value, str(band.label) if band else ""))
    return lines


def rules_of(row: Assessment, instrument: Instrument) -> list[tuple]:
    """Rules over the answers."""
    words = {True: _("Yes"), False: _("No"), None: _("Not known: answers are missing")}
    known = [(instrument.criteria.get(name), met) for name, met in row.criteria.items()]
    return [(criterion.label, words[met], str(criterion.basis)) for criterion, met in known if criterion]


def limits_of(row: Assessment, instrument: Instrument, sex: str) -> tuple:
    """The published limits that it reaches."""
    return reached(instrument, row.score, subscales=row.subscales, answers=row.answers, sex=sex)


def answers_of(row: Assessment, instrument: Instrument, held: set[Action]) -> list[tuple]:
    """The answers under short labels. Sensitive ones are for those who treat."""
    if instrument.sensitive and Action.RECORD_OUTCOMES not in held:
        return []
    return [
        (
            label_of(item),
            row.answers.get(item.key),
            _("Endorsed: act on it") if item.key in row.safety else "",
        )
        for item in instrument.items
        if item.key in row.answers or not item.asked_when
    ]
