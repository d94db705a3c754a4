"""Requests that the schema allows, and many that it forbids, sent as every role: answered, and never with a server error."""

import json
from collections import Counter
from types import SimpleNamespace
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from schemathesis import GenerationMode, openapi

from clinic.permissions import Role
from clinic.rows import rows_of
from clinic.services.accounts import issue_token
from sessions.services.sessions import open_session
from tests import make, screened
from tests.sessions.day import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
LIMITED = hypothesis(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def place(site, programme, participant, enrolment, therapist):
    """Rows that a body or an address can name, so that requests get past the 404."""
    with rows_of([site.pk]):
        session = open_session(by=therapist, enrolment=enrolment, kind="dosing", occurred_at=at(120))
    screened.protocol(programme)
    override = {"overridden": ["rule.age"], "override_reason": "A birthday tomorrow", "physician": therapist}
    decision = screened.decision(enrolment, by=therapist, outcome="eligible", **override)
    return SimpleNamespace(
        site=site,
        participant=participant,
        enrolment=enrolment,
        lead=therapist,
        at={
            "/sessions/": session,
            "/v1/enrolments/{id}": enrolment,
            "/v1/eligibility/": decision,
        },
    )


def sender(role: Role, place) -> Client:
    """Somebody of this role with a bearer token; errors come back as 500, not as exceptions."""
    user = make.user(f"schema-{role.value}@harbour.example", role, place.site)
    secret = issue_token(by="tests", user=user, days=1)
    return Client(raise_request_exception=False, headers={"authorization": f"Bearer {secret}"})


def operations(client: Client) -> list:
    """Every operation of the schema as this client gets it."""
    document = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    return [found.ok() for found in openapi.from_dict(document.json()).get_all_operations()]


def cases(operation) -> list:
    """Right requests and wrong ones."""
    seen = []

    @LIMITED
    @given(st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def keep(case):
        seen.append(case)

    keep()
    return seen


def body_of(case, place):
    """What is sent: a drawn id is no version 7 and names no row, so that some get ones that are."""
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool | None) else {}
    if isinstance(body, dict):
        body = dict(body)
        known = {"id": make.new_id(), "enrolment": str(place.enrolment.pk), "given_by": str(place.lead.pk)}
        body.update({name: value for name, value in known.items() if isinstance(body.get(name), str)})
    return json.dumps(body)


def send(client: Client, case, place) -> int:
    """The status of one request, at rows that are there."""
    mine = next((row for part, row in place.at.items() if part in case.operation.path), place.participant)
    path = case.operation.path.format(**{**(case.path_parameters or {}), "id": mine.pk, "table": "vitals"})
    query = urlencode({name: str(value) for name, value in (case.query or {}).items()}, errors="replace")
    with rows_of([place.site.pk]):
        answer = client.generic(
            case.method, quote(path), body_of(case, place), "application/json", QUERY_STRING=query
        )
    return answer.status_code


def test_no_request_of_any_role_ends_in_a_server_error(place):
    senders = {role: sender(role, place) for role in Role}
    seen = [case for operation in operations(senders[Role.THERAPIST]) for case in cases(operation)]
    met, wrong = Counter(), []
    for case in seen:
        for role, client in senders.items():
            status = send(client, case, place)
            met[status, case.method] += 1
            if status >= 500:
                wrong.append((role.value, case.method, case.operation.path, case.query, case.body))
    assert wrong == []
    # Requests went through to the work, and others were refused at each door.
    assert {(200, "GET"), (201, "POST"), (400, "POST"), (403, "POST")} <= met.keys(), met
