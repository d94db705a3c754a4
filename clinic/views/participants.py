"""Find a participant, add one, see the identity, record enrolment."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from clinic.codes import normalise
from clinic.forms.participants import EnrolForm, FindForm, ParticipantForm
from clinic.models import AccessEvent, Participant, Programme
from clinic.permissions import Action, may, may_at
from clinic.selectors import by_person, listed, named
from clinic.services import participants as service
from clinic.views.writing import status_of, stored

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@login_required
def find(request):
    """The newest participants; a search is posted, so that no name stands in an address or a log."""
    everybody = Participant.objects.permitted(request.user, Action.READ_PARTICIPANT)
    form = FindForm(request.POST or None)
    rows, older, newer = listed(everybody, request.GET)
    searched = form.is_bound and form.is_valid()
    if searched:
        rows, older, newer = search(request, everybody, form), "", ""
    page = {
        "form": form,
        "rows": rows,
        "named": named(request.user, rows, "participants"),
        "older": older,
        "newer": newer,
        "searched": searched,
    }
    return render(request, "clinic/participants.html", page, status=status_of(form))


def search(request, everybody, form) -> list:
    """The people whom a code or a name and birth date find; errors go onto the form."""
    data = form.cleaned_data
    if data["code"]:
        try:
            return list(everybody.filter(code=normalise(data["code"])).in_list())
        except ValidationError as slip:
            form.add_error("code", slip)
            return []
    if not may(request.user, Action.READ_IDENTITY) or not (
        data["family_name"] and data["given_name"] and data["birth_date"]
    ):
        form.add_error(None, FindForm.NEED)
        return []
    service.note_access(by=request.user, kind=AccessEvent.Kind.SEARCH, purpose="search by name")
    return list(by_person(everybody, data["family_name"], data["given_name"], data["birth_date"].isoformat()))


@GET_POST
@login_required
def add(request):
    """A new person, enrolled at once."""
    programmes = Programme.objects.permitted(request.user, Action.ENROL).select_related("site")
    form = ParticipantForm(request.POST or None, programmes=programmes)
    if form.is_bound and form.is_valid() and added(request, form):
        return redirect("outcomes:participant", pk=form.cleaned_data["id"])
    return render(request, "clinic/participant_add.html", {"form": form}, status=status_of(form))


def added(request, form: ParticipantForm) -> bool:
    """Whether the person was stored and enrolled."""
    data = form.cleaned_data
    programme = data["programme"]

    def work():
        person = service.add_participant(
            by=request.user, site=programme.site, details=form.details(), id=data["id"], sex=data["sex"]
        )
        day = service.today_at(programme.site)
        service.enrol(by=request.user, participant=person, programme=programme, enrolled_on=day)

    return stored(request, form, action="add participant", site_id=programme.site_id, work=work)


def person(request, pk, action: Action) -> Participant:
    """The participant, where this person may do this."""
    return get_object_or_404(
        Participant.objects.permitted(request.user, action).select_related("site"), pk=pk
    )


@require_safe
@login_required
def identity(request, pk):
    """Who the code is. Seeing it leaves an access event."""
    participant = person(request, pk, Action.READ_IDENTITY)
    details = service.read_identity(by=request.user, participant=participant, purpose="identity page")
    return render(
        request,
        "clinic/identity.html",
        {"participant": participant, **service.identifiers(details), "details": details},
    )


def page_of(request, participant: Participant, template: str, **context):
    """A page about a person: code, preferred name and birth date on top, for those who may see them."""
    if may_at(request.user, Action.READ_IDENTITY, participant.site_id):
        details = service.read_identity(by=request.user, participant=participant, purpose=template)
        context.update(service.identifiers(details))
    form = context.get("form")
    return render(
        request, template, {"participant": participant, **context}, status=status_of(form) if form else 200
    )


@GET_POST
@login_required
def enrol(request, pk):
    """Into one more programme."""
    participant = person(request, pk, Action.ENROL)
    programmes = Programme.objects.permitted(request.user, Action.ENROL).filter(site=participant.site_id)
    form = EnrolForm(request.POST or None, programmes=programmes)

    def work():
        service.enrol(by=request.user, participant=participant, **form.cleaned_data)

    if form.is_bound and stored(
        request, form, action="enrol", site_id=participant.site_id, work=work, about=pk
    ):
        return redirect("outcomes:participant", pk=pk)
    return page_of(request, participant, "clinic/enrol.html", form=form)
