"""The participant's pages: no account, no name, no code; the secret stands in the first address only.

They answer through the login `checkin` alone. A page asks for no CSRF token: under
`Referrer-Policy: no-referrer` a browser sends `Origin: null`, which Django would refuse. The cookie is
SameSite=Strict instead, and a post that the browser marks as coming from elsewhere is refused.
"""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from outcomes.check_in_help import calls
from outcomes.forms.check_ins import QuestionForm, WordsForm
from outcomes.services import answering
from outcomes.services.answering import ITEMS, link
from outcomes.services.check_ins import digest_of
from outcomes.views.check_in_door import door, give_cookie, sent

LAST = len(ITEMS)
GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
@door(secret=True)
def start(request, secret):
    """GET changes nothing, since mail scanners follow links; the Start button posts."""
    digest = digest_of(secret)
    if request.method == "POST":
        return give_cookie(redirect("check-in:resume"), answering.open_link(digest))
    with link(digest) as row:
        return show(request, "start", begun=row.opened_at is not None, questions=LAST)


@require_safe
@door()
def resume(request, digest):
    """On to the first question without an answer."""
    with link(digest) as row:
        return go(answering.first_open(row))


@require_http_methods(GET_POST)
@door()
def question(request, digest, number):
    """One question; a former answer is never shown."""
    with link(digest) as row:
        if not 1 <= number <= min(answering.first_open(row), LAST):
            return redirect("check-in:resume")
        item = ITEMS[number - 1]
        known = item.key in {*row.answers, *row.skipped}
    if request.method != "POST":
        return ask(request, QuestionForm(item), number, known)
    return answer(request, digest, number, known)


def answer(request, digest, number, known):
    """Store what was sent, and go on. An empty form leaves an answer that is there as it is."""
    item = ITEMS[number - 1]
    if "skip" in request.POST:
        answering.keep_answer(digest, item.key, None)
        return go(number + 1)
    if known and not request.POST.get(item.key):
        return go(number + 1)
    form = QuestionForm(item, request.POST)
    if not form.is_valid():
        return ask(request, form, number, known, status=400)
    answering.keep_answer(digest, item.key, form.value())
    return redirect("check-in:care") if item.safety and form.value() > 0 else go(number + 1)


@require_safe
@door()
def care(request, digest):
    """What is shown at once after a safety question was answered yes."""
    with link(digest):
        return show(request, "care")


@require_http_methods(GET_POST)
@door()
def done(request, digest):
    """The last page: own words, and Submit. Posting twice shows the same thanks."""
    form = WordsForm(sent(request))
    if request.method == "POST" and form.is_valid():
        row = answering.submit(digest, form.cleaned_data["words"])
        return show(request, "thanks", care=answering.endorsed(row))
    with link(digest) as row:
        if answering.first_open(row) <= LAST:
            return redirect("check-in:resume")
        skipped = len(row.skipped)
    status = 400 if form.errors else 200
    return show(request, "done", status=status, form=form, skipped=skipped, given=LAST - skipped, last=LAST)


def go(number):
    """To a question, or past the last one."""
    return redirect("check-in:question", number) if number <= LAST else redirect("check-in:done")


def ask(request, form, number, known, status=200):
    """A question's page."""
    context = {"form": form, "number": number, "last": LAST, "numbers": range(1, LAST + 1), "known": known}
    return show(request, "question", status=status, previous=number - 1, **context)


def show(request, name, status=200, **context):
    """A page with the numbers to call."""
    words = {"care_title": _("If you may act on these thoughts, call now")}
    return render(
        request, f"outcomes/check_in_{name}.html", {"calls": calls(), **words, **context}, status=status
    )
