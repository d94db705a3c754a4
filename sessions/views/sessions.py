"""Pages of a session: open it, see it, close it, sign it."""

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.models import Enrolment
from clinic.permissions import Action
from sessions.forms.entries import CloseForm, OpenForm, SignForm
from sessions.models import Session
from sessions.pages import entry_context, open_context, session_context
from sessions.services.sessions import close_session, open_session
from sessions.services.signing import sign_session
from sessions.views.writing import write


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, enrolment):
    """Open a session for an enrolment. The session takes the form's id."""
    rows = (
        Enrolment.objects.permitted(request.user, Action.RECORD_SESSION)
        .in_force()
        .select_related("participant", "site")
    )
    found = get_object_or_404(rows, pk=enrolment)
    return write(
        request,
        OpenForm,
        site=found.site,
        action="session:open",
        about=found.pk,
        work=lambda values: open_session(by=request.user, enrolment=found, **values),
        to=lambda values: reverse("sessions:session", args=[values["id"]]),
        context=lambda: open_context(request, found.participant),
    )


@login_required
@require_safe
def session(request, pk):
    """Everything that was recorded in one session."""
    rows = Session.objects.permitted(request.user, Action.READ_SESSION)
    found = get_object_or_404(rows.select_related("participant", "site", "enrolment__programme"), pk=pk)
    with timezone.override(ZoneInfo(found.site.time_zone)):
        return render(request, "sessions/session.html", session_context(request, found))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request, pk):
    """Say when the session ended."""
    rows = Session.objects.permitted(request.user, Action.RECORD_SESSION)
    found = get_object_or_404(rows.select_related("participant", "site"), pk=pk)
    return write(
        request,
        CloseForm,
        site=found.site,
        action="session:close",
        about=found.pk,
        work=lambda values: close_session(by=request.user, session=found, **values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, found, _("Close the session"), _("Close the session")),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, pk):
    """Sign the record as it stands."""
    rows = Session.objects.permitted(request.user, Action.SIGN_SESSION)
    found = get_object_or_404(rows.select_related("participant", "site"), pk=pk)
    return write(
        request,
        SignForm,
        site=found.site,
        action="session:sign",
        about=found.pk,
        work=lambda values: sign_session(by=request.user, session=found, **values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, found, _("Sign the record"), _("Sign")),
    )
