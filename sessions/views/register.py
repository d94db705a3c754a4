"""The register: who was declined or deferred, and how many, without identity."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions import register
from sessions.counting import LEAST


@login_required
@require_safe
def people(request):
    """Those who were declined or deferred, for who treats them."""
    rows, older = register.turned_away(request.user, request.GET)
    return render(request, "sessions/register.html", {"decisions": rows, "older_url": older})


@login_required
@require_safe
def counts(request):
    """How many were decided on, by quarter, outcome and reason."""
    lines = register.counted(request.user, now=timezone.now())
    page = {
        "least": LEAST,
        "rows": register.table(lines),
        "columns": register.columns(),
        "reasons": register.reason_table(lines),
        "reason_columns": register.reason_columns(),
    }
    return render(request, "sessions/register_counts.html", page)


@login_required
@require_safe
def counts_as_csv(request):
    """The same as a file."""
    lines = register.counted(request.user, now=timezone.now())
    name = f"afterward-register-{timezone.localdate():%Y-%m-%d}.csv"
    return HttpResponse(
        register.as_csv(lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
