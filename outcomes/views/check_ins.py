"""Check-in links for staff: list, make, read, withdraw."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404
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
from outcomes.asking import Step, answers_to, is_asked, steps_of
from outcomes.at_risk import Advice, advice_for
from outcomes.check_in_help import calls
from outcomes.forms.check_ins import AskForm, LinkForm
from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN
from outcomes.instruments.registry import get
from outcomes.instruments.wordings import wording_at
from outcomes.models import CheckIn
from outcomes.selectors import with_permissions
from outcomes.services import check_ins as service
from outcomes.services.permissions import granted_to
from outcomes.views.assessments import aim_at, enrolment_for, page_of_rows
from outcomes.views.check_in_door import give_cookie, sent
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
    choices = service.askable(enrolment, CheckIn.Way.LINK)
    form, made = LinkForm(choices, sent(request), initial={"instruments": [DAILY_CHECKIN.key]}), []
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
    rows = with_permissions(CheckIn.objects.permitted(user, action).in_force())
    return get_object_or_404(rows.select_related("enrolment__participant__site", "site"), pk=pk)


@require_safe
@login_required
def one(request, pk):
    """One check-in: its state, answers and words."""
    row = check_in_for(request.user, pk, Action.READ_OUTCOMES)
    person = row.enrolment.participant
    answers = answers_in(row) if row.submitted_at else []
    words = (
        keys_of(person.pk).open(row, "words_sealed") if row.words_sealed and reads_words(request, row) else ""
    )
    context: dict[str, Any] = {
        "check_in": with_state(row, timezone.now()),
        "answers": answers,
        "words": words,
        "advices": advices_in(row),
        "calls": calls(),
        "on_tablet": row.way == CheckIn.Way.TABLET,
    }
    return page_about(request, person, "outcomes/check_in.html", **context)


def reads_words(request, row: CheckIn) -> bool:
    """Free words may hold a name: they are for those who treat, as the identity is."""
    return Action.READ_IDENTITY in record.held_at(request.user, row.site_id)


def advices_in(row: CheckIn) -> list[Advice]:
    """What the answers so far ask of staff."""
    found = [advice_for(key, answered(key, row)) for key in row.instruments] if row.answers else []
    return [advice for advice in found if advice]


def answered(key: str, row: CheckIn) -> dict:
    """What was answered to one instrument, submitted or not: an answer that must be acted on does not wait."""
    return {name: float(value) for name, value in answers_to(get(key), row.answers).items()}


def answers_in(row: CheckIn) -> list[tuple]:
    """Every question with its answer, in words where the item has them."""
    language, granted = row.enrolment.participant.language, granted_to(row)
    steps = steps_of(row.instruments, lambda instrument: wording_at(instrument, language, granted))
    return [(step.question.text, answer_to(step, row), "") for step in steps if is_asked(step, row.answers)]


def answer_to(step: Step, row: CheckIn):
    """An answer in words where the item has them."""
    value = row.answers.get(step.slot)
    return next((choice.label for choice in step.question.choices if choice.value == value), value)


@GET_POST
@login_required
def hand_over(request, pk):
    """Ask on this tablet. The staff session ends with it, so that nobody gets back into the record from there."""
    enrolment = enrolment_for(request.user, pk, Action.RECORD_OUTCOMES)
    form, made = AskForm(service.askable(enrolment, CheckIn.Way.TABLET), sent(request)), []
    aim_at(form, enrolment=str(pk))

    def work():
        made.append(
            service.make_check_in(
                by=request.user,
                enrolment=enrolment,
                id=form.values["id"],
                instruments=form.asked(),
                way=CheckIn.Way.TABLET,
                hours=service.TABLET_HOURS,
            )
        )

    site = enrolment.site_id
    if form.is_bound and stored(request, form, action="hand over", site_id=site, work=work):
        return over_to(request, made[0][0] if made else CheckIn.objects.get(pk=form.cleaned_data["id"]))
    return page_about(
        request, enrolment.participant, "outcomes/hand_over.html", form=form, enrolment=enrolment
    )


@GET_POST
@login_required
def hand_over_again(request, pk):
    """Go on where it stopped, on this tablet."""
    row = check_in_for(request.user, pk, Action.RECORD_OUTCOMES)
    if row.way != CheckIn.Way.TABLET or not with_state(row, timezone.now())["live"]:
        raise Http404
    form = WriteForm(sent(request))
    if form.is_bound and form.is_valid():
        return over_to(request, row)
    return page_about(request, row.enrolment.participant, "outcomes/hand_over.html", form=form)


def over_to(request, row: CheckIn):
    """The participant's first open question, in a browser where nobody is signed in any more."""
    logout(request)
    return give_cookie(redirect("check-in:resume"), row)


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
