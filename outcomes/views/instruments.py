"""Every instrument on a page: what it asks, how it is scored, and where each rule was read."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.permissions import Action, may
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument, Item
from outcomes.instruments.licences import Text
from outcomes.instruments.neutral import label_of, neutral
from outcomes.instruments.wordings import Permission, languages, wording_at
from outcomes.models import InstrumentPermission

READERS = (Action.READ_OUTCOMES, Action.RECORD_OUTCOMES, Action.RATE, Action.MANAGE_INSTRUMENTS)


def readable(user) -> None:
    """403 for whom instruments are no concern of. They say nothing about anybody."""
    if not any(may(user, action) for action in READERS):
        raise PermissionDenied(_("Your role does not allow this."))


def instrument_or_404(key: str) -> Instrument:
    """The instrument of this key."""
    found = registry.INSTRUMENTS.get(key)
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
def listed(request):
    """All of them, with what may be shown of each."""
    readable(request.user)
    granted = {row.instrument for row in in_force(request.user)}
    lines = [{"instrument": one, "status": status_of(one, one.key in granted)} for one in registry.all()]
    return render(request, "outcomes/instruments.html", {"lines": lines})


@require_safe
@login_required
def one(request, key):
    """One instrument."""
    readable(request.user)
    instrument = instrument_or_404(key)
    rows = in_force(request.user, key)
    granted = [Permission(row.instrument, row.language, row.wording) for row in rows]
    words = wording_at(instrument, "en", granted) or neutral(instrument)
    context = {
        "permissions": rows,
        "manages": may(request.user, Action.MANAGE_INSTRUMENTS),
        "instrument": instrument,
        "words": words,
        "status": status_of(instrument, bool(rows)),
        "facts": facts(instrument),
        "items": [line(instrument.item(question.key), question) for question in words.questions],
        "subscales": subscale_bands(instrument),
    }
    return render(request, "outcomes/instrument.html", context)


def in_force(user, key: str = "") -> list[InstrumentPermission]:
    """What the reader's own sites may show beyond what is shipped."""
    sites = {membership.site_id for membership in user.memberships_in_force}
    rows = InstrumentPermission.objects.in_force().filter(site_id__in=sites)
    return list((rows.filter(instrument=key) if key else rows).select_related("site"))


def status_of(instrument: Instrument, granted: bool) -> tuple[str, str]:
    """Which pill, and its words."""
    if granted:
        return ("done", _("Text is shown by your clinic's permission"))
    return {
        Text.YES: ("done", _("Text is shown")),
        Text.ASK: ("planned", _("Text inactive until your clinic records its permission")),
        Text.NO: ("withdrawn", _("Scores only")),
    }[instrument.text_licence.text]


def facts(instrument: Instrument) -> list[tuple]:
    """What stands on top."""
    low, high = instrument.low, instrument.high
    span = _("%(low)s to %(high)s") % {"low": low, "high": high} if low is not None else _("No total")
    shipped = ", ".join(name_of(language) for language in languages(instrument.key)) or _("None")
    return [
        (_("Measures"), instrument.measures, ""),
        (_("Version"), instrument.version, ""),
        (_("Asks about"), instrument.recall, ""),
        (_("Answered by"), answered_by(instrument), ""),
        (_("Total"), span, higher(instrument)),
        (_("Languages of the text shown"), shipped, ""),
        (_("LOINC of the panel"), instrument.loinc_panel or _("Not read in a source"), ""),
        (_("LOINC of the total"), instrument.loinc_total or _("Not read in a source"), ""),
    ]


def name_of(language: str) -> str:
    """A language by its name; by its code where Django knows no name."""
    try:
        return str(get_language_info(language)["name_translated"])
    except KeyError:
        return language


def answered_by(instrument: Instrument) -> str:
    """Who gives the answers."""
    if instrument.clinician_rated:
        return _("A rater, in an interview")
    return (
        _("The participant, with staff present") if instrument.staff_asks else _("The participant, or staff")
    )


def higher(instrument: Instrument) -> str:
    """Which way is worse."""
    known = {True: _("Higher is worse"), False: _("Higher is better"), None: ""}
    return known[instrument.higher_is_worse]


def line(item: Item, question) -> dict:
    """One item: its words or our label, its answers, and what is special about it."""
    special = [
        (not item.scored, _("Not scored")),
        (item.reverse, _("Reversed")),
        (item.safety, _("Acted on from %(value)s, whatever the total") % {"value": item.safety_from}),
        (bool(item.subscale), _("Subscale %(name)s") % {"name": item.subscale}),
    ]
    notes = [words for true, words in special if true] + [asked_when(item, when) for when in item.asked_when]
    return {"item": item, "question": question, "label": label_of(item), "notes": notes}


def asked_when(item: Item, when) -> str:
    """A skip rule in words."""
    items = ", ".join(when.items)
    if when.high == 0:
        return _("Left out unless %(items)s is 0") % {"items": items}
    return _("Left out where %(items)s add up to less than %(low)s") % {"items": items, "low": when.low}


def subscale_bands(instrument: Instrument) -> list[dict]:
    """Bands of scales, for instruments without a total."""
    return [{"name": name, "bands": bands} for name, bands in instrument.subscale_bands.items()]
