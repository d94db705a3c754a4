"""What changed between two findings of one factor."""

import pytest

from sessions.screening.catalogue import catalogue
from sessions.screening.comparing import compare


@pytest.mark.parametrize(
    ("factor", "before", "after", "changed", "worse"),
    [
        ("seizure_history", "never", "present", "new", True),
        ("seizure_history", "present", "never", "gone", False),
        ("seizure_history", "present", "present", "same", False),
        ("seizure_history", "not_asked", "present", "not-known", False),
        ("seizure_history", "never", None, "not-known", False),
        ("arrhythmia_history", ["none"], ["other"], "new", True),
        ("arrhythmia_history", ["other"], ["ventricular", "other"], "changed", True),
        ("arrhythmia_history", ["ventricular", "other"], ["other"], "changed", False),
        ("suicidal_ideation_month", "wish", "method", "changed", True),
        ("suicidal_ideation_month", "method", "wish", "changed", False),
        ("mdma_last_on", "never", "2026-03", "new", True),
        ("weight", "62", "60.5", "changed", False),
        ("weight", "62", "62.0", "same", False),
        ("allergies", None, None, "in-words", False),
        ("dissociation_score", {"instrument": "des_b", "total": "4"}, {"instrument": "des_b", "total": "9"}, "changed", False),
        ("cognition_score", {"instrument": "pdq5", "total": "4"}, {"instrument": "promis_cog_4a", "total": "40"}, "not-known", False),
        ("weight", "heavy", "60", "not-known", False),
    ],
)  # fmt: skip
def test_two_findings_are_compared_by_the_catalogue(factor, before, after, changed, worse):
    found = compare(catalogue().factors[factor], before, after)
    assert (found.changed, found.worse) == (changed, worse)


def test_what_is_measured_says_by_how_much():
    assert compare(catalogue().factors["weight"], "62", "60.5").points == -1.5
