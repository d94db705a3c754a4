"""Pages that add an entry to a session, and the one that amends an entry."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.permissions import Action
from sessions.amending import amending_form, readable, values_of
from sessions.kinds import KINDS
from sessions.models import Session
from sessions.pages import entry_context
from sessions.services.sessions import people_at
from sessions.services.signing import amend as amend_entry
from sessions.views.writing import write


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, pk, name):
    """One form for one kind of entry; `name` stands in the URL table, not in the address."""
    kind = KINDS[name]
    session = get_object_or_404(
        Session.objects.permitted(request.user, kind.action).select_related("participant", "site"), pk=pk
    )
    people = people_at(session.site_id) if kind.names_people else {}
    return write(
        request,
        lambda data: kind.form(data, people=people, ask_reason=not session.is_open),
        site=session.site,
        action=f"session:{name}",
        about=session.pk,
        work=lambda values: kind.record(by=request.user, session=session, **values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, session, str(kind.title), _("Save")),
    )


def replace(*, by, row, values: dict) -> None:
    """Call the service: the id and the reason belong to the amendment, the rest to the new row."""
    amend_entry(by=by, row=row, id=values.pop("id"), reason=values.pop("reason"), values=values)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request, pk, table, row):
    """Replace an entry and say why."""
    if table not in KINDS:
        raise Http404
    kind = KINDS[table]
    rows = kind.model.objects.permitted(request.user, Action.SIGN_SESSION).select_related(
        "session__participant", "session__site"
    )
    old = get_object_or_404(readable(rows, request.user), pk=row, session_id=pk)
    people = people_at(old.site_id) if kind.names_people else {}
    former = {} if request.method == "POST" else values_of(old, kind)
    return write(
        request,
        lambda data: amending_form(kind, data, people, former),
        site=old.session.site,
        action=f"session:amend:{table}",
        about=old.pk,
        work=lambda values: replace(by=request.user, row=old, values=values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, old.session, _("Amend this entry"), _("Amend")),
    )
