"""The register of who was decided on: people for those who treat them, counts without identity for a report."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from clinic.models import Signature, User
from clinic.permissions import Action, sites_where
from clinic.rows import rows_of
from clinic.selectors import key_in, named
from sessions import evidence
from sessions.counting import Decided, Line, published
from sessions.evidence import OTHER
from sessions.models import EligibilityDecision
from sessions.screening.catalogue import catalogue
from sessions.screening.rules import rules
from sessions.services.eligibility import ELIGIBILITY

RESEARCH = "research"
PAGE = 50
HEADER = ("site", "quarter", "outcome", "reason", "people", "hidden")
Outcome = EligibilityDecision.Outcome


def turned_away(user: User, asked) -> tuple[list[EligibilityDecision], str]:
    """One page of the declined and deferred, newest first, and the query string of the older page. Four queries.

    Each comes with `because` and `other`, the reasons as its evidence words them, and `later`, what was decided since.
    """
    rows = EligibilityDecision.objects.permitted(user, Action.READ_SCREENING).in_force()
    if before := key_in(asked, "before"):
        rows = rows.filter(pk__lt=before)
    whole = rows.exclude(outcome=Outcome.ELIGIBLE).select_related(
        "enrolment__participant__site", "enrolment__programme", "site"
    )
    page = list(whole.order_by("-pk")[: PAGE + 1])
    older, page = (f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""), page[:PAGE]
    newest = newest_of(page)
    for one in page:
        one.because, one.other = reasons_in(one)
        now = newest.get(one.enrolment_id)
        one.later = now.get_outcome_display() if now and now.pk != one.pk else ""
    named(user, [one.enrolment.participant for one in page], "register")
    return page, older


def newest_of(decisions: Iterable[EligibilityDecision]) -> dict[UUID, EligibilityDecision]:
    """The latest decision in force of each of these enrolments. One query."""
    rows = EligibilityDecision.objects.in_force().filter(
        enrolment__in={one.enrolment_id for one in decisions}
    )
    latest = rows.order_by("enrolment", "-occurred_at", "-id").distinct("enrolment")
    return {one.enrolment_id: one for one in latest.only("enrolment", "outcome")}


def reasons_in(decision: EligibilityDecision) -> tuple[list[str], bool]:
    """What turned this person away, as it was worded, and whether there was another reason."""
    facts = evidence.read(decision.evidence)
    named_ = facts["decision"]["reasons"]
    return [one["sentence"] for one in facts["results"] if one["key"] in named_], OTHER in named_


def counted(user: User, *, now: datetime) -> list[Line]:
    """What a coordinator may publish: through the research login, which knows nobody's name."""
    sites = sites_where(user, Action.READ_REGISTER)
    with rows_of(sites, str(user.pk), using=RESEARCH):
        return published(list(complete(user)), now=now)


def complete(user: User) -> Iterator[Decided]:
    """The decisions that count: in force, and signed by as many as they need. One query."""
    rows = EligibilityDecision.objects.using(RESEARCH).permitted(user, Action.READ_REGISTER).in_force()
    found = rows.annotate(signed=Coalesce(Subquery(signers()), 0)).values_list(
        "site__slug", "site__time_zone", "enrolment_id", "outcome", "reasons", "occurred_at", "overridden", "signed"
    )  # fmt: skip
    for site, zone, enrolment, outcome, reasons, at, overridden, signed in found.order_by("occurred_at"):
        if signed >= (2 if overridden else 1):
            yield Decided(site, zone, enrolment, outcome, tuple(reasons), at)


def signers() -> QuerySet:
    """How many people signed a decision. Its stored text cannot change, so that any signature is one over it."""
    rows = Signature.objects.using(RESEARCH).filter(record=ELIGIBILITY, record_id=OuterRef("pk")).order_by()
    return rows.values("record_id").annotate(people=Count("signer_id", distinct=True)).values("people")


def as_csv(lines: Iterable[Line]) -> str:
    """The counts as a file: a row for each outcome, and for each reason that may be shown."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for line in lines:
        for outcome, people in line.outcomes.items():
            shown = ("", "yes") if people is None else (people, "no")
            writer.writerow([line.site, line.quarter, outcome, "", *shown])
        for outcome, reason, people in line.reasons:
            writer.writerow([line.site, line.quarter, outcome, reason, people, "no"])
    return out.getvalue()


def table(lines: Iterable[Line]) -> list[list[Any]]:
    """The counts as the rows of a page's table."""
    return [
        [
            line.site,
            str(line.quarter),
            *(cell(line.outcomes[one]) for one in Outcome.values),
            cell(line.total),
        ]
        for line in lines
    ]


def reason_table(lines: Iterable[Line]) -> list[list[Any]]:
    """The reasons that may be shown."""
    return [
        [line.site, str(line.quarter), Outcome(outcome).label, reason_label(reason), people]
        for line in lines
        for outcome, reason, people in line.reasons
    ]


def cell(people: int | None) -> Any:
    return _("hidden") if people is None else people


def reason_label(key: str) -> str:
    """What a reason is about, in words; its key where this version knows no such rule."""
    if key == OTHER:
        return _("Another reason")
    kind, _dot, name = key.partition(".")
    factor = {one.key: one.factor for one in rules().rules}.get(name, name) if kind == "rule" else name
    known = catalogue().factors.get(factor)
    return f"{known.label} ({key})" if known else key


def columns() -> list[dict]:
    labels = [_("Site"), _("Quarter"), *(str(label) for label in Outcome.labels), _("Decided on")]
    return [{"label": label, "number": number > 1} for number, label in enumerate(labels)]


def reason_columns() -> list[dict]:
    labels = [_("Site"), _("Quarter"), _("Decision"), _("Reason"), _("People")]
    return [{"label": label, "number": label == labels[-1]} for label in labels]
