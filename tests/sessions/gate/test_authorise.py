"""Authorising a dose: by page, API, service and SQL it is refused while the gate is closed, and possible when it is open."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from clinic.rows import rows_of
from clinic.uuid7 import uuid7
from sessions.models import DoseDecision
from sessions.services.gate import decide_dose
from tests import make
from tests.sessions.gate import morning

pytestmark = pytest.mark.django_db
FORM = {
    "outcome": "authorised",
    "part": "initial",
    "substance": "MDMA",
    "dose_mg": "80",
    "password": make.PASSWORD,
}
INSERT = """INSERT INTO therapy_dosedecision (id, site_id, session_id, recorded_by_id, occurred_at, recorded_at, outcome,
 part, substance, dose_mg, gate, entered_in_error_reason)
 VALUES (%s, %s, %s, %s, now(), now(), 'authorised', 'initial', 'MDMA', 80, '[]', '')"""


def decision_url(session) -> str:
    """The page that decides on a dose."""
    return reverse("sessions:dose-decision", args=[session.pk])


def by_page(session, user, post, call) -> str:
    """What the page says where it refuses, "" where it does not."""
    answer = post(user, decision_url(session), **FORM)
    return "" if answer.status_code == 302 else answer.content.decode()


def by_api(session, user, post, call) -> str:
    """The same by the API."""
    answer = call(user, reverse("sessions-api:dose-decision", args=[session.pk]), **FORM)
    return "" if answer.status_code == 201 else answer.content.decode()


def by_service(session, user, post, call) -> str:
    """The same by the service."""
    facts = {**FORM, "dose_mg": Decimal(80)}
    with rows_of([session.site_id]):
        try:
            decide_dose(by=user, session=session, **facts)
        except ValidationError as refused:
            return " ".join(refused.messages)
    return ""


def by_sql(session, user, post, call) -> str:
    """The same by SQL as the app's login."""
    values = [uuid7(), session.site_id, session.pk, user.pk]
    with rows_of([session.site_id], str(user.pk)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(INSERT, values)
        except IntegrityError as refused:
            return str(refused)
    return ""


PATHS = pytest.mark.parametrize("path", [by_page, by_api, by_service, by_sql])


def stored(session) -> int:
    """How many authorisations there are."""
    with rows_of([session.site_id]):
        return DoseDecision.objects.filter(outcome="authorised").count()


@PATHS
def test_it_is_refused_while_nothing_is_known(path, session, physician, post, call):
    assert "gate is not open" in path(session, physician, post, call)
    assert stored(session) == 0


@PATHS
def test_it_is_refused_while_one_condition_is_red(path, ready, physician, therapist, post, call, site):
    with rows_of([site.pk]):
        morning.find(ready, therapist, "pregnancy", "positive")
    assert "gate is not open" in path(ready, physician, post, call)
    assert stored(ready) == 0


@PATHS
def test_it_is_possible_when_every_condition_is_met(path, ready, physician, post, call):
    assert path(ready, physician, post, call) == ""
    assert stored(ready) == 1


@pytest.mark.parametrize("path", [by_page, by_api, by_service])
def test_only_whom_the_protocol_names_may_authorise(path, ready, therapist, post, call):
    assert "whom the protocol names" in path(ready, therapist, post, call)
    assert stored(ready) == 0


def test_sql_may_not_name_somebody_else_either(ready, therapist, post, call):
    assert "Not named by the protocol" in by_sql(ready, therapist, post, call)


def test_an_authorisation_is_never_dated_back(ready, physician, site):
    facts = {**FORM, "dose_mg": Decimal(80), "occurred_at": morning.ago(30)}
    with rows_of([site.pk]), pytest.raises(ValidationError, match="before it is given"):
        decide_dose(by=physician, session=ready, **facts)


def test_a_wrong_password_authorises_nothing(ready, physician, post):
    assert post(physician, decision_url(ready), **{**FORM, "password": "no"}).status_code == 400
    assert stored(ready) == 0


@pytest.mark.parametrize("amount", ["", "0"])
def test_an_authorised_dose_has_an_amount(ready, physician, post, amount):
    answer = post(physician, decision_url(ready), **{**FORM, "dose_mg": amount})
    assert b"has an amount above 0 mg" in answer.content


def test_a_dose_may_be_withheld_whatever_the_gate_says_and_the_reason_is_sealed(
    session, physician, post, site
):
    facts = {**FORM, "outcome": "withheld", "dose_mg": "", "reason": "Pressure is high; we wait a week."}
    assert post(physician, decision_url(session), **facts).status_code == 302
    with rows_of([site.pk]):
        row = DoseDecision.objects.get()
    assert row.outcome == "withheld" and b"Pressure" not in bytes(row.reason_sealed)


def test_withholding_needs_a_reason(session, physician, post):
    answer = post(physician, decision_url(session), **{**FORM, "outcome": "withheld", "dose_mg": ""})
    assert b"Say why no dose is given" in answer.content


def test_the_gate_is_kept_beside_the_decision_in_words(ready, physician, post, call, site):
    by_page(ready, physician, post, call)
    with rows_of([site.pk]):
        kept = DoseDecision.objects.get().gate
    assert {one["state"] for one in kept} <= {"green", "not-applicable"}
    assert all(one["title"] and one["source"] for one in kept)


@pytest.mark.database
@pytest.mark.parametrize("column", ["outcome = 'authorised'", "dose_mg = 500", "override_id = NULL"])
def test_a_decision_is_never_rewritten(ready, physician, post, call, column, site):
    by_page(ready, physician, post, call)
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with rows_of([site.pk]), connection.cursor() as cursor, denied, transaction.atomic():
        cursor.execute(f"UPDATE therapy_dosedecision SET {column}")


def test_the_page_says_what_keeps_the_gate_closed_and_how_to_solve_it(session, physician, client_of):
    page = client_of(physician).get(reverse("sessions:gate", args=[session.pk])).content.decode()
    assert "13 conditions keep the gate closed" in page
    assert "Record who takes the participant home." in page and "Nobody has decided yet" in page


def test_the_page_of_an_open_gate_says_so_and_promises_nothing(ready, physician, client_of):
    page = client_of(physician).get(reverse("sessions:gate", args=[ready.pk])).content.decode()
    assert "Every condition is met" in page and "A dose is authorised by a person" in page
    assert not [word for word in ("low risk", " safe ", "all clear") if word in page.lower()]
