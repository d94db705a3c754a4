"""Findings and medicines over the API: the same services as the pages."""

import pytest

from sessions.models import Medication, ScreeningFinding
from tests import make
from tests.sessions.day import sent

pytestmark = pytest.mark.django_db


def url(enrolment, what: str = "findings") -> str:
    return f"/api/v1/enrolments/{enrolment.pk}/{what}/"


def weight(**more) -> dict:
    fields = {"factor": "weight", "occasion": "baseline", "source": "measurement", "value": 62.5}
    return {**fields, "occurred_at": sent(5), **more}


def test_a_finding_takes_the_id_of_its_write_and_is_read_back(call, client_of, therapist, enrolment):
    made = make.new_id()
    answer = call(therapist, url(enrolment), **weight(id=made, words="Without shoes"))
    (row,) = client_of(therapist).get(url(enrolment)).json()["results"]
    assert (answer.status_code, row["id"]) == (201, made)
    assert (row["value"], row["words"], row["catalogue"]) == ("62.5", "Without shoes", "2")


def test_the_same_write_twice_is_one_finding(call, therapist, enrolment, rows):
    body = weight(id=make.new_id())
    assert [call(therapist, url(enrolment), **body).status_code for _twice in range(2)] == [201, 201]
    assert ScreeningFinding.objects.count() == 1


def test_a_correction_names_what_it_replaces(call, therapist, enrolment, rows):
    call(therapist, url(enrolment), **weight())
    old = ScreeningFinding.objects.get()
    call(therapist, url(enrolment), **weight(value=60, replaces=str(old.pk), reason="Measured again"))
    assert ScreeningFinding.objects.current().get().replaces == old


def test_what_is_wrong_stands_under_the_factor(call, therapist, enrolment):
    answer = call(therapist, url(enrolment), **weight(value=9000))
    assert (answer.status_code, answer.json()) == (400, {"weight": ["This must be from 20 to 350 kg."]})


def test_a_finding_of_the_morning_names_its_session(call, therapist, session, rows):
    fields = weight(factor="food_and_drink", occasion="dosing", source="interview", value="as_agreed")
    assert call(therapist, url(session.enrolment), **fields).status_code == 400
    assert call(therapist, url(session.enrolment), **fields, session=str(session.pk)).status_code == 201


def test_a_medicine_is_put_onto_the_list_and_read_back(call, client_of, therapist, pharmacist, enrolment):
    body = {"name": "Zoloft", "stopped": False, "words": "From her brother", "occurred_at": sent(5)}
    assert call(therapist, url(enrolment, "medicines"), **body).status_code == 201
    (row,) = client_of(pharmacist).get(url(enrolment, "medicines")).json()["results"]
    assert (row["substance"], row["words"], row["prescriber_informed"]) == (
        "sertraline",
        "From her brother",
        None,
    )


def test_a_line_of_another_person_is_not_replaced(call, therapist, enrolment, site, programme, rows):
    other = make.enrolment(make.participant(site, by=therapist), programme, by=therapist)
    body = {"name": "Zoloft", "stopped": False, "occurred_at": sent(5)}
    call(therapist, url(other, "medicines"), **body)
    theirs = str(Medication.objects.get().pk)
    answer = call(therapist, url(enrolment, "medicines"), **body, replaces=theirs, reason="Another one")
    assert (answer.status_code, "replaces" in answer.json()) == (400, True)
