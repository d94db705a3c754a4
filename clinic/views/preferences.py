"""The light one reads in, and the lock."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clinic.services.accounts import choose_theme
from clinic.views.errors import answer


def back_to(request) -> str:
    """Where the person was, if that is here."""
    target = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if here else "clinic:today"


@require_POST
@login_required
def theme(request):
    """Keep the chosen light."""
    try:
        choose_theme(by=request.user, theme=request.POST.get("theme", ""))
    except ValidationError as refused:
        return answer(request, 400, refused.messages[0])
    return redirect(back_to(request))


@require_POST
@login_required
def lock(request):
    """Sign out; the next person at this screen signs in as themselves."""
    logout(request)
    return redirect("account_login")
