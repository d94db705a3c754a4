"""Pages of the medicine list: the list with its calendar, a line added, changed, cleared, or marked as an error."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.forms.writing import ReasonForm
from clinic.permissions import Action
from sessions import medicine_pages as pages
from sessions.forms.medicines import ClearForm, DosingDayForm, MedicineForm, WhichForm, former_values
from sessions.models import Medication
from sessions.screening_pages import local_now
from sessions.screening_record import (
    find,
    find_with_protocol,
    key_in,
    one_taken,
    protocol_in,
    taken_by,
    with_key,
)
from sessions.services.findings import withdraw
from sessions.services.medicines import clear_medicine, record_medicine
from sessions.views.writing import write

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def medicines(request, enrolment):
    """The list, what each medicine is, and the washout calendar."""
    found = find_with_protocol(request.user, Action.READ_SCREENING, enrolment)
    asked = DosingDayForm(request.GET or None)
    dosing_on = asked.cleaned_data["day"] if asked.is_valid() else None
    taken, protocol = taken_by(found), protocol_in(found)
    context = pages.list_context(request, found, taken, protocol)
    calendar = pages.calendar_of(taken, protocol, today=local_now(found).date(), dosing_on=dosing_on)
    return render(request, "sessions/medicines.html", {**context, "asked": asked, "calendar": calendar})


@login_required
@GET_POST
def add(request, enrolment):
    """Put a medicine onto the list: first its name, then the rest under what the table says of it."""
    found = find(request.user, Action.RECORD_SCREENING, enrolment)
    name = request.GET.get("name", "").strip()[:80]
    title = _("Add a medicine")
    if request.method != "POST" and not name:
        form = WhichForm(request.GET if "name" in request.GET else None)
        return render(
            request,
            "sessions/medicine_which.html",
            {**pages.add_context(request, found, "", title), "form": form},
        )
    return write(
        request,
        lambda data: MedicineForm(data, initial={"name": name}),
        site=found.site,
        action="medicine:add",
        about=found.pk,
        work=lambda values: record_medicine(by=request.user, enrolment=found, **values),
        to=reverse("sessions:medicines", args=[found.pk]),
        context=lambda: pages.add_context(request, found, request.POST.get("name", name), title),
        template="sessions/medicine.html",
    )


def line(request, pk, action: Action):
    """A line of the list with its words, for those who may do this; else 404.

    Whether it still stands is the service's to say: a form that is sent twice must get its first answer again.
    """
    rows = Medication.objects.permitted(request.user, action)
    rows = rows.select_related("enrolment__participant", "enrolment__programme", "enrolment__site", "site")
    row = get_object_or_404(with_key(rows, "enrolment__participant__"), pk=pk)
    return one_taken(row, key_in(row))


@login_required
@GET_POST
def change(request, pk):
    """Correct, stop or resume: a new line in the place of the old one, which stays readable."""
    one = line(request, pk, Action.RECORD_SCREENING)
    row = one.row
    former = {} if request.method == "POST" else former_values(row, one.words)
    return write(
        request,
        lambda data: MedicineForm(data, initial=former, changes=True),
        site=row.site,
        action="medicine:change",
        about=row.pk,
        work=lambda values: record_medicine(by=request.user, enrolment=row.enrolment, replaces=row, **values),
        to=reverse("sessions:medicines", args=[row.enrolment_id]),
        context=lambda: pages.line_context(request, one, _("Change a medicine"), _("Save")),
        template="sessions/medicine.html",
    )


@login_required
@GET_POST
def withdraw_medicine(request, pk):
    """Mark a line as entered in error; nothing replaces it."""
    one = line(request, pk, Action.RECORD_SCREENING)
    return write(
        request,
        ReasonForm,
        site=one.row.site,
        action="medicine:withdraw",
        about=one.row.pk,
        work=lambda values: withdraw(by=request.user, row=one.row, **values),
        to=reverse("sessions:medicines", args=[one.row.enrolment_id]),
        context=lambda: pages.line_context(request, one, _("Mark as entered in error"), _("Mark")),
        template="sessions/medicine.html",
    )


@login_required
@GET_POST
def clear(request, pk):
    """A physician signs that a medicine may stand before a dose."""
    one = line(request, pk, Action.CLEAR_MEDICINE)
    return write(
        request,
        ClearForm,
        site=one.row.site,
        action="medicine:clear",
        about=one.row.pk,
        work=lambda values: clear_medicine(by=request.user, medication=one.row, **values),
        to=reverse("sessions:medicines", args=[one.row.enrolment_id]),
        context=lambda: pages.line_context(request, one, _("Give clearance"), _("Sign the clearance")),
        template="sessions/medicine.html",
    )
