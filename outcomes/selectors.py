"""Picks rows of layer 3 for pages."""

from datetime import timedelta

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from outcomes.models import Assessment

# How long an answer that asked for action stays on the participant's page; a later, lower one does not end it.
SHOWN_DAYS, SHOWN = 30, 3


def at_risk_sittings() -> QuerySet:
    """As JSON, the newest sittings of a participant (the outer row) that may ask for action at once."""
    rows = Assessment.objects.in_force().filter(
        enrolment__participant=OuterRef("pk"), occurred_at__gte=timezone.now() - timedelta(days=SHOWN_DAYS)
    )
    rows = rows.filter(~Q(safety=[]) | Q(instrument="cssrs_screener")).order_by("-occurred_at", "-id")
    return rows.values(
        json=JSONObject(id="id", instrument="instrument", at="occurred_at", answers="answers")
    )[:SHOWN]
