"""Values of factors: what is taken, what is refused and why, and what leaves the question open."""

import datetime as dt
from decimal import Decimal

import pytest

from sessions.screening import values
from sessions.screening.catalogue import NOT_GIVEN, catalogue

FACTORS = catalogue().factors


@pytest.mark.parametrize(
    ("factor", "given", "kept", "shown"),
    [
        ("psychotic_disorder", "past", "past", "Yes, in the past"),
        ("psychotic_disorder", "declined", "declined", "Prefers not to say"),
        ("cardiovascular_disease", ["valvular", "coronary"], ["coronary", "valvular"], "Coronary disease, Disease of a heart valve"),
        ("cardiovascular_disease", ("none",), ["none"], "Not endorsed"),
        ("weight", Decimal("52.5"), "52.5", "52.5 kg"),
        ("weight", 52.5, "52.5", "52.5 kg"),
        ("mdma_lifetime", 0, "0", "0 times"),
        ("qtc", {"value": 470, "formula": "bazett"}, {"value": "470", "formula": "bazett"}, "470 ms (formula Bazett)"),
        ("blood_pressure", [[142, 91], (138, 88)], [["142", "91"], ["138", "88"]], "142/91 and 138/88 mmHg"),
        ("mdma_last_on", "2026-03", "2026-03", "2026-03"),
        ("mdma_last_on", dt.date(2026, 3, 1), "2026-03-01", "2026-03-01"),
        ("mdma_last_on", "never", "never", "Not endorsed"),
        ("psychosis_screen", {"instrument": "pq16", "total": 7}, {"instrument": "pq16", "total": "7"}, "7 (pq16)"),
        ("allergies", " none known ", "none known", "none known"),
    ],
)  # fmt: skip
def test_a_value_is_kept_in_one_form_and_reads_back(factor, given, kept, shown):
    assert values.parse(FACTORS[factor], given) == kept
    assert values.shown(FACTORS[factor], given) == shown
    assert values.parse(FACTORS[factor], kept) == kept


@pytest.mark.parametrize(
    ("factor", "given", "message"),
    [
        ("psychotic_disorder", "maybe", "must be one of never, past, current"),
        ("psychotic_disorder", ["past"], "must be one of never, past, current"),
        ("psychotic_disorder", None, "must be one of"),
        ("cardiovascular_disease", "coronary", "must be a list of answers, at least one"),
        ("cardiovascular_disease", [], "must be a list of answers, at least one"),
        ("cardiovascular_disease", ["none", "coronary"], "endorses something and nothing at once"),
        ("weight", 5, "must be from 20 to 350 kg"),
        ("weight", "52,5", "must be a number"),
        ("weight", True, "must be a number"),
        ("weight", "NaN", "must be a number"),
        ("weight", "52.55", "takes 1 decimals"),
        ("qtc", 470, "must hold value, formula, and nothing else"),
        ("qtc", {"value": 470, "formula": "ours"}, "must be one of fridericia"),
        (
            "sodium",
            {"value": 140, "method": " ", "reference_low": 135, "reference_high": 145},
            "method is missing",
        ),
        ("blood_pressure", [[120, 80]] * 3, "must be one or two readings"),
        ("blood_pressure", [[80, 120]], "systolic must be above diastolic"),
        ("blood_pressure", [120, 80], "a reading is systolic and diastolic"),
        ("mdma_last_on", "last spring", "must be a date as in 2026-03-01, or a month as in 2026-03"),
        ("mdma_last_on", "2026-13", "must be a date"),
        ("psychosis_screen", {"instrument": "pq_b", "total": 7}, "must come from pq16"),
        ("psychosis_screen", {"instrument": "pq16", "total": 17}, "must be from 0 to 16"),
        ("psychosis_screen", {"instrument": "pq16", "total": "6.5"}, "takes 0 decimals"),
        ("allergies", "  ", "must be text"),
    ],
)
def test_a_value_that_does_not_fit_says_why_and_leaves_the_question_open(factor, given, message):
    with pytest.raises(ValueError, match=message):
        values.parse(FACTORS[factor], given)
    assert message in values.why_open(FACTORS[factor], given)


@pytest.mark.parametrize("answer", NOT_GIVEN)
@pytest.mark.parametrize("factor", FACTORS.values(), ids=lambda one: one.key)
def test_no_answer_leaves_every_question_open(factor, answer):
    assert values.why_open(factor, answer) == NOT_GIVEN[answer].lower()


@pytest.mark.parametrize(
    ("factor", "given", "why"),
    [
        ("blood_pressure", [[120, 80]], "there is one reading only, and two are needed"),
        ("bipolar_disorder", "type_not_known", "the answer leaves it open: Yes, but the type is not known"),
        ("bipolar_disorder", "never", ""),
        ("mdma_lifetime", 0, ""),
        ("mdma_last_on", "never", ""),
    ],
)
def test_an_answer_may_leave_the_question_open(factor, given, why):
    assert values.why_open(FACTORS[factor], given) == why


def test_a_month_counts_as_its_last_day():
    assert values.day(FACTORS["mdma_last_on"], "2024-02") == dt.date(2024, 2, 29)


def test_what_endorses_nothing_is_told_from_what_does():
    endorsing = {
        "cardiovascular_disease": ["coronary"],
        "psychotic_disorder": "past",
        "mdma_last_on": "2026-03",
    }
    nothing = {"cardiovascular_disease": ["none"], "psychotic_disorder": "never", "mdma_last_on": "never"}
    assert all(values.unendorsed(FACTORS[key], value) for key, value in nothing.items())
    assert not any(values.unendorsed(FACTORS[key], value) for key, value in endorsing.items())
