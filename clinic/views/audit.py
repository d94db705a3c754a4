"""The audit, for those who check it. Read through the auditor's login, which writes nothing."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic.models import AuditEvent, User
from clinic.permissions import Action, sites_where
from clinic.rows import rows_of

PAGE = 50


@require_safe
@login_required
def events(request):
    """The newest changes at the sites where this person reads the audit."""
    sites = sites_where(request.user, Action.READ_AUDIT)
    before = request.GET.get("before", "")
    with rows_of(sites, str(request.user.pk), using="auditor"):
        rows = AuditEvent.objects.using("auditor").filter(site_id__in=sites).order_by("-id")
        if before.isdecimal() and len(before) < 19:
            rows = rows.filter(id__lt=int(before))
        page = list(rows[: PAGE + 1])
        names = dict(User.objects.using("auditor").filter(pk__in=actors(page)).values_list("pk", "name"))
    older = f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""
    return render(
        request,
        "clinic/audit.html",
        {"events": [line(event, names) for event in page[:PAGE]], "older": older},
    )


def actors(page) -> set:
    """The actors that are accounts."""
    return {event.actor for event in page if len(event.actor) == 36 and event.actor.count("-") == 4}


def line(event: AuditEvent, names: dict) -> dict:
    """One event as the page shows it: who, what, which columns, why; values that are sealed stay sealed."""
    before, after = event.before or {}, event.after or {}
    changed = sorted(name for name in after if before.get(name) != after[name]) if before and after else []
    by_text = {str(pk): name for pk, name in names.items()}
    return {"event": event, "actor": by_text.get(event.actor, shortened(event.actor)), "changed": changed}


def shortened(actor: str) -> str:
    """An actor that is no account: of a check-in's id the last signs, as the row's own are shown."""
    kind, _colon, id = actor.partition(":")
    return f"{kind} {id[-12:]}" if kind == "check-in" and id else actor
