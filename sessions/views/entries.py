"""Pages that add an entry to a session."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions.kinds import KINDS
from sessions.models import Session
from sessions.pages import entry_context
from sessions.views.writing import write


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, pk, name):
    """One form for one kind of entry; `name` stands in the URL table, not in the address."""
    kind = KINDS[name]
    session = get_object_or_404(
        Session.objects.permitted(request.user, kind.action).select_related("participant", "site"), pk=pk
    )
    choices = kind.choices(session, request.POST or None)
    return write(
        request,
        lambda data: kind.form(data, choices=choices, ask_reason=not session.is_open),
        site=session.site,
        action=f"session:{name}",
        about=session.pk,
        work=lambda values: kind.record(by=request.user, session=session, **values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, session, str(kind.title), _("Save")),
    )
