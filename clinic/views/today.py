"""The first page after signing in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clinic.permissions import Action, may

# Where each kind of work begins: what a role is for comes before what it may look at besides.
DOORS = (
    (Action.RECORD_SESSION, "sessions:today"),
    (Action.MANAGE_ACCOUNTS, "clinic:accounts"),
    (Action.EXPORT_OUTCOMES, "outcomes:export"),
    (Action.READ_AUDIT, "clinic:audit"),
    (Action.READ_PARTICIPANT, "clinic:participants"),
)


@require_safe
@login_required
def today(request):
    """Go to where this person's work begins; a page that says so where no role opens one."""
    for action, name in DOORS:
        if may(request.user, action):
            return HttpResponseRedirect(reverse(name))
    return render(request, "403.html", {"reason": ""}, status=403)
