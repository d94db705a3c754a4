"""The check of understanding on the clinic's tablet: one question a page, taken by the participant with staff present."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from clinic.consents.questions import questions_of
from clinic.forms.understanding import QuestionForm
from clinic.forms.writing import WriteForm
from clinic.models import Participant, Understanding
from clinic.services import understanding as service
from clinic.views.consents import GET_POST, at_the_site, consent_of
from clinic.views.participants import page_of
from clinic.views.writing import blame, status_of, stored


@require_POST
@login_required
@at_the_site
def start(request, participant, consent):
    """Begin, for the consent to treatment; a second tap finds what the first began."""
    row = consent_of(participant, consent)
    form = WriteForm(request.POST)

    def work():
        service.start_understanding(by=request.user, consent=row, id=form.cleaned_data["id"])

    site = participant.site_id
    if stored(request, form, action="start understanding", site_id=site, work=work, about=consent):
        return redirect("clinic:understanding-question", participant.pk, form.cleaned_data["id"], 1)
    return page_of(request, participant, "clinic/understanding_start.html", form=form)


def row_of(participant: Participant, pk) -> Understanding:
    """One check of the participant, or 404."""
    rows = participant.understandings.in_force().select_related("consent", "taken_with")
    return get_object_or_404(rows, pk=pk)


@GET_POST
@login_required
@at_the_site
def question(request, participant, understanding, number):
    """One question. Its page holds no name: the tablet is in the participant's hands."""
    row = row_of(participant, understanding)
    questions = questions_of(row.version, row.language)
    here = questions.first_open(row.answers)
    if row.finished_at or not 1 <= number <= min(here, row.asked):
        return onward(row, here)
    asked = questions.questions[number - 1]
    # An empty post is a post too: its form says what is missing.
    form = QuestionForm(asked, request.POST if request.method == "POST" else None)
    if form.is_bound and chosen(request.user, row, form):
        return onward(row, number + 1)
    return page(request, row, questions, "question", form=form, number=number, known=form.key in row.answers)


def chosen(user, row: Understanding, form: QuestionForm) -> bool:
    """Whether the question has its answer: a new one is kept, and no choice leaves a former one as it is."""
    if form.key in row.answers and form.key not in form.data:
        return True
    if not form.is_valid():
        return False
    try:
        service.keep_choice(by=user, understanding=row, key=form.key, chosen=form.chosen)
    except ValidationError as refused:
        blame(form, refused)
    return form.is_valid()


def onward(row: Understanding, number: int):
    """To a question, or past the last one."""
    if row.finished_at is None and number <= row.asked:
        return redirect("clinic:understanding-question", row.participant_id, row.pk, number)
    return redirect("clinic:understanding-done", row.participant_id, row.pk)


def page(request, row: Understanding, questions, name: str, **context: Any):
    """A page in the bare frame."""
    number = context.get("number", 0)
    steps = {"last": row.asked, "numbers": range(1, row.asked + 1), "previous": number - 1}
    form = context.get("form")
    return render(
        request,
        f"clinic/understanding_{name}.html",
        {"row": row, "questions": questions, **steps, **context},
        status=status_of(form) if form is not None else 200,
    )


@GET_POST
@login_required
@at_the_site
def done(request, participant, understanding):
    """Past the last question: finish; then every question with its answer, those that were missed first."""
    row = row_of(participant, understanding)
    questions = questions_of(row.version, row.language)
    if row.finished_at is None and questions.first_open(row.answers) <= row.asked:
        return onward(row, questions.first_open(row.answers))
    if request.method == "POST":
        service.finish_understanding(by=request.user, understanding=row)
        return onward(row, row.asked + 1)
    missed = questions.missed(row.answers)
    right = [one for one in questions.questions if one not in missed]
    return page(request, row, questions, "done", missed=told(row, missed), right=told(row, right))


def told(row: Understanding, questions) -> list[dict]:
    """Questions with what was chosen and what is right, in words."""
    return [
        {
            "question": one,
            "chosen": one.words(row.answers.get(one.key, ())),
            "correct": one.words(one.correct),
        }
        for one in questions
    ]
