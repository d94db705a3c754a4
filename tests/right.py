"""What each route takes when it is right: a body for every form and every operation that writes.

A test breaks one field of it, or counts what storing it takes. Each is made for one world of tests/world.py.
"""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from clinic.consents.questions import newest
from clinic.rows import rows_of
from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN
from outcomes.models import CheckIn
from tests import make, screened

UNDERSTOOD = {question.key: list(question.correct) for question in newest().questions}
PHQ9 = {f"item_{number}": 1 for number in range(1, 10)}


def iso(minutes: float) -> str:
    """A time so many minutes from now."""
    return (timezone.now() + timedelta(minutes=minutes)).isoformat()


def typed(minutes: float) -> str:
    """The same as somebody in Sydney types it."""
    with timezone.override("Australia/Sydney"):
        return timezone.localtime(timezone.now() + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


WITHHELD = {
    "outcome": "withheld",
    "part": "initial",
    "substance": "MDMA",
    "reason": "We wait a week.",
    "password": make.PASSWORD,
}


def declined(place) -> dict:
    """A decision that turns somebody away, on the results as they are now."""
    seen = screened.results(place.enrolment, by=place.therapist)
    return {
        "results_sha256": seen.sha256, "outcome": "not-eligible", "reasons": ["rule.psychotic_disorder"],
        "rationale": "As the rule says.", "password": make.PASSWORD,
    }  # fmt: skip


API = {
    "clinic-api:consents": lambda p: {
        "kind": "trainee", "text_version": "1", "given_at": iso(-9), "explained_by": str(p.therapist.pk)
    },
    "clinic-api:consent-withdraw": lambda p: {"reason": "Asked for it"},
    "clinic-api:understandings": lambda p: {
        "consent": str(p.consent.pk), "version": "1", "answers": {**UNDERSTOOD},
        "started_at": iso(-9), "finished_at": iso(-5),
    },
    "clinic-api:enrolments": lambda p: {"programme": p.second.code, "enrolled_on": "2026-01-02"},
    "sessions-api:sessions": lambda p: {
        "enrolment": str(p.enrolment.pk), "kind": "integration", "occurred_at": iso(-9)
    },
    "sessions-api:attendances": lambda p: {
        "person": str(p.therapist.pk), "part": "lead", "occurred_at": iso(-9), "left_at": iso(-5)
    },
    "sessions-api:settings": lambda p: {"place": "room", "room": "Blue", "occurred_at": iso(-9)},
    "sessions-api:notes": lambda p: {"text": "Settled", "occurred_at": iso(-9)},
    "sessions-api:vitals": lambda p: {"pulse_bpm": 70, "occurred_at": iso(-9)},
    "sessions-api:doses": lambda p: {
        "part": "initial", "substance": "MDMA", "dose_mg": "80", "given_by": str(p.therapist.pk),
        "occurred_at": iso(-9),
    },
    "sessions-api:dose-decision": lambda p: {**WITHHELD},
    "sessions-api:gate-override": lambda p: {"reason": "Weighed by the team.", "password": make.PASSWORD},
    "sessions-api:gate-countersign": lambda p: {"password": make.PASSWORD},
    "sessions-api:deviation-explain": lambda p: {"reason": "It was taken at home."},
    "sessions-api:deviation-review": lambda p: {"words": "Seen, stable."},
    "sessions-api:close": lambda p: {"ended_at": iso(-1)},
    "sessions-api:sign": lambda p: {"meaning": "author", "password": make.PASSWORD},
    "sessions-api:amend": lambda p: {"pulse_bpm": 71, "occurred_at": iso(-9), "reason": "Read again"},
    "sessions-api:withdraw": lambda p: {"reason": "Another person's reading"},
    "sessions-api:add": lambda p: {"pulse_bpm": 71, "occurred_at": iso(-9), "reason": "Kept on paper"},
    "sessions-api:eligibility": declined,
    "sessions-api:countersign": lambda p: {"password": make.PASSWORD},
    "sessions-api:findings": lambda p: {
        "factor": "weight", "occasion": "baseline", "source": "measurement", "value": 61.5, "words": "Without shoes",
        "replaces": str(p.finding.pk), "reason": "Measured again", "occurred_at": iso(-9),
    },
    "sessions-api:medicines": lambda p: {
        "name": "Zoloft", "stopped": False, "replaces": str(p.medicine.pk), "reason": "Brand as on the box",
        "words": "In the morning", "occurred_at": iso(-9),
    },
    "outcomes-api:assessments": lambda p: {
        "enrolment": str(p.enrolment.pk), "instrument": "phq9", "occurred_at": iso(-9), "answers": PHQ9,
    },
    "outcomes-api:check-ins": lambda p: {"enrolment": str(p.enrolment.pk), "hours": 4},
}  # fmt: skip
PAGES = {
    "clinic:consent-record": lambda p: {
        "text": "1/en", "given_at": typed(-9), "explained_by": str(p.therapist.pk)
    },
    "clinic:consent-withdraw": lambda p: {"reason": "Asked for it"},
    "clinic:understanding-start": lambda p: {},
    "clinic:enrol": lambda p: {"programme": str(p.second.pk), "enrolled_on": "2026-01-02"},
    "clinic:participant-add": lambda p: {
        "given_name": "Ada", "family_name": "Example", "preferred_name": "Ada", "birth_date": "1980-02-01",
        "sex": "female", "programme": str(p.programme.pk),
    },
    "clinic:account-add": lambda p: {
        "email": "new@harbour.example", "name": "New Person", "password": make.PASSWORD,
        "site": str(p.site.pk), "role": "therapist",
    },
    "clinic:account": lambda p: {"site": str(p.site.pk), "role": "coordinator"},
    "clinic:account-disable": lambda p: {"reason": "Left the clinic"},
    "clinic:membership-end": lambda p: {"reason": "Moved to Hill"},
    "sessions:open": lambda p: {"kind": "integration", "occurred_at": typed(-9)},
    "sessions:attendance": lambda p: {
        "person": str(p.therapist.pk), "part": "lead", "occurred_at": typed(-9), "left_at": typed(-5)
    },
    "sessions:setting": lambda p: {"place": "room", "room": "Blue", "occurred_at": typed(-9)},
    "sessions:notes": lambda p: {"text": "Settled", "occurred_at": typed(-9)},
    "sessions:vitals": lambda p: {"pulse_bpm": "70", "occurred_at": typed(-9)},
    "sessions:doses": lambda p: {
        "part": "initial", "substance": "MDMA", "dose_mg": "80", "given_by": str(p.therapist.pk),
        "occurred_at": typed(-9), "decision": "none",
    },
    "sessions:dose-decision": lambda p: {**WITHHELD},
    "sessions:gate-override": lambda p: {"reason": "Weighed by the team.", "password": make.PASSWORD},
    "sessions:gate-countersign": lambda p: {"password": make.PASSWORD},
    "sessions:deviation-explain": lambda p: {"reason": "It was taken at home."},
    "sessions:deviation-review": lambda p: {"words": "Seen, stable."},
    "sessions:close": lambda p: {"ended_at": typed(-1)},
    "sessions:sign": lambda p: {"meaning": "author", "password": make.PASSWORD},
    "sessions:amend": lambda p: {"pulse_bpm": "71", "occurred_at": typed(-9), "reason": "Read again"},
    "sessions:withdraw": lambda p: {"reason": "Another person's reading"},
    "sessions:add": lambda p: {"pulse_bpm": "71", "occurred_at": typed(-9), "reason": "Kept on paper"},
    "sessions:screen": lambda p: {
        "occurred_at": typed(-9), "source": "interview", "weight": "61.5", "weight__source": "measurement",
        "weight__words": "Without shoes", "weight__replaces": str(p.finding.pk), "reason": "Measured again",
        "seizure_history": "never",
    },
    "sessions:finding-withdraw": lambda p: {"reason": "Another person's"},
    "sessions:morning": lambda p: {
        "occurred_at": typed(-9), "source": "interview", "food_and_drink": "as_agreed",
        "food_and_drink__words": "Water until seven",
    },
    "sessions:medicine-add": lambda p: {
        "name": "Zoloft", "dose": "50 mg", "taken": "yes", "prescriber_informed": "yes", "words": "In the morning",
        "occurred_at": typed(-9),
    },
    "sessions:medicine-change": lambda p: {
        "name": "sertraline", "taken": "no", "last_taken_on": "2026-01-02", "prescriber_informed": "yes",
        "words": "Ended by the prescriber", "occurred_at": typed(-9), "reason": "Ended by the prescriber",
    },
    "sessions:medicine-withdraw": lambda p: {"reason": "Another person's"},
    "sessions:medicine-clear": lambda p: {"words": "Five half-lives are over", "password": make.PASSWORD},
    "sessions:eligibility": declined,
    "sessions:countersign": lambda p: {"password": make.PASSWORD},
    "sessions:decision-withdraw": lambda p: {"reason": "Another person"},
    "outcomes:assess": lambda p: {"occurred_at": typed(-9), **PHQ9},
    "outcomes:check-in-make": lambda p: {"hours": "4", "instruments": ["daily_checkin"]},
    "outcomes:hand-over": lambda p: {"instruments": ["gad7"]},
    "outcomes:instrument-permit": lambda p: {
        "site": str(p.site.pk), "given_by": "WHO", "given_on": "2026-01-05", "reference": "Letter 7",
        "terms": "May be shown.",
    },
    "outcomes:permission-withdraw": lambda p: {"reason": "Ended"},
    "outcomes:check-in-withdraw": lambda p: {},
    "outcomes:import": lambda p: {
        "programme": str(p.programme.pk), "map": "sgdata.toml",
        "file": SimpleUploadedFile("sgdata.csv", make.SMALL, "text/csv"),
    },
    "outcomes:import-preview": lambda p: {},
}  # fmt: skip
# Posts that store nothing under an id: a search, a file that goes out, and what a person sets for oneself.
ASIDE = {
    "clinic:participants": lambda p: {"code": p.participant.code},
    "clinic:theme": lambda p: {"theme": "dim"},
    "clinic:lock": lambda p: {},
    "clinic:understanding-question": lambda p: {"approval": "declined"},
    "clinic:understanding-done": lambda p: {},
    "outcomes:hand-over-again": lambda p: {},
    "outcomes:export": lambda p: {"programme": str(p.programme.pk), "profile": "limited"},
}
RIGHT = {**API, **PAGES}


def answer_all(p) -> dict:
    """The last page of a link, with every question answered before."""
    with rows_of([p.site.pk]):
        CheckIn.objects.filter(pk=p.check_in.pk).update(answers={item.key: 0 for item in DAILY_CHECKIN.items})
    return {"words": "A quiet day."}


# A participant's posts, which the link itself guards against the second click.
BY_LINK = {
    "check-in:start": lambda p: {},
    "check-in:question": lambda p: {DAILY_CHECKIN.items[0].key: 0},
    "check-in:done": answer_all,
}


def send(client, name: str, url: str, fields: dict):
    """Post it: as JSON where the API is meant."""
    kind = {"content_type": "application/json"} if name in API else {}
    return client.post(url, {"id": make.new_id(), **fields}, **kind)
