"""The participant's pages: no account, no name, no code; the secret stands in the first address only.

They answer through the login `checkin` alone. A page asks for no CSRF token: under
`Referrer-Policy: no-referrer` a browser sends `Origin: null`, which Django would refuse. The cookie is
SameSite=Strict instead, and a post that the browser marks as coming from elsewhere is refused.
"""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from outcomes.asking import beside, first_open
from outcomes.check_in_help import calls
from outcomes.forms.check_ins import QuestionForm, WordsForm
from outcomes.models import CheckIn
from outcomes.services import answering
from outcomes.services.answering import link
from outcomes.services.check_ins import digest_of
from outcomes.views.check_in_door import door, forget, give_cookie, handed_back, sent

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
@door(secret=True)
def start(request, secret):
    """GET changes nothing, since mail scanners follow links; the Start button posts."""
    digest = digest_of(secret)
    if request.method == "POST":
        return give_cookie(redirect("check-in:resume"), answering.open_link(digest))
    with link(digest) as row:
        context = {"begun": row.opened_at is not None, "questions": len(answering.steps(row))}
        return show(request, "start", row, **context)


@require_safe
@door()
def resume(request, digest):
    """On to the first question without an answer."""
    with link(digest) as row:
        steps = answering.steps(row)
        return go(first_open(steps, row.answers, row.skipped), steps)


@require_http_methods(GET_POST)
@door()
def question(request, digest, number):
    """One question; a former answer is never shown."""
    with link(digest) as row:
        steps = answering.steps(row)
        if not 1 <= number <= min(first_open(steps, row.answers, row.skipped), len(steps)):
            return redirect("check-in:resume")
        place = Place(row, steps, number)
    if request.method != "POST":
        return ask(request, QuestionForm(place.step), place)
    return answer(request, digest, place)


class Place:
    """Where in a check-in somebody is."""

    def __init__(self, row, steps, number):
        self.row, self.steps, self.number, self.step = row, steps, number, steps[number - 1]
        self.known = self.step.slot in {*row.answers, *row.skipped}
        self.previous = beside(steps, row.answers, number, -1)

    def on(self, row=None):
        """To the next question that is asked after the answers as they are now."""
        return go(beside(self.steps, (row or self.row).answers, self.number, +1), self.steps)


def answer(request, digest, place):
    """Store what was sent, and go on. An empty form leaves an answer that is there as it is."""
    step = place.step
    if "skip" in request.POST:
        return place.on(answering.keep_answer(digest, step.slot, None))
    if place.known and not request.POST.get(step.item.key):
        return place.on()
    form = QuestionForm(step, request.POST)
    if not form.is_valid():
        return ask(request, form, place, status=400)
    row = answering.keep_answer(digest, step.slot, form.value())
    return redirect("check-in:care") if step.item.flags(form.value()) else place.on(row)


@require_safe
@door()
def care(request, digest):
    """What is shown at once after a safety question was answered yes."""
    with link(digest) as row:
        return show(request, "care", row)


@require_http_methods(GET_POST)
@door()
def done(request, digest):
    """The last page: own words, and Submit. Posting twice shows the same thanks."""
    form = WordsForm(sent(request))
    if request.method == "POST" and form.is_valid():
        row, care = answering.submit(digest, form.cleaned_data["words"])
        return show(request, "thanks", row, care=care)
    with link(digest) as row:
        steps = answering.steps(row)
        if first_open(steps, row.answers, row.skipped) <= len(steps):
            return redirect("check-in:resume")
    last = beside(steps, row.answers, len(steps) + 1, -1)
    context = {"form": form, "skipped": len(row.skipped), "given": len(row.answers), "last": last}
    return show(request, "done", row, status=400 if form.errors else 200, **context)


@require_safe
@door(alive=False)
def back(request):
    """The tablet goes back: this browser forgets the check-in, and the member of staff signs in to go on."""
    return forget(redirect(handed_back(request)))


def go(number, steps):
    """To a question, or past the last one."""
    return redirect("check-in:question", number) if number <= len(steps) else redirect("check-in:done")


def ask(request, form, place, status=200):
    """A question's page."""
    last = len(place.steps)
    context = {
        "form": form,
        "step": place.step,
        "number": place.number,
        "last": last,
        "numbers": range(1, last + 1),
        "known": place.known,
        "previous": place.previous,
    }
    return show(request, "question", place.row, status=status, **context)


def show(request, name, row, status=200, **context):
    """A page with the numbers to call."""
    words = {"care_title": _("If you may act on these thoughts, call now"), "calls": calls()}
    tablet = row.way == CheckIn.Way.TABLET
    return render(
        request, f"outcomes/check_in_{name}.html", {**words, "tablet": tablet, **context}, status=status
    )
