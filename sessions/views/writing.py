"""The one way in which a page of this layer writes: form, service, redirect, or the form with what is wrong."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.shortcuts import redirect, render
from django.utils import timezone

from clinic.views.writing import status_of, stored


def write(
    request,
    make_form: Callable,
    *,
    site,
    action: str,
    about,
    work: Callable,
    to,
    context: Callable,
    template: str = "sessions/form.html",
):
    """GET shows the form, POST stores it once and goes to `to`, a URL or a function of the values.

    `make_form(data)` gives a WriteForm, `work(values)` calls the service, `about` is the row that the form belongs
    to. `context()` is asked only when the page is shown. Times are read at the site.
    """
    posted = request.method == "POST"
    with timezone.override(ZoneInfo(site.time_zone)):
        form = make_form(request.POST if posted else None)
        if posted and stored(
            request,
            form,
            action=action,
            site_id=site.pk,
            about=about,
            secret=("password",),
            work=lambda: work(form.values),
        ):
            return redirect(to(form.values) if callable(to) else to)
        return render(request, template, {**context(), "form": form}, status=status_of(form))
