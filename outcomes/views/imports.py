"""Bring a file in: upload, preview, confirm, result."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.models import Programme
from clinic.permissions import Action
from clinic.views.writing import status_of, stored
from outcomes.forms.imports import OWN_MAP, ConfirmForm, UploadForm
from outcomes.models import ImportDraft, ImportedFile
from outcomes.services import import_drafts as service

GET_POST = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50


@GET_POST
@login_required
def upload(request):
    """The form, and what came in before."""
    programmes = Programme.objects.permitted(request.user, Action.IMPORT_OUTCOMES).select_related("site")
    form = UploadForm(request.POST or None, request.FILES or None, programmes=programmes)
    if form.is_bound and form.is_valid() and drafted(request, form):
        return redirect("outcomes:import-preview", pk=form.cleaned_data["id"])
    former = ImportedFile.objects.permitted(request.user, Action.IMPORT_OUTCOMES).select_related(
        "programme__site"
    )
    page = {"form": form, "former": former[:SHOWN]}
    return render(request, "outcomes/import.html", page, status=status_of(form))


def drafted(request, form: UploadForm) -> bool:
    """Whether the file is kept for its preview; what cannot be read is said beside the field."""
    data = form.cleaned_data
    own = data["map"] == OWN_MAP

    def work():
        service.open_draft(
            by=request.user,
            programme=data["programme"],
            file_name=data["file"].name,
            content=data["file"].read(),
            map_name=data["own_map"].name if own else data["map"],
            map_text=data["own_map"].read() if own else service.shipped_map(data["map"]),
            id=data["id"],
        )

    return stored(request, form, action="upload outcomes", site_id=data["programme"].site_id, work=work)


@GET_POST
@login_required
def preview(request, pk):
    """What the import would do; posting does it."""
    drafts = ImportDraft.objects.permitted(request.user, Action.IMPORT_OUTCOMES).filter(by=request.user)
    draft = get_object_or_404(drafts.select_related("programme__site"), pk=pk)
    form = ConfirmForm(request.POST or None, refused=True)
    if form.is_bound and confirmed(request, form, draft):
        return redirect("outcomes:import-done", pk=form.cleaned_data["id"])
    page = {"draft": draft, "form": form, **shown(draft, form)}
    return render(request, "outcomes/import_preview.html", page, status=status_of(form))


def confirmed(request, form: ConfirmForm, draft: ImportDraft) -> bool:
    def work():
        service.confirm(
            by=request.user,
            draft=draft,
            skip_bad_rows=form.cleaned_data["skip_bad_rows"],
            id=form.cleaned_data["id"],
        )

    return stored(request, form, action="import outcomes", site_id=draft.site_id, work=work, about=draft.pk)


def shown(draft: ImportDraft, form: ConfirmForm) -> dict:
    """The counts, the first rows and the refusals; or why there is no preview any more."""
    try:
        found = service.preview(draft)
    except ValidationError as ended:
        return {"ended": ended.messages[0]}
    refusals = found.plan.refusals
    if not refusals and not form.is_bound:
        del form.fields["skip_bad_rows"]
    return {
        "facts": facts_of(found.counts),
        "columns": [{"label": column} for column in found.plan.columns],
        "rows": found.plan.first_rows,
        "refusals": refusals[:SHOWN],
        "more": max(len(refusals) - SHOWN, 0),
        "nothing_new": not found.sittings,
    }


def facts_of(counts: dict[str, int]) -> list[tuple[str, int, str]]:
    """The counts in words, for the list of facts."""
    return [
        (_("Rows"), counts["rows"], ""),
        (_("Values"), counts["values"], ""),
        (_("Missing values"), counts["missing"], _("Kept as missing, never as 0.")),
        (_("Participants"), counts["participants"], ""),
        (
            _("New participants"),
            counts["new_participants"],
            _("Under random codes; the source's ids are sealed."),
        ),
        (_("New assessments"), counts["new_assessments"], ""),
        (_("Here before"), counts["known_assessments"], _("Left as they are.")),
        (_("Rows refused"), counts["refused_rows"], ""),
    ]


@require_safe
@login_required
def done(request, pk):
    """What an import brought, and the safety answers among it, for one review."""
    rows = ImportedFile.objects.permitted(request.user, Action.IMPORT_OUTCOMES)
    imported = get_object_or_404(rows.select_related("programme__site"), pk=pk)
    page = {"imported": imported, "facts": facts_of(imported.counts)}
    return render(request, "outcomes/import_done.html", page)
