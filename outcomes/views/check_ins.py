"""Check-in links for staff: list, make, read, withdraw."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clinic.forms.writing import WriteForm
from clinic.models import Consent
from clinic.permissions import Action
from clinic.services.consents import consent_in_force
from clinic.services.participants import keys_of
from clinic.views.writing import stored
from outcomes import person as record
from outcomes.forms.check_ins import LinkForm
from outcomes.instruments.daily_wording import QUESTIONS
from outcomes.models import CheckIn
from outcomes.services import check_ins as service
from outcomes.views.assessments import aim_at, enrolment_for, page_of_rows
from outcomes.views.check_in_door import sent
from outcomes.views.participants import page_about, with_state

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def listed(request, pk):
    """Every check-in of a person, newest first, by pages."""
    person = record.find_person(request.user, pk)
    shown, older = page_of_rows(
        record.check_ins_of(request.user, person, limit=None), request.GET.get("before", "")
    )
    now = timezone.now()
    rows = [with_state(row, now) for row in shown]
    return page_about(request, person, "outcomes/check_ins.html", check_ins=rows, older=older)


@GET_POST
@login_required
def make(request, pk):
    """A new link. Its address is shown in the answer to the post, once: it is not kept."""
    enrolment = enrolment_for(request.user, pk, Action.SEND_CHECK_IN)
    form, made = LinkForm(sent(request)), []
    aim_at(form, enrolment=str(pk))

    def work():
        made.append(service.make_check_in(by=request.user, enrolment=enrolment, **form.link()))

    site = enrolment.site_id
    done = form.is_bound and stored(request, form, action="make check-in", site_id=site, work=work)
    agreed = done or consent_in_force(enrolment.participant, Consent.Kind.FOLLOW_UP)
    context: dict[str, Any] = {"form": form, "done": done, "agreed": agreed}
    if made:
        context.update(check_in=made[0][0], address=service.address_of(made[0][1]))
    return page_about(request, enrolment.participant, "outcomes/check_in_make.html", **context)


def check_in_for(user, pk, action: Action) -> CheckIn:
    """The check-in with its person and site, where the user may do this. Else 404."""
    rows = CheckIn.objects.permitted(user, action).in_force()
    return get_object_or_404(rows.select_related("enrolment__participant__site", "site"), pk=pk)


@require_safe
@login_required
def one(request, pk):
    """One check-in: its state, answers and words."""
    row = check_in_for(request.user, pk, Action.READ_OUTCOMES)
    person = row.enrolment.participant
    answers = (
        [(question.text, answer_to(question, row), "") for question in QUESTIONS] if row.submitted_at else []
    )
    words = (
        keys_of(person.pk).open(row, "words_sealed") if row.words_sealed and reads_words(request, row) else ""
    )
    context: dict[str, Any] = {
        "check_in": with_state(row, timezone.now()),
        "answers": answers,
        "words": words,
    }
    return page_about(request, person, "outcomes/check_in.html", **context)


def reads_words(request, row: CheckIn) -> bool:
    """Free words may hold a name: they are for those who treat, as the identity is."""
    return Action.READ_IDENTITY in record.held_at(request.user, row.site_id)


def answer_to(question, row: CheckIn):
    """An answer in words where the item has them."""
    value = row.answers.get(question.key)
    return next((choice.label for choice in question.choices if choice.value == value), value)


@GET_POST
@login_required
def withdraw(request, pk):
    """End a link before its time."""
    row = check_in_for(request.user, pk, Action.SEND_CHECK_IN)
    form, person = WriteForm(sent(request)), row.enrolment.participant
    aim_at(form, check_in=str(pk))

    def work():
        service.withdraw_check_in(by=request.user, check_in=row)

    if form.is_bound and stored(request, form, action="withdraw check-in", site_id=row.site_id, work=work):
        return redirect("outcomes:check-ins", pk=person.pk)
    return page_about(request, person, "outcomes/check_in_withdraw.html", form=form, check_in=row)
