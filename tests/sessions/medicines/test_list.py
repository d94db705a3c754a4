"""The medicine list: named and never guessed, corrected and never overwritten, cleared by a physician's signature."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from clinic.models import Signature
from clinic.rows import rows_of
from sessions.models import Medication, MedicineClearance
from sessions.services.findings import Answer, record_finding
from sessions.services.medicines import clear_medicine, digest, record_medicine
from tests.make import PASSWORD
from tests.sessions.day import at, typed

pytestmark = pytest.mark.django_db
LINE = {"taken": "yes", "prescriber_informed": "yes"}


@pytest.fixture
def sertraline(therapist, enrolment, site):
    """A line of the list."""
    with rows_of([site.pk]):
        return record_medicine(by=therapist, enrolment=enrolment, name="Zoloft", occurred_at=at(60))


@pytest.fixture
def listed(client_of, therapist, enrolment):
    """The page of the list as a therapist sees it."""
    return lambda query="": client_of(therapist).get(url(enrolment) + query).content.decode()


def url(enrolment, rest: str = "") -> str:
    return f"/sessions/screening/{enrolment.pk}/medicines{rest}"


@pytest.mark.parametrize(
    ("name", "substance"),
    [
        ("Zoloft 50 mg", "sertraline"),
        ("SSRI", ""),
        ("sertralin", ""),
        ("Moonwort", ""),
        ("Paxlovid", "ritonavir"),
    ],
)
def test_a_name_is_matched_or_left_open(name, substance, post, therapist, enrolment, rows):
    answer = post(therapist, url(enrolment, "/new"), name=name, occurred_at=typed(5), **LINE)
    assert (answer.status_code, Medication.objects.get().substance) == (302, substance)


def test_what_it_is_is_shown_before_anything_is_stored(client_of, therapist, enrolment):
    html = client_of(therapist).get(url(enrolment, "/new?name=Zoloft")).content.decode()
    assert "SSRI" in html
    assert "Source:" in html


def test_an_unknown_name_is_asked_about_and_near_ones_are_links(
    client_of, therapist, enrolment, listed, post
):
    html = client_of(therapist).get(url(enrolment, "/new?name=sertralin")).content.decode()
    assert "Unknown, ask" in html
    assert f'href="{url(enrolment, "/new")}?name=sertraline"' in html
    post(therapist, url(enrolment, "/new"), name="sertralin", occurred_at=typed(5), **LINE)
    assert "Unknown, ask" in listed()


def test_a_change_is_a_new_line_with_a_reason(post, therapist, enrolment, sertraline, rows):
    at_line = f"/sessions/screening/medicines/{sertraline.pk}/change"
    fields = {"name": "Zoloft", "taken": "no", "prescriber_informed": "yes", "occurred_at": typed(5)}
    assert post(therapist, at_line, **fields, last_taken_on="2026-01-02").status_code == 400
    answer = post(therapist, at_line, **fields, last_taken_on="2026-01-02", reason="Ended in January")
    assert answer.status_code == 302
    now = Medication.objects.current().get()
    assert (now.stopped, now.replaces, now.reason) == (True, sertraline, "Ended in January")


def test_a_line_that_was_changed_cannot_be_changed_again(post, therapist, sertraline, enrolment, rows):
    record_medicine(
        by=therapist,
        enrolment=enrolment,
        name="Zoloft",
        occurred_at=at(1),
        replaces=sertraline,
        reason="Again",
    )
    fields = {"name": "Zoloft", "occurred_at": typed(5), "reason": "Once more", **LINE}
    answer = post(therapist, f"/sessions/screening/medicines/{sertraline.pk}/change", **fields)
    assert (answer.status_code, "replaced before" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"taken": "no"}, "Enter when it was last taken"),
        ({"last_taken_on": "2999-01-01"}, "lies ahead"),
        ({"resumed_on": "2999-01-01"}, "lies ahead"),
        ({"taken": "no", "last_taken_on": "2026-01-02", "resumed_on": "2026-01-03"}, "still taken"),
        ({"taken": ""}, "Say whether it is still taken"),
        ({"prescriber_informed": ""}, "Say whether the prescriber knows"),
        ({"name": "  "}, "Enter a name"),
    ],
)
def test_a_line_that_cannot_be_is_refused(fields, message, post, therapist, enrolment):
    fields = {"name": "Zoloft", "occurred_at": typed(5), **LINE, **fields}
    answer = post(therapist, url(enrolment, "/new"), **fields)
    assert (answer.status_code, message in answer.content.decode()) == (400, True)


def test_words_on_a_medicine_are_sealed(post, therapist, enrolment, listed, rows):
    post(
        therapist,
        url(enrolment, "/new"),
        name="Zoloft",
        words="From her brother",
        occurred_at=typed(5),
        **LINE,
    )
    assert b"brother" not in bytes(Medication.objects.get().words_sealed)
    assert "From her brother" in listed()


def test_an_error_leaves_the_list(post, therapist, sertraline, rows):
    answer = post(therapist, f"/sessions/screening/medicines/{sertraline.pk}/withdraw", reason="Not hers")
    assert (answer.status_code, Medication.objects.current().count()) == (302, 0)


def clear(post, user, line, **fields):
    fields = {"words": "Five half-lives are over", "password": PASSWORD, **fields}
    return post(user, f"/sessions/screening/medicines/{line.pk}/clear", **fields)


def test_a_clearance_is_signed_over_what_it_says(post, physician, sertraline, rows):
    assert clear(post, physician, sertraline).status_code == 302
    row, signed = MedicineClearance.objects.get(), Signature.objects.get(record="clearance")
    assert (signed.record_id, signed.record_sha256, signed.signer) == (row.pk, row.sha256, physician)
    assert digest(row) == row.sha256


@pytest.mark.parametrize("fields", [{"password": "guess"}, {"words": " "}])
def test_a_clearance_without_password_or_reason_is_none(fields, post, physician, sertraline, rows):
    assert clear(post, physician, sertraline, **fields).status_code == 400
    assert not MedicineClearance.objects.exists()


def test_a_line_is_cleared_once(post, physician, sertraline, rows):
    clear(post, physician, sertraline)
    assert "cleared before" in clear(post, physician, sertraline).content.decode()


def test_a_changed_line_needs_a_clearance_of_its_own(post, physician, therapist, sertraline, enrolment, rows):
    clear(post, physician, sertraline)
    with pytest.raises(ValidationError, match="This line was changed"):
        record_medicine(
            by=therapist,
            enrolment=enrolment,
            name="Zoloft",
            occurred_at=at(1),
            replaces=sertraline,
            reason="Again",
        )
        clear_medicine(by=physician, medication=sertraline, words="Again", password=PASSWORD)


def gate(session, key: str) -> str:
    """What the database says of one condition of the gate."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state FROM therapy_gate_medicines(%s, 'medicines_since', 12, clock_timestamp())",
            [session.enrolment_id],
        )
        return cursor.fetchone()[0]


def test_the_gate_opens_with_the_clearance_and_not_before(
    post, therapist, physician, session, sertraline, rows
):
    answer = Answer(factor="medicines_since", source="interview", value="nothing_new")
    record_finding(
        by=therapist,
        enrolment=session.enrolment,
        occasion="dosing",
        session=session,
        occurred_at=at(5),
        answer=answer,
    )
    before = gate(session, "medicines_cleared")
    clear(post, physician, sertraline)
    assert (before, gate(session, "medicines_cleared")) == ("red", "green")
