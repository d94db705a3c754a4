"""What a decision needs before it: a protocol, findings, and decisions that were made; each inside its site."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

from clinic.rows import rows_of
from clinic.storing import insert
from clinic.uuid7 import uuid7
from sessions.deciding import Choice
from sessions.models import EligibilityDecision, Medication, ProtocolVersion, ScreeningFinding
from sessions.protocol_file import FOLDER
from sessions.screening.catalogue import catalogue
from sessions.services import eligibility
from sessions.services.evaluation import Evaluation, evaluate_enrolment
from sessions.services.protocols import import_protocol

SHIPPED = (FOLDER / "mdma_ptsd.toml").read_text()
REQUIRED = "[screening.required]\n"
# Without the factors that must be known: a test adds those that it is about.
TEXT = re.sub(r"(?<=\[screening\.required\]\n).*?(?=^\[)", "", SHIPPED, flags=re.DOTALL | re.MULTILINE)
PHYSICIANS = 'deciders = ["physician"]'
BOTH = 'deciders = ["therapist", "physician"]'
NOBODY_DECIDED = {
    "defer_until": None,
    "reasons": (),
    "weighed": (),
    "overridden": (),
    "override_reason": "",
    "physician": None,
}


def protocol(programme, text: str = TEXT.replace(PHYSICIANS, BOTH)) -> ProtocolVersion:
    """The next version of the programme's protocol; therapists decide too unless the text says otherwise."""
    with rows_of([programme.site_id], "tests"):
        return import_protocol(
            by="tests", programme=programme, content=text.encode(), file_name="mdma_ptsd.toml"
        )


def finding(
    enrolment, factor: str, value: object, *, by, at: datetime | None = None, **more
) -> ScreeningFinding:
    """One factor of the baseline, found now."""
    if "replaces" in more:
        more["reason"] = "Asked again"
    with rows_of([enrolment.site_id], str(by.pk)):
        return ScreeningFinding.objects.create(
            site_id=enrolment.site_id,
            enrolment=enrolment,
            factor=factor,
            catalogue=catalogue().version,
            value=value,
            recorded_by=by,
            occurred_at=at or timezone.now(),
            **{"occasion": "baseline", "source": "interview", **more},
        )


def medicine(enrolment, name: str, *, by, **more) -> Medication:
    """A line of the medicine list."""
    with rows_of([enrolment.site_id], str(by.pk)):
        return Medication.objects.create(
            site_id=enrolment.site_id,
            enrolment=enrolment,
            name=name,
            recorded_by=by,
            occurred_at=timezone.now(),
            **more,
        )


def results(enrolment, *, by, **more) -> Evaluation:
    """The results as this person would be shown them now."""
    with rows_of([enrolment.site_id], str(by.pk)):
        born = eligibility.born_of(by, enrolment)
        return evaluate_enrolment(enrolment, timezone.now(), born=born, **more)


def decision(enrolment, *, by, **chosen: Any) -> EligibilityDecision:
    """A decision as the service stores it, signed, without the slow question for the password."""
    with rows_of([enrolment.site_id], str(by.pk)):
        found = results(enrolment, by=by)
        choice = Choice(**{**NOBODY_DECIDED, "rationale": "Weighed with the team.", **chosen})
        row = insert(eligibility.row_of(by, enrolment, choice, found, timezone.now(), uuid7()))
        insert(eligibility.signature_of(by, row, "author"))
    return row


def sign(row: EligibilityDecision, *, by) -> None:
    """A second signature, without the slow question for the password."""
    insert(eligibility.signature_of(by, row, "review"))
