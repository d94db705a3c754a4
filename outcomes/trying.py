"""One instrument's form by itself, to look at while it is written. No database, nothing stored."""

from collections.abc import Callable
from decimal import Decimal
from wsgiref.simple_server import make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_http_methods

from clinic.permissions import Action
from clinic.views.writing import blame
from outcomes.forms.assessments import ItemsForm
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument
from outcomes.instruments.neutral import neutral
from outcomes.instruments.wordings import wording_at
from outcomes.models import Assessment
from outcomes.services.assessments import score_of, stored
from outcomes.views.sittings import answers_of, limits_of, rules_of, scales_of, total_of

chosen: list[str] = []


def serve(key: str, port: int, *, say: Callable[[str], object]) -> None:
    """Serve the form of one instrument on this computer alone, until the process is stopped."""
    chosen[:] = [key]
    with make_server("127.0.0.1", port, StaticFilesHandler(WSGIHandler())) as server:
        say(f"{registry.get(key).title}: http://127.0.0.1:{server.server_port}/{key}/\nCtrl-C stops it.")
        server.serve_forever()


@transaction.non_atomic_requests
def home(request):
    """To the instrument that was asked for."""
    return redirect("instrument", *chosen)


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, key):
    """The form, and under it the score of what was sent."""
    instrument = registry.get(key)
    words = wording_at(instrument, request.GET.get("language", "en")) or neutral(instrument)
    form = ItemsForm(instrument, words, request.POST if request.method == "POST" else None)
    facts = scored(instrument, form) if form.is_bound and form.is_valid() else None
    context = {"instrument": instrument, "wording": words, "form": form, "facts": facts}
    return HttpResponse(render_to_string("outcomes/try.html", context), status=400 if form.errors else 200)


def scored(instrument: Instrument, form: ItemsForm) -> list[tuple] | None:
    """The lines of the sitting that would be stored; None where an answer does not fit."""
    answers = {key: Decimal(value) for key, value in form.answers().items()}
    try:
        row = Assessment(**stored(instrument, answers, score_of(instrument, answers, None)))
    except ValidationError as refused:
        blame(form, refused)
        return None
    limits = [(limit.label, "", str(limit.basis)) for limit in limits_of(row, instrument, "")]
    lines = [*total_of(row, instrument), *scales_of(row, instrument), *rules_of(row, instrument), *limits]
    return [*lines, *answers_of(row, instrument, {Action.RECORD_OUTCOMES})]


urlpatterns = [path("", home, name="home"), path("<slug:key>/", show, name="instrument")]
