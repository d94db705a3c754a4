"""Doses that nobody authorised: the physicians' list, the reason, the review."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.permissions import Action
from clinic.selectors import named
from sessions.forms.gate import ExplainForm, ReviewForm
from sessions.models import DoseDeviation
from sessions.pages import entry_context
from sessions.services import deviations as service
from sessions.views.writing import write

GET_POST = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 100


@login_required
@require_safe
def waiting(request):
    """What no physician has reviewed yet, the oldest first."""
    rows = DoseDeviation.objects.permitted(request.user, Action.REVIEW_DEVIATION).in_force()
    found = list(rows.filter(reviewed_at=None).select_related("session__participant", "dose", "site")[:SHOWN])
    page = {
        "deviations": found,
        "named": named(request.user, [row.session.participant for row in found], request.path),
    }
    return render(request, "sessions/deviations.html", page)


def deviation_for(request, pk, row, action: Action) -> DoseDeviation:
    """The deviation of this session, for those who may do this."""
    rows = DoseDeviation.objects.permitted(request.user, action).in_force()
    return get_object_or_404(
        rows.select_related("session__participant", "session__site"), pk=row, session_id=pk
    )


@login_required
@GET_POST
def explain(request, pk, row):
    """Say why a dose was given without authorisation."""
    found = deviation_for(request, pk, row, Action.RECORD_DOSE)
    return write(
        request,
        ExplainForm,
        site=found.session.site,
        action="deviation:explain",
        about=found.pk,
        work=lambda values: service.explain(by=request.user, deviation=found, **values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, found.session, _("Say why"), _("Save")),
    )


@login_required
@GET_POST
def review(request, pk, row):
    """A physician reviews it."""
    found = deviation_for(request, pk, row, Action.REVIEW_DEVIATION)
    return write(
        request,
        ReviewForm,
        site=found.session.site,
        action="deviation:review",
        about=found.pk,
        work=lambda values: service.review(by=request.user, deviation=found, **values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, found.session, _("Review the dose"), _("Save the review")),
    )
