"""Send outcome data out as one zip, without identity."""

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic.models import Programme
from clinic.permissions import Action
from clinic.views.writing import status_of
from outcomes.forms.imports import ExportForm
from outcomes.models import Export
from outcomes.services.exports import Order, export_as_zip, left_out

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export(request):
    """The programmes that this person may export; posting streams one."""
    programmes = Programme.objects.permitted(request.user, Action.EXPORT_OUTCOMES).select_related("site")
    form = ExportForm(request.POST or None, programmes=programmes)
    if form.is_bound and form.is_valid():
        return zipped(request.user, **form.values)
    counts = left_out(programmes, timezone.now())
    people = [(programme, *counts.get(programme.pk, (0, 0))) for programme in programmes]
    former = Export.objects.permitted(request.user, Action.EXPORT_OUTCOMES).select_related("programme__site")
    page = {"form": form, "people": people, "former": former[:SHOWN]}
    return render(request, "outcomes/export.html", page, status=status_of(form))


def zipped(user, *, id, programme: Programme, profile: str) -> StreamingHttpResponse:
    """The zip. It runs after the request's transaction and opens its own rows."""
    order = Order((programme,), profile, user, timezone.now())
    name = f"afterward-{programme.code}-{profile}.zip"
    return StreamingHttpResponse(
        export_as_zip(order),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
