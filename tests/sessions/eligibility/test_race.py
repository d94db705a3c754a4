"""Two deciders at the same moment: one decides, the other reads that the results changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from clinic.permissions import Role
from clinic.rows import rows_of
from sessions.models import EligibilityDecision
from sessions.services.eligibility import decide
from tests import make, screened
from tests.make import PASSWORD


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told_to_read_again(site, programme, enrolment, physician):
    screened.protocol(programme)
    deciders = [physician, *(make.user(f"p{n}@harbour.example", Role.PHYSICIAN, site) for n in range(3))]
    shown = screened.results(enrolment, by=physician).sha256

    def send(user) -> str:
        try:
            with rows_of([site.pk], str(user.pk)):
                decide(by=user, enrolment=enrolment, results_sha256=shown, outcome="not-eligible",
                       reasons=["other"], rationale="Weighed.", password=PASSWORD)  # fmt: skip
            return "stored"
        except ValidationError as refused:
            return str(refused.messages[0])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, deciders))
    assert answers.count("stored") == 1
    assert [one for one in answers if one.startswith("The results changed")] == answers[:3]
    with rows_of([site.pk]):
        assert EligibilityDecision.objects.count() == 1
