"""What the chart says in words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from outcomes.charts.course import Course, course_of
from outcomes.charts.trajectory import Dose, Point, trajectory
from outcomes.instruments import registry

DOSE_1 = date(2026, 10, 26)
GIVEN = (Dose(DOSE_1),)


def told(key, weeks, doses=GIVEN):
    points = [Point(DOSE_1 + timedelta(weeks=w), None if v is None else Decimal(v)) for w, v in weeks]
    with override("en-gb"):
        chart = trajectory(points, registry.measure(key), doses, identifier="c", today=DOSE_1)
    return chart.claim, chart.sentence


@pytest.mark.parametrize(
    ("key", "weeks", "claim", "sentence"),
    [
        (
            "pcl5",
            [(-6, 52), (4, 38)],
            "PCL-5 is down 14 points since before treatment",
            "From 52 on 14 September to 38 on 23 November, past the 10 points that count as meaningful.",
        ),
        (
            "pcl5",
            [(-1, 52), (2, None), (4, 47)],
            "PCL-5 is down 5 points since before treatment",
            "From 52 on 19 October to 47 on 23 November, past the 5 points that count as reliable. "
            "1 occasion has no score.",
        ),
        (
            "pcl5",
            [(0, 40), (1, 41)],
            "PCL-5 is up 1 point since before treatment",
            "From 40 on 26 October to 41 on 2 November, a change within noise.",
        ),
        (
            "phq9",
            [(-6, 19), (-3, 13)],
            "PHQ-9 is down 6 points since 14 September",
            "From 19 (moderately severe) on 14 September to 13 (moderate) on 5 October.",
        ),
        (
            "phq9",
            [(-6, 19), (12, 19)],
            "PHQ-9 is where it was before treatment",
            "From 19 (moderately severe) on 14 Sep 2026 to 19 (moderately severe) on 18 Jan 2027.",
        ),
        ("gad7", [(1, 0)], "GAD-7 was 0 (none or minimal) on 2 November", None),
        ("gad7", [], "No GAD-7 score yet", "No GAD-7 score yet."),
        (
            "gad7",
            [(1, None), (2, None)],
            "No GAD-7 score yet",
            "No GAD-7 score yet. 2 occasions have no score.",
        ),
        ("imported", [(0, "-1.50"), (1, "100")], "imported is up 101.5 points since before treatment", None),
    ],
)
def test_the_heading_and_the_summary(key, weeks, claim, sentence):
    found = told(key, weeks)
    assert found[0] == claim
    assert sentence is None or found[1] == sentence


def test_a_planned_dose_is_no_treatment_yet():
    assert "since 19 October" in told("phq9", [(-1, 9), (1, 5)], [Dose(DOSE_1, given=False)])[0]


def test_values_are_written_as_the_reader_writes_them():
    points = [Point(DOSE_1, Decimal("11.25"))]
    with override("de"):
        chart = trajectory(points, registry.get("phq9"), identifier="c", today=DOSE_1)
    assert "11,25" in chart.sentence
    # Coordinates keep their point whatever the language.
    assert 'cy="58.33%"' in chart.svg


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (0, 0, [0]),
        (-3, 3, [-3, -2, -1, 0, 1, 2, 3]),
        (-14, 126, [0, 21, 42, 63, 84, 105, 126]),
        (10, 38, [12, 18, 24, 30, 36]),
        (0, 36500, [0, 7280, 14560, 21840, 29120, 36400]),
    ],
)
def test_ticks_are_few_and_even(first, last, ticks):
    assert Course(DOSE_1, first, last, from_dose=True).ticks() == ticks


def test_the_course_counts_from_the_first_given_dose():
    planned, given = Dose(DOSE_1 - timedelta(days=9), given=False), Dose(DOSE_1)
    assert course_of([], [planned, given], today=DOSE_1).origin == DOSE_1
