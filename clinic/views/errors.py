"""Errors as pages, or as JSON where the API was asked."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def answer(request, status: int, reason: str = ""):
    """One page an error, with the reason where there is one to tell."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason or _("Not found.")}, status=status)
    return render(request, f"{status}.html", {"reason": reason}, status=status)


def bad_request(request, exception=None):
    """400."""
    return answer(request, 400, _("This request cannot be read."))


def permission_denied(request, exception=None):
    """403: the person is known, and may not."""
    return answer(request, 403, str(exception or "") or _("Your role does not allow this."))


def page_not_found(request, exception=None):
    """404: not there, or another site's; the two look the same."""
    return answer(request, 404, _("Not found."))


def closed(request, **address):
    """404: what a package of ours serves and this project does not."""
    return page_not_found(request)


def conflict(request):
    """409: the form was sent before with other content."""
    return answer(request, 409)


def too_many(request, error):
    """429: wrong answers, until some time has passed."""
    response = answer(request, 429, str(error))
    response["Retry-After"] = str(error.seconds)
    return response


def server_error(request):
    """500."""
    return answer(request, 500, _("Something failed here, and nothing was stored."))


def csrf_failure(request, reason=""):
    """403: the form is stale."""
    return render(request, "403_csrf.html", status=403)
