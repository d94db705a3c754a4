"""Picks rows of layer 3 for pages."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from outcomes.models import Assessment, InstrumentPermission

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


def with_permissions(rows: QuerySet, using: str = "default") -> QuerySet:
    """Beside each row, what its site may show beyond what is shipped: no further question is asked."""
    granted = (
        InstrumentPermission.objects.using(using).in_force().filter(site=OuterRef("site")).order_by("id")
    )
    named = JSONObject(instrument="instrument", language="language", content="wording")
    return rows.annotate(permissions_now=ArraySubquery(granted.values(json=named)))
