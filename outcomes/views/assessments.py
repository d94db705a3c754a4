"""Enter a sitting with an instrument, and list what was entered."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clinic.models import Enrolment
from clinic.permissions import Action, may
from clinic.views.writing import stored
from outcomes import person as record
from outcomes.at_risk import advice_for
from outcomes.forms.assessments import ItemsForm, TotalForm
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument
from outcomes.instruments.neutral import neutral
from outcomes.instruments.wording_types import Wording
from outcomes.instruments.wordings import wording_at
from outcomes.models import Assessment
from outcomes.selectors import with_permissions
from outcomes.services.assessments import action_for, record_assessment
from outcomes.services.permissions import granted_to
from outcomes.views.check_in_door import sent
from outcomes.views.participants import page_about

GET_POST = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50


def enrolment_for(user, pk: UUID, action: Action) -> Enrolment:
    """The enrolment in force with its person, programme and site, where the user may do this. Else 404."""
    rows = Enrolment.objects.permitted(user, action).in_force()
    rows = with_permissions(rows.select_related("participant__site", "programme", "site"))
    return get_object_or_404(rows, pk=pk)


def enterable(key: str) -> Instrument:
    """An instrument that staff enter. The daily check-in comes by a link only."""
    instrument = registry.INSTRUMENTS.get(key)
    if instrument is None or key in record.WITHOUT_CHART:
        raise Http404
    return instrument


@require_safe
@login_required
def choose(request, pk):
    """Which instrument to enter: those that the reader's role may."""
    action = Action.RECORD_OUTCOMES if may(request.user, Action.RECORD_OUTCOMES) else Action.RATE
    enrolment = enrolment_for(request.user, pk, action)
    held = record.held_at(request.user, enrolment.site_id)
    known = [i for i in registry.all() if i.key not in record.WITHOUT_CHART and action_for(i) in held]
    granted = {one.instrument for one in granted_to(enrolment)}
    shown = [i for i in known if i.ships_text or i.key in granted]
    groups = {"with_items": shown, "by_number": [i for i in known if i not in shown]}
    return page_about(
        request, enrolment.participant, "outcomes/assess_choose.html", held, enrolment=enrolment, **groups
    )


@GET_POST
@login_required
def enter(request, pk, key):
    """Item by item in the instrument's own words, or a total."""
    instrument = enterable(key)
    enrolment = enrolment_for(request.user, pk, action_for(instrument))
    words = None if "total" in request.GET else words_of(instrument, enrolment)
    with timezone.override(enrolment.site.time_zone):
        form = form_for(instrument, words, sent(request))
        if form.is_bound and keep(request, form, enrolment, instrument):
            return after(request, form.cleaned_data["id"], enrolment, instrument)
        context = {"form": form, "instrument": instrument, "wording": words, "enrolment": enrolment}
        return page_about(request, enrolment.participant, "outcomes/assess.html", **context)


def after(request, pk: UUID, enrolment: Enrolment, instrument: Instrument):
    """To the sitting, which says what to do at once. A rater reads no outcomes, so the duty itself is told."""
    if not instrument.clinician_rated:
        return redirect("outcomes:assessment", pk=pk)
    row = Assessment.objects.permitted(request.user, Action.RATE).get(pk=pk)
    if advice := advice_for(row.instrument, row.answers):
        words = [advice.duty.title, *advice.found, *advice.duty.steps]
        messages.error(request, " ".join(str(word) for word in words))
    return redirect("outcomes:participant", pk=enrolment.participant_id)


def words_of(instrument: Instrument, enrolment: Enrolment) -> Wording:
    """The questionnaire's words; short labels of ours where its text may not be shown."""
    granted = granted_to(enrolment)
    return wording_at(instrument, enrolment.participant.language, granted) or neutral(instrument)


def form_for(instrument: Instrument, words: Wording | None, data):
    """Item by item where there are words, else the total."""
    return ItemsForm(instrument, words, data) if words else TotalForm(instrument, data)


def aim_at(form, **target: str) -> None:
    """Make what a write is about part of its body, so that its id cannot be used again for something else."""
    if form.is_valid():
        form.cleaned_data.update(target)


def keep(request, form, enrolment: Enrolment, instrument: Instrument) -> bool:
    """Whether the sitting was stored."""
    mode = Assessment.Mode.RATER if instrument.clinician_rated else Assessment.Mode.STAFF
    fixed = {"by": request.user, "enrolment": enrolment, "instrument": instrument.key, "mode": mode}

    def work():
        record_assessment(**fixed, id=form.cleaned_data["id"], **form.sitting())

    aim_at(form, enrolment=str(enrolment.pk), instrument=instrument.key)
    return stored(request, form, action="record assessment", site_id=enrolment.site_id, work=work)


@require_safe
@login_required
def listed(request, pk):
    """Every sitting of a person, newest first, by pages."""
    person = record.find_person(request.user, pk)
    rows = record.assessments_of(request.user, person)
    shown, older = page_of_sittings(rows, request.GET.get("before", ""))
    lines = [line(row) for row in shown]
    return page_about(request, person, "outcomes/assessments.html", lines=lines, older=older)


def page_of_rows(rows, before: str) -> tuple[list, str]:
    """A page of rows by key, and the key where the next begins. Raises Http404 for what is no key."""
    return cut(rows.filter(pk__lt=key_of(before)) if before else rows)


def page_of_sittings(rows, before: str) -> tuple[list, str]:
    """The same, by when each was answered: an id tells only when a sitting was entered. Raises Http404."""
    rows = rows.annotate(moment=Coalesce("occurred_at", "recorded_at")).order_by("-moment", "-id")
    if before:
        last = get_object_or_404(rows, pk=key_of(before))
        rows = rows.filter(Q(moment__lt=last.moment) | Q(moment=last.moment, pk__lt=last.pk))
    return cut(rows)


def key_of(text: str) -> UUID:
    """The key that an address holds. Raises Http404."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def cut(rows) -> tuple[list, str]:
    """The first page of rows, and the key of its last where there are more."""
    shown = list(rows[: PAGE + 1])
    return shown[:PAGE], str(shown[PAGE - 1].pk) if len(shown) > PAGE else ""


def line(row: Assessment) -> dict:
    """A sitting as a line: its band in words, and why there is no score."""
    try:
        instrument = registry.get(row.instrument, row.version)
    except registry.UnknownInstrumentError:
        return {"row": row, "title": row.instrument, "band": row.band, "scored": True}
    band = next((band.label for band in instrument.bands if band.key == row.band), "")
    # A check-in has answers and no score: nothing is missing there.
    scored = row.instrument not in record.WITHOUT_CHART
    return {"row": row, "title": instrument.short, "band": band, "scored": scored}
