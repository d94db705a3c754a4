"""The gate in front of a dose: how it stands, the decision on a dose, the override and its second signature."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.permissions import Action
from sessions.forms.gate import CountersignForm, DoseDecisionForm, OverrideForm
from sessions.gate_page import complete_overrides, gate_context, override_context
from sessions.models import GateOverride, Session
from sessions.pages import entry_context
from sessions.services import gate as service
from sessions.views.writing import write

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def session_for(request, pk, action: Action) -> Session:
    """The session, for those who may do this."""
    rows = Session.objects.permitted(request.user, action)
    return get_object_or_404(rows.select_related("participant", "site"), pk=pk)


@login_required
@require_safe
def gate(request, pk):
    """Each condition, with what it rests on and the way to solve it."""
    found = session_for(request, pk, Action.READ_SCREENING)
    with timezone.override(found.site.time_zone):
        return render(request, "sessions/gate.html", gate_context(request, found))


@login_required
@GET_POST
def decide(request, pk):
    """Authorise a dose, or say why none is given."""
    found = session_for(request, pk, Action.AUTHORISE_DOSE)
    # The form offers them; one that was sent names one or none.
    overrides = complete_overrides(found) if request.method != "POST" or request.POST.get("override") else {}
    return write(
        request,
        lambda data: DoseDecisionForm(data, overrides=overrides),
        site=found.site,
        action="gate:decide",
        about=found.pk,
        work=lambda values: service.decide_dose(by=request.user, session=found, **values),
        to=reverse("sessions:gate", args=[pk]),
        context=lambda: entry_context(request, found, _("Decide on a dose"), _("Sign the decision")),
    )


@login_required
@GET_POST
def override(request, pk):
    """Ask to open the gate against what closes it."""
    found = session_for(request, pk, Action.AUTHORISE_DOSE)
    return write(
        request,
        OverrideForm,
        site=found.site,
        action="gate:override",
        about=found.pk,
        work=lambda values: service.ask_override(by=request.user, session=found, **values),
        to=reverse("sessions:gate", args=[pk]),
        context=lambda: entry_context(request, found, _("Override the gate"), _("Sign the override")),
    )


@login_required
@GET_POST
def countersign(request, pk, override):
    """Sign an override as the second person."""
    rows = GateOverride.objects.permitted(request.user, Action.AUTHORISE_DOSE)
    found = get_object_or_404(
        rows.select_related("session__participant", "session__site"), pk=override, session_id=pk
    )
    return write(
        request,
        CountersignForm,
        site=found.session.site,
        action="gate:countersign",
        about=found.pk,
        work=lambda values: service.countersign_override(by=request.user, override=found, **values),
        to=reverse("sessions:gate", args=[pk]),
        context=lambda: override_context(request, found),
        template="sessions/gate_countersign.html",
    )
