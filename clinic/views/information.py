"""The information page for participants: for everybody, without account, name or cookie."""

from django.db.transaction import non_atomic_requests
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from clinic.consents.information import newest


@non_atomic_requests
@require_safe
@cache_control(public=True, max_age=3600)
def information(request):
    """The newest text. It is rendered without the request: nothing of a visitor can reach the page or a cache."""
    return HttpResponse(render_to_string("clinic/information.html", {"information": newest()}))
