"""The second signature, which an overridden rule needs; and a decision that was entered in error."""

import pytest

from clinic.models import Signature
from clinic.permissions import Role
from clinic.rows import rows_of
from sessions.models import EligibilityDecision
from sessions.standing import standing_of
from tests import make, screened
from tests.make import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("protocol")]
WAITING = "Decisions that wait for a second person"


@pytest.fixture
def decision(override, enrolment, rows):
    """Eligible against an exclusion, signed by the physician alone."""
    assert override().status_code == 302
    return EligibilityDecision.objects.get(enrolment=enrolment)


@pytest.fixture
def sign(post):
    """Sign a decision as the second person, from the page."""
    return lambda user, decision: post(
        user, f"/sessions/decisions/{decision.pk}/countersign", password=PASSWORD
    )


def page(client_of, user, url: str) -> str:
    return client_of(user).get(url).content.decode()


def test_until_a_second_person_signs_it_does_not_count_and_says_so(client_of, physician, decision, enrolment):
    html = page(client_of, physician, f"/sessions/decisions/{decision.pk}")
    assert standing_of(enrolment.pk).state == "unknown"
    assert "This decision does not count yet: a second person has to sign it." in html


def test_the_second_person_finds_it_on_today_signs_it_and_it_counts(
    client_of, sign, second, physician, decision, enrolment
):
    assert WAITING in page(client_of, second, "/sessions/today")
    assert WAITING not in page(client_of, physician, "/sessions/today")
    assert sign(second, decision).status_code == 302
    assert standing_of(enrolment.pk).state == "green"
    assert WAITING not in page(client_of, second, "/sessions/today")


def test_who_decided_cannot_be_the_second(sign, physician, decision, rows):
    answer = sign(physician, decision)
    assert "Another person has to sign." in answer.content.decode()
    assert Signature.objects.filter(record="eligibility").count() == 1


def test_a_role_that_the_protocol_does_not_name_cannot_be_the_second(
    sign, client_of, therapist, decision, rows
):
    answer = sign(therapist, decision)
    assert "The protocol lets these roles sign here: Physician." in answer.content.decode()
    assert WAITING not in page(client_of, therapist, "/sessions/today")


def test_the_named_physician_signs_where_somebody_else_decided(override, sign, second, site, enrolment, rows):
    third = make.user("third-physician@harbour.example", Role.PHYSICIAN, site)
    override(physician=str(second.pk))
    decision = EligibilityDecision.objects.get(enrolment=enrolment)
    assert f"{second} answers for overriding and signs." in sign(third, decision).content.decode()
    assert sign(second, decision).status_code == 302
    assert standing_of(enrolment.pk).state == "green"


def test_no_third_signature_is_taken(sign, second, site, decision, call, rows):
    sign(second, decision)
    answer = sign(second, decision)
    assert answer.status_code == 400 and Signature.objects.filter(record="eligibility").count() == 2


def test_the_api_takes_the_second_signature(call, second, decision, enrolment, rows):
    url = f"/api/v1/eligibility/{decision.pk}/countersign/"
    assert call(second, url, password="guessed").status_code == 400
    assert call(second, url, password=PASSWORD).status_code == 201
    assert standing_of(enrolment.pk).state == "green"


def test_a_finding_after_the_decision_takes_its_force(
    sign, second, decision, enrolment, therapist, client_of, rows
):
    sign(second, decision)
    screened.finding(enrolment, "lactation", "never", by=therapist)
    html = page(client_of, second, f"/sessions/decisions/{decision.pk}")
    assert "findings were added or corrected since. Decide again." in html


def test_a_decision_entered_in_error_counts_no_more_and_the_one_before_does(
    eligible, decide, post, client_of, physician, enrolment, rows
):
    eligible(physician, enrolment)
    decide(physician, enrolment)
    newest = EligibilityDecision.objects.filter(enrolment=enrolment).first()
    url = f"/sessions/decisions/{newest.pk}/withdraw"
    assert standing_of(enrolment.pk).state == "red"
    assert post(physician, url, reason="Another person").status_code == 302
    assert standing_of(enrolment.pk).state == "green"
    assert post(physician, url, reason="Once more").status_code == 400
    html = page(client_of, physician, f"/sessions/enrolments/{enrolment.pk}/decisions")
    assert html.count("entered in error and does not count") == 1


def test_a_withdrawn_decision_is_not_signed_again(post, sign, physician, second, decision, rows):
    post(physician, f"/sessions/decisions/{decision.pk}/withdraw", reason="Another person")
    assert "This decision was entered in error." in sign(second, decision).content.decode()


def test_whom_the_protocol_does_not_name_withdraws_nothing(post, therapist, decision, rows):
    answer = post(therapist, f"/sessions/decisions/{decision.pk}/withdraw", reason="Another person")
    assert "The protocol lets these roles decide here: Physician." in answer.content.decode()
    decision.refresh_from_db()
    assert decision.in_force


def test_a_later_decision_replaces_this_one(decide, client_of, physician, decision, enrolment):
    decide(physician, enrolment)
    with rows_of([enrolment.site_id]):
        html = page(client_of, physician, f"/sessions/decisions/{decision.pk}")
    assert "A later decision replaces this one." in html
