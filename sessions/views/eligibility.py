"""Pages on eligibility: the results and a decision, one decision, its second signature, its withdrawal, the history."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.forms.writing import ReasonForm
from clinic.permissions import Action
from sessions.decision_pages import about, decision_context, history_context
from sessions.decisions import decision_of, enrolment_of
from sessions.eligibility_page import EligibilityPage
from sessions.forms.eligibility import PasswordForm
from sessions.services import eligibility as service
from sessions.views.writing import write

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@GET_POST
def eligibility(request, pk):
    """The results of the rules as they are now, and the form of a decision for whom the protocol names."""
    action = Action.DECIDE if request.method == "POST" else Action.READ_SCREENING
    enrolment = enrolment_of(request.user, pk, action)
    page = EligibilityPage(request, enrolment)
    return write(
        request,
        page.make_form,
        site=enrolment.site,
        action="eligibility:decide",
        about=enrolment.pk,
        work=lambda values: service.decide(by=request.user, enrolment=enrolment, **values),
        to=lambda values: reverse("sessions:decision", args=[values["id"]]),
        context=page.context,
        template="sessions/eligibility.html",
    )


@login_required
@require_safe
def history(request, pk):
    """Every decision of an enrolment."""
    enrolment = enrolment_of(request.user, pk, Action.READ_SCREENING)
    return render(request, "sessions/decisions.html", history_context(request, enrolment))


@login_required
@require_safe
def decision(request, pk):
    """One decision, as it was made."""
    found = decision_of(request.user, pk, Action.READ_SCREENING)
    return render(request, "sessions/decision.html", decision_context(request, found))


@login_required
@GET_POST
def countersign(request, pk):
    """Read a decision and sign it as the second person."""
    found = decision_of(request.user, pk, Action.DECIDE)
    return write(
        request,
        PasswordForm,
        site=found.site,
        action="eligibility:countersign",
        about=found.pk,
        work=lambda values: service.countersign(by=request.user, decision=found, **values),
        to=reverse("sessions:decision", args=[pk]),
        context=lambda: {
            **decision_context(request, found),
            "title": _("Sign as the second person"),
            "submit": _("Sign"),
        },
        template="sessions/countersign.html",
    )


@login_required
@GET_POST
def withdraw(request, pk):
    """Mark a decision as entered in error."""
    found = decision_of(request.user, pk, Action.DECIDE)
    page = reverse("sessions:decision", args=[pk])
    return write(
        request,
        ReasonForm,
        site=found.site,
        action="eligibility:withdraw",
        about=found.pk,
        work=lambda values: service.withdraw_decision(by=request.user, decision=found, **values),
        to=page,
        context=lambda: {
            **about(
                request, found.enrolment, _("Mark the decision as entered in error"), _("Mark"), back=page
            ),
            "lede": _("It will not count. The decision before it, where there is one, counts again."),
        },
    )
