"""The therapist's first page: what is running, and what waits for a signature."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.permissions import Action
from clinic.selectors import named
from sessions.decisions import waiting_for
from sessions.models import Session

SHOWN = 50


@require_safe
@login_required
def today(request):
    """Open sessions, closed ones nobody has signed, and the latest, at the sites of this person."""
    rows = Session.objects.permitted(request.user, Action.RECORD_SESSION).in_force()
    listed = rows.select_related("participant", "site")
    waiting, latest = list(listed.waiting()[: 2 * SHOWN]), list(listed.exclude(ended_at=None)[:12])
    second = waiting_for(request.user)
    people = [session.participant for session in (*waiting, *latest)]
    named(request.user, [*people, *(decision.enrolment.participant for decision in second)], "today")
    page = {
        "now": timezone.now(),
        "running": [session for session in waiting if session.is_open][:SHOWN],
        "unsigned": [session for session in waiting if not session.is_open][:SHOWN],
        "latest": latest,
        "second": second,
    }
    return render(request, "sessions/today.html", page)
