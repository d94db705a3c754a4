"""Pages that set before against after: of one person, and of a programme without anybody's name."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.models import Programme
from clinic.permissions import Action
from outcomes import before_after as record
from outcomes import person
from outcomes.models import Assessment
from outcomes.views.participants import page_about
from sessions.screening_record import find

MOST = 1000


@require_safe
@login_required
def of_person(request, pk):
    """What a screening found at baseline and later, and what the scores say."""
    enrolment = find(request.user, Action.READ_SCREENING, pk)
    enrolment.participant.site = enrolment.site
    held = person.held_at(request.user, enrolment.site_id)
    pairs, scores = record.pairs_of(enrolment), scores_for(enrolment, held)
    with timezone.override(enrolment.site.time_zone):
        return page_about(
            request,
            enrolment.participant,
            "outcomes/before_after.html",
            held=held,
            enrolment=enrolment,
            pairs=pairs,
            scores=scores,
            worse=record.worse_of(pairs, scores),
            back=reverse("outcomes:participant", args=[enrolment.participant_id]),
        )


def scores_for(enrolment, held) -> list[record.Scored]:
    """Scores for those who may read outcomes here."""
    if Action.READ_OUTCOMES not in held:
        return []
    rows = Assessment.objects.in_force().filter(
        enrolment=enrolment, score__isnull=False, occurred_at__isnull=False
    )
    rows = rows.exclude(instrument__in=person.WITHOUT_CHART).order_by("occurred_at", "id")
    return record.scores_of(rows[:MOST])


@require_safe
@login_required
def of_programme(request, pk):
    """How many people changed, factor by factor."""
    rows = Programme.objects.permitted(request.user, Action.READ_RESEARCH)
    programme = get_object_or_404(rows.select_related("site"), pk=pk)
    labels = [_("Factor"), *(str(record.WORDS[one]) for one in record.COUNTED)]
    hidden = _("fewer than %(number)d") % {"number": record.FEWEST}
    page = {
        "programme": programme,
        "columns": [{"label": label, "number": bool(at)} for at, label in enumerate(labels)],
        "rows": [
            [_(row.factor.label), *(hidden if cell is None else cell for cell in row.cells)]
            for row in record.counts_of(programme)
        ],
    }
    return render(request, "outcomes/before_after_programme.html", page)
