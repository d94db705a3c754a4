"""The first page after signing in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clinic.permissions import Action, may

# Where each kind of work begins, in the order in which a person with two roles would want it.
DOORS = (
    (Action.RECORD_SESSION, "sessions:today"),
    (Action.READ_PARTICIPANT, "clinic:participants"),
    (Action.EXPORT_OUTCOMES, "outcomes:export"),
    (Action.MANAGE_ACCOUNTS, "clinic:accounts"),
    (Action.READ_AUDIT, "clinic:audit"),
)


@require_safe
@login_required
def today(request):
    """Go to where this person's work begins; a page that says so where no role opens one."""
    for action, name in DOORS:
        if may(request.user, action):
            return HttpResponseRedirect(reverse(name))
    return render(request, "403.html", {"reason": ""}, status=403)
