"""What the pages about eligibility show. A decision is shown from its evidence alone, so that it reads the same for ever."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.envelope import ParticipantKey, Unreadable
from clinic.models import Enrolment
from clinic.permissions import Action, may_at
from clinic.services.participants import keys_of
from clinic.templatetags.afterward import moment
from sessions import evidence
from sessions.deciding import why_not
from sessions.decisions import (
    signatures_of,
    signers,
    words_for,
)
from sessions.evidence import OTHER, Facts
from sessions.models import EligibilityDecision
from sessions.pages import back_url, identity_of
from sessions.screening.verdicts import LABELS, Verdict
from sessions.services.eligibility import why_no_second
from sessions.standing import Standing, standing_of

# What is not known stands first, and what triggered nothing is folded away.
PILLS = {
    Verdict.NOT_KNOWN: "nobody",
    Verdict.EXCLUDE: "red",
    Verdict.SIGN_OFF: "amber",
    Verdict.CAUTION: "yellow",
    Verdict.CLEAR: "none",
}
OUTCOME_PILLS = {"eligible": "done", "not-eligible": "withdrawn", "defer": "waiting"}


def about(request, enrolment: Enrolment, title: str, submit: str = "", back: str = "") -> dict:
    """The frame of a page about an enrolment: two identifiers on top, and the way back."""
    return {
        **identity_of(request, enrolment.participant),
        "enrolment": enrolment,
        "participant": enrolment.participant,
        "place": enrolment.site,
        "title": title,
        "submit": submit,
        "back": back or back_url(enrolment.participant_id),
        "back_label": _("Eligibility") if back else enrolment.participant.code,
    }


def shown(facts: Facts) -> dict:
    """The results in groups, each with what it rests on, and what was recorded; all as the facts word it."""
    names = {one["id"]: one["label"] for one in facts["findings"]}
    names |= {one["id"]: one["name"] for one in facts["medicines"]} | {"person": _("Age")}
    groups = [group(verdict, facts["results"], names) for verdict in Verdict]
    return {
        "facts": facts,
        "groups": [one for one in groups if one["results"] and one["verdict"] != Verdict.CLEAR],
        "untriggered": groups[-1],
        "findings": [finding_row(one, facts["time_zone"]) for one in facts["findings"]],
        "medicines": [{**one, "last_taken_on": day(one["last_taken_on"])} for one in facts["medicines"]],
        "dosing_on": day(facts["dosing_on"]),
    }


def group(verdict: Verdict, results: Iterable[Facts], names: dict[str, str]) -> dict:
    """The results with one verdict, under the label that they were made with; what stands in the way first."""
    some = sorted((one for one in results if one["verdict"] == verdict), key=lambda one: not one["blocks"])
    return {
        "verdict": verdict,
        "label": some[0]["label"] if some else LABELS[verdict],
        "pill": PILLS[verdict],
        "results": [{**one, "rests": [(names.get(id, id), id) for id in one["rests_on"]]} for one in some],
    }


def finding_row(one: Facts, zone: str) -> dict:
    return {**one, "at": evidence.moment(one["occurred_at"]), "zone": zone}


def day(text: str | None) -> dt.date | None:
    """A date that was kept as text."""
    return dt.date.fromisoformat(text) if text else None


def decided(facts: Facts, key: ParticipantKey | None, row: EligibilityDecision) -> dict:
    """The decision itself: what was chosen, in the words of its results, and the decider's own words."""
    decision = facts["decision"]
    sentence = {one["key"]: one["sentence"] for one in facts["results"]}
    return {
        **decision,
        "at": evidence.moment(decision["at"]),
        "defer_until": day(decision["defer_until"]),
        "weighed": [sentence[one] for one in decision["weighed"]],
        "reasons": [sentence[one] for one in decision["reasons"] if one != OTHER],
        "other": OTHER in decision["reasons"],
        "overridden": [sentence[one] for one in decision["overridden"]],
        "pill": OUTCOME_PILLS[decision["outcome"]],
        "rationale": opened(key, row, "rationale_sealed"),
        "override_reason": opened(key, row, "override_sealed"),
    }


def opened(key: ParticipantKey | None, row: EligibilityDecision, column: str) -> str | None:
    """The sealed words; None where the key was destroyed."""
    try:
        return key.open(row, column) if key else None
    except Unreadable:
        return None


def key_of(enrolment: Enrolment) -> ParticipantKey | None:
    try:
        return keys_of(enrolment.participant_id)
    except Unreadable:
        return None


def decision_context(request, decision: EligibilityDecision) -> dict:
    """Everything on the page of one decision."""
    enrolment, user = decision.enrolment, request.user
    facts = evidence.read(decision.evidence)
    signed = signatures_of([decision])[decision.pk]
    may = may_at(user, Action.DECIDE, decision.site_id)
    standing = standing_of(enrolment.pk)
    return {
        **about(request, enrolment, _("Decision on eligibility"), back=results_url(enrolment)),
        **shown(facts),
        "decision": decision,
        "decided": decided(facts, key_of(enrolment), decision),
        "standing": words_for(decision, standing),
        "state": state_of(decision, standing),
        "intact": evidence.digest(decision.evidence) == decision.sha256,
        "signatures": [signature_row(row, enrolment) for row in signed],
        "may_sign": may and not why_no_second(user, decision, signers(signed, decision)),
        "may_withdraw": may
        and decision.in_force
        and not why_not(user, enrolment, facts["protocol"]["deciders"]),
        "columns": columns(_("Name"), _("Meaning"), _("Signed")),
    }


def signature_row(row, enrolment: Enrolment) -> list:
    return [row.signer_name, row.get_meaning_display(), moment(row.signed_at, enrolment.site)]


def columns(*labels: str) -> list[dict]:
    """The head of a table without numbers."""
    return [{"label": label, "number": False} for label in labels]


def state_of(decision: EligibilityDecision, standing: Standing) -> str:
    """The tone of a decision's standing; one that was replaced or withdrawn does not count."""
    return standing.state if standing.decision == decision.pk else "unknown"


def results_url(enrolment: Enrolment) -> str:
    return reverse("sessions:eligibility", args=[enrolment.pk])


def history_context(request, enrolment: Enrolment) -> dict:
    """Every decision of an enrolment, newest first."""
    rows = EligibilityDecision.objects.filter(enrolment=enrolment).select_related("recorded_by")
    standing, listed = standing_of(enrolment.pk), list(rows.defer("evidence"))
    return {
        **about(request, enrolment, _("Decisions on eligibility"), back=results_url(enrolment)),
        "decisions": [history_row(row, standing) for row in listed],
    }


def history_row(row: EligibilityDecision, standing: Standing) -> dict[str, Any]:
    return {
        "row": row,
        "pill": OUTCOME_PILLS[row.outcome],
        "words": words_for(row, standing),
        "url": reverse("sessions:decision", args=[row.pk]),
    }
