"""An administrator records and withdraws the clinic's permission to show an instrument's text."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from clinic.models import Site
from clinic.permissions import Action, sites_where
from clinic.views.writing import status_of, stored
from outcomes.forms.permissions import PermissionForm, WithdrawForm
from outcomes.instruments.wordings import held_languages
from outcomes.models import InstrumentPermission
from outcomes.services import permissions as service
from outcomes.views.assessments import aim_at
from outcomes.views.check_in_door import sent
from outcomes.views.instruments import instrument_or_404

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@login_required
def permit(request, key):
    """The permission, and the wording where it is brought."""
    sites = Site.objects.filter(pk__in=sites_where(request.user, Action.MANAGE_INSTRUMENTS))
    instrument = instrument_or_404(key)
    form = PermissionForm(instrument, sites, sent(request), request.FILES or None)
    aim_at(form, instrument=key)

    def work():
        service.record_permission(by=request.user, instrument=instrument, **form.permission())

    site_id = form.cleaned_data["site"].pk if form.is_valid() else None
    if site_id and stored(request, form, action="permit instrument", site_id=site_id, work=work):
        return redirect("outcomes:instrument", key=key)
    context = {"form": form, "instrument": instrument, "held": held_languages(key)}
    return render(request, "outcomes/instrument_permit.html", context, status=status_of(form))


@GET_POST
@login_required
def withdraw(request, pk):
    """End one."""
    rows = InstrumentPermission.objects.permitted(request.user, Action.MANAGE_INSTRUMENTS)
    row = get_object_or_404(rows.select_related("site"), pk=pk)
    form = WithdrawForm(sent(request))
    aim_at(form, permission=str(pk))

    def work():
        reason = form.cleaned_data["reason"]
        service.withdraw_permission(by=request.user, permission=row, reason=reason)

    if form.is_bound and stored(request, form, action="withdraw permission", site_id=row.site_id, work=work):
        return redirect("outcomes:instrument", key=row.instrument)
    context = {"form": form, "row": row, "instrument": instrument_or_404(row.instrument)}
    return render(request, "outcomes/instrument_withdraw.html", context, status=status_of(form))
