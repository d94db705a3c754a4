"""A total that came without its items is its own answer, so that an export has it once."""

from decimal import Decimal

import pytest

from outcomes.services.assessments import record_assessment

pytestmark = pytest.mark.django_db


def test_a_total_is_kept_as_the_answer_that_was_given(rater, enrolment, rows):
    row = record_assessment(
        by=rater, enrolment=enrolment, instrument="caps5", mode="rater", total=Decimal(44)
    )
    assert (row.answers, row.score) == ({"total": 44}, 44)
