"""Pages of a screening: the overview, one page a group, the morning of a dosing day, and what was entered in error."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic.forms.writing import ReasonForm
from clinic.permissions import Action
from sessions import screening_pages as pages
from sessions.forms.screening import ScreeningForm
from sessions.medicine_pages import lines_of
from sessions.models import ScreeningFinding, Session
from sessions.screening.catalogue import catalogue
from sessions.screening_record import (
    by_factor,
    find,
    find_with_protocol,
    known_of,
    of_session,
    protocol_in,
    taken_by,
    with_key,
)
from sessions.services.findings import record_screening, withdraw
from sessions.views.writing import write

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def overview(request, enrolment):
    """What is known of an enrolment, by whom, and what is not."""
    found = find_with_protocol(request.user, Action.READ_SCREENING, enrolment)
    context = pages.overview_context(request, found, known_of(found), protocol_in(found))
    lines = lines_of(taken_by(found), found, context["protocol"])
    return render(request, "sessions/screening.html", {**context, "medicines": lines})


@login_required
@GET_POST
def screen(request, enrolment, occasion, group):
    """One page of a screening: a group of factors."""
    when, page = pages.occasion_of(occasion), pages.group_of(group)
    found = find(request.user, Action.RECORD_SCREENING, enrolment)
    findings = known_of(found)
    return write(
        request,
        lambda data: screening_form(data, pages.asked_of(page, found.participant.sex), findings, when),
        site=found.site,
        action=f"screening:{when}:{page.key}",
        about=found.pk,
        work=lambda values: record_screening(by=request.user, enrolment=found, occasion=when, **values),
        to=pages.next_url(found, when, page),
        context=lambda: pages.page_context(request, found, when, page, findings),
        template="sessions/screen.html",
    )


def screening_form(data, factors, findings, occasion) -> ScreeningForm:
    """What was found at the same occasion must be faced; what another occasion found may be."""
    known = by_factor(findings)
    same = {one.row.factor for one in findings if one.row.occasion == occasion}
    return ScreeningForm(data, factors=factors, known=known, replaceable=known, must_choose=frozenset(same))


@login_required
@GET_POST
def morning(request, pk):
    """What is asked on the morning of a dosing day."""
    rows = Session.objects.permitted(request.user, Action.RECORD_SCREENING).filter(kind=Session.Kind.DOSING)
    rows = with_key(
        rows.in_force().select_related("enrolment__programme", "participant", "site"), "participant__"
    )
    session = get_object_or_404(rows, pk=pk)
    course = course_of(session)
    findings = known_of(course)
    own = of_session(findings, session)
    return write(
        request,
        lambda data: morning_form(data, course, findings, own),
        site=session.site,
        action="screening:morning",
        about=session.pk,
        work=lambda values: record_screening(
            by=request.user, enrolment=course, occasion="dosing", session=session, **values
        ),
        to=reverse("sessions:morning", args=[pk]),
        context=lambda: pages.morning_context(request, session, findings, own),
        template="sessions/morning.html",
    )


def course_of(session):
    """The session's enrolment with its person, place and key, which came with the session."""
    course = session.enrolment
    course.participant, course.site = session.participant, session.site
    course.key_id, course.key_wrapped = session.key_id, session.key_wrapped
    return course


def morning_form(data, course, findings, own) -> ScreeningForm:
    """What was said this morning must be faced; what was known before is only shown."""
    factors, known = pages.asked_of(catalogue().morning, course.participant.sex), by_factor(own)
    return ScreeningForm(
        data, factors=factors, known=by_factor(findings), replaceable=known, must_choose=frozenset(known)
    )


@login_required
@GET_POST
def withdraw_finding(request, pk):
    """Mark a finding as entered in error; nothing replaces it."""
    rows = ScreeningFinding.objects.permitted(request.user, Action.RECORD_SCREENING)
    row = get_object_or_404(rows.select_related("enrolment__participant", "site"), pk=pk)
    return write(
        request,
        ReasonForm,
        site=row.site,
        action="screening:withdraw",
        about=row.pk,
        work=lambda values: withdraw(by=request.user, row=row, **values),
        to=reverse("sessions:screening", args=[row.enrolment_id]),
        context=lambda: pages.withdraw_context(request, row),
    )
