"""Pages that amend a record: replace an entry, withdraw it, add what was forgotten. Each asks why."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.forms.writing import ReasonForm
from clinic.permissions import Action
from sessions.amending import amending_form, entry_of, kind_of, split, values_of
from sessions.models import Session
from sessions.pages import entry_context
from sessions.services import amending as service
from sessions.views.writing import write

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@GET_POST
def amend(request, pk, table, row):
    """Replace an entry and say why."""
    kind = kind_of(table)
    old = entry_of(request.user, kind, pk, row)
    choices = kind.choices(old.session, {})
    former = {} if request.method == "POST" else values_of(old, kind)
    return write(
        request,
        lambda data: amending_form(kind, data, choices, former),
        site=old.session.site,
        action=f"session:amend:{table}",
        about=old.pk,
        work=lambda values: service.amend(by=request.user, row=old, **split(values)),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: {
            **entry_context(request, old.session, _("Amend this entry"), _("Amend")),
            "other": _("Nothing replaces it: mark it as entered in error"),
            "other_url": reverse("sessions:withdraw", args=[pk, table, row]),
        },
    )


@login_required
@GET_POST
def withdraw(request, pk, table, row):
    """Mark an entry as entered in error; nothing replaces it."""
    old = entry_of(request.user, kind_of(table), pk, row)
    return write(
        request,
        ReasonForm,
        site=old.session.site,
        action=f"session:withdraw:{table}",
        about=old.pk,
        work=lambda values: service.withdraw(by=request.user, row=old, **values),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, old.session, _("Mark as entered in error"), _("Mark")),
    )


@login_required
@GET_POST
def add(request, pk, table):
    """Add what was forgotten to a signed record."""
    kind = kind_of(table)
    rows = Session.objects.permitted(request.user, Action.SIGN_SESSION)
    session = get_object_or_404(rows.select_related("participant", "site"), pk=pk)
    choices = kind.choices(session, request.POST or None)
    return write(
        request,
        lambda data: kind.form(data, choices=choices, ask_reason=True),
        site=session.site,
        action=f"session:add:{table}",
        about=session.pk,
        work=lambda values: service.add_forgotten(
            by=request.user, session=session, model=kind.model, **split(values)
        ),
        to=reverse("sessions:session", args=[pk]),
        context=lambda: entry_context(request, session, _("Add what was forgotten"), _("Add")),
    )
