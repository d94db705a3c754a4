"""Consent for staff: what stands and what does not, asking for one kind, reading one, withdrawing one."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.consents import overview as pure
from clinic.consents.questions import questions_of
from clinic.consents.texts import offered, text_of
from clinic.forms.consents import ConsentForm, WithdrawForm
from clinic.forms.writing import WriteForm
from clinic.models import Consent, Participant
from clinic.permissions import Action
from clinic.selectors import people_at
from clinic.services import consents as service
from clinic.views.participants import page_of, person
from clinic.views.writing import stored

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def at_the_site(view):
    """Give the view the participant on whom consent may be recorded, and the site's clock. 404 otherwise."""

    @wraps(view)
    def inside(request, pk, **kwargs):
        participant = person(request, pk, Action.ENROL)
        with timezone.override(participant.site.time_zone):
            return view(request, participant, **kwargs)

    return inside


def consent_of(participant: Participant, pk) -> Consent:
    """One consent of the participant, or 404."""
    return get_object_or_404(participant.consents.in_force().select_related("explained_by"), pk=pk)


@require_safe
@login_required
@at_the_site
def overview(request, participant):
    """Every kind at a glance; what is not in force stands first."""
    made = pure.overview(participant.consents.in_force().in_list()[:200])
    # Each form has ids of its own: one tap withdraws.
    standing = [(line, WithdrawForm(auto_id=f"{line.kind.value}-%s")) for line in made.standing]
    context = {"overview": made, "standing": standing, **understanding(made)}
    return page_of(request, participant, "clinic/consents.html", **context)


def understanding(made: pure.Overview) -> dict:
    """Whether the treatment was explained well: what was missed the last time, and the button that asks again."""
    lines = (line.consent for line in made.standing if line.kind == Consent.Kind.TREATMENT)
    consent = next(lines, None)
    if consent is None:
        return {}
    row = consent.understandings.finished().select_related("taken_with").first()
    missed = questions_of(row.version, row.language).missed(row.answers) if row else []
    return {"treatment": consent, "understood": row, "missed": missed, "start": WriteForm(auto_id="start-%s")}


@GET_POST
@login_required
@at_the_site
def record(request, participant, kind):
    """The text of one kind, to be read together, and below it the form that records the answer."""
    texts = offered(kind)
    if not texts:
        raise Http404
    form = consent_form(request, participant, texts)

    def work():
        service.record_consent(by=request.user, participant=participant, kind=kind, **form.consent())

    site = participant.site_id
    if form.is_bound and stored(
        request, form, action=f"record {kind} consent", site_id=site, work=work, about=participant.pk
    ):
        return redirect("clinic:consents", pk=participant.pk)
    return page_of(request, participant, "clinic/consent_record.html", form=form, texts=texts, text=texts[0])


def consent_form(request, participant: Participant, texts) -> ConsentForm:
    """The form, with the people of the site; who is signed in stands there as the one who explained."""
    people, me = people_at(participant.site_id), {"explained_by": request.user.pk}
    return ConsentForm(request.POST or None, texts=texts, people=people, initial=me)


@require_safe
@login_required
@at_the_site
def one(request, participant, consent):
    """One consent: the text as it was shown, who explained it, and what became of it."""
    row = consent_of(participant, consent)
    known = text_of(row.kind, row.text_version, row.language)
    context = {
        "consent": row,
        "paragraphs": row.text.split("\n\n") if row.text else [],
        "sources": known.sources if known else (),
        "reason": service.reason_of(row),
        "tries": row.understandings.finished().select_related("taken_with")[:50],
    }
    return page_of(request, participant, "clinic/consent.html", **context)


@GET_POST
@login_required
@at_the_site
def withdraw(request, participant, consent):
    """Withdraw one consent: one post, no question asked back. The page of its own is for what was refused."""
    row = consent_of(participant, consent)
    form = WithdrawForm(request.POST or None)

    def work():
        service.withdraw_consent(by=request.user, consent=row, reason=form.cleaned_data["reason"])

    site = participant.site_id
    if form.is_bound and stored(
        request, form, action="withdraw consent", site_id=site, work=work, about=consent
    ):
        words = _("Withdrawn: {kind}. It is not in force any more.")
        messages.warning(request, words.format(kind=row.get_kind_display()))
        return redirect("clinic:consents", pk=participant.pk)
    return page_of(request, participant, "clinic/consent_withdraw.html", form=form, consent=row)
