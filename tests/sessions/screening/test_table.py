"""Every row of the eligibility table and of the table of medicines: triggered, not triggered, and not known."""

import datetime as dt

import pytest

from sessions.protocol import Mark
from sessions.protocol_file import load, shipped
from sessions.screening.catalogue import NOT_GIVEN, catalogue
from sessions.screening.evaluate import Person, Verdict
from sessions.screening.medicines import table
from sessions.screening.rules import rules, thresholds_named
from tests.sessions.screening.cases import (
    CASES,
    DOSING,
    MAN,
    MEDICINES,
    ROWS,
    WOMAN,
    finding,
    medicine,
    of,
    only,
    results,
)
from tests.sessions.screening.limits import LIMITS, Plan

RULES = rules().rules


def person_for(rule: str) -> Person:
    return Person("female", None) if rule == "age" else WOMAN


def test_every_rule_has_its_cases_and_every_row_its_rule():
    assert {one.key for one in RULES} == set(CASES)
    assert {one.row for one in RULES} == ROWS


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_triggered_and_says_why(rule):
    factor, value, _other, verdict = CASES[rule]
    found = only(results(finding(factor, value), person=person_for(rule)), f"rule.{rule}")
    assert (found.verdict, found.rests_on, found.factors) == (verdict, (f"f-{factor}",), (factor,))
    assert found.sentence and "{" not in found.sentence and found.source


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_not_triggered_by_another_value(rule):
    factor, _value, other, _verdict = CASES[rule]
    found = results(finding(factor, other), person=person_for(rule))
    assert of(found, f"rule.{rule}") == [Verdict.CLEAR]
    assert only(found, f"rule.{rule}").sentence.endswith("No rule triggered.")


@pytest.mark.parametrize("answer", [None, *NOT_GIVEN])
@pytest.mark.parametrize("rule", CASES)
def test_a_missing_value_is_not_known_and_never_clear(rule, answer):
    factor = CASES[rule][0]
    entries = [] if answer is None else [finding(factor, answer)]
    found = results(*entries, person=person_for(rule))
    assert of(found, f"rule.{rule}") == []
    # What is not tested as a routine is missing only where somebody asked and got no answer.
    silent = answer is None and catalogue().factors[factor].optional
    assert of(found, f"finding.{factor}") == ([] if silent else [Verdict.NOT_KNOWN])


@pytest.mark.parametrize(
    "rule", ["alcohol_use_disorder", "cannabis_use_disorder", "other_substance_disorder"]
)
def test_a_trial_excludes_where_a_clinic_decides_case_by_case(rule):
    factor, value, _other, _verdict = CASES[rule]
    found = results(finding(factor, value), plan=Plan(setting="trial"))
    assert of(found, f"rule.{rule}") == [Verdict.EXCLUDE]


@pytest.mark.parametrize(("person", "verdict"), [(MAN, Verdict.EXCLUDE), (WOMAN, Verdict.CLEAR)])
def test_the_qtc_limit_differs_by_sex(person, verdict):
    found = results(finding("qtc", {"value": 455, "formula": "bazett"}), person=person)
    assert of(found, "rule.qtc") == [verdict]


@pytest.mark.parametrize("sex", ["intersex", "not-stated"])
@pytest.mark.parametrize(
    ("qtc", "verdict"), [(450, Verdict.CLEAR), (455, Verdict.NOT_KNOWN), (461, Verdict.EXCLUDE)]
)
def test_between_the_two_limits_an_unstated_sex_leaves_it_open(sex, qtc, verdict):
    found = results(finding("qtc", {"value": qtc, "formula": "bazett"}), person=Person(sex, 40))
    assert of(found, "rule.qtc") == [verdict]


def test_earlier_mdma_and_5_httlpr_are_recorded_and_have_no_rule():
    assert not {one.factor for one in RULES} & {"mdma_lifetime", "mdma_last_on", "httlpr_5"}
    found = results(finding("httlpr_5", "short_short"), finding("mdma_lifetime", 400))
    assert not [one for one in found if one.factors in (("httlpr_5",), ("mdma_lifetime",))]


def test_a_man_is_not_asked_for_a_pregnancy_test_and_a_positive_one_counts_all_the_same():
    assert of(results(person=MAN), "finding.pregnancy") == []
    assert of(results(finding("pregnancy", "positive"), person=MAN), "rule.pregnancy") == [Verdict.EXCLUDE]


def test_every_class_that_concerns_mdma_has_its_cases():
    assert set(MEDICINES) == {key for key, one in table().classes.items() if one.concerns("MDMA")}


@pytest.mark.parametrize("rule", MEDICINES)
def test_a_medicine_that_is_taken_triggers_its_class(rule):
    name, verdict, _days = MEDICINES[rule]
    found = only(results(medicine(name)), f"medicine.{rule}")
    assert (found.verdict, found.rests_on) == (verdict, ("m1",))
    assert found.source


@pytest.mark.parametrize("rule", MEDICINES)
def test_another_medicine_does_not_trigger_it(rule):
    other = "ritonavir" if rule != "cyp_booster" else "phenelzine"
    assert of(results(medicine(other)), f"medicine.{rule}") == []


@pytest.mark.parametrize("rule", MEDICINES)
def test_a_medicine_whose_last_day_is_not_known_never_counts_as_past_its_wait(rule):
    name, verdict, days = MEDICINES[rule]
    found = results(medicine(name, stopped=True))
    assert of(found, f"medicine.{rule}") == [verdict]
    assert of(found, f"washout.{rule}") == (
        [Verdict.NOT_KNOWN] if days or table().classes[rule].washout != "none" else []
    )


@pytest.mark.parametrize("rule", [rule for rule, case in MEDICINES.items() if case[2]])
def test_a_met_wait_waits_for_a_signature(rule):
    name, action, days = MEDICINES[rule]
    last = DOSING - dt.timedelta(days=days or 0)
    unsigned = results(medicine(name, stopped=True, last_taken_on=last))
    signed = results(medicine(name, stopped=True, last_taken_on=last, cleared=True))
    late = results(medicine(name, stopped=True, last_taken_on=last + dt.timedelta(days=1)))
    assert of(unsigned, f"medicine.{rule}") == [
        Verdict.CLEAR if action is Verdict.CAUTION else Verdict.SIGN_OFF
    ]
    assert of(signed, f"medicine.{rule}") == [Verdict.CLEAR]
    assert of(late, f"medicine.{rule}") == [action]


def test_lithium_excludes_with_psilocybin_and_is_decided_with_mdma():
    assert of(results(medicine("lithium"), substance="psilocybin"), "medicine.lithium_psilocybin") == [
        Verdict.EXCLUDE
    ]
    assert of(results(medicine("lithium")), "medicine.lithium_mdma") == [Verdict.SIGN_OFF]


def test_no_rule_and_no_class_lacks_a_source_or_has_another_mark():
    bases = [one.basis for one in RULES] + [one.basis for one in table().classes.values()]
    assert all(basis.source.strip() and basis.mark in set(Mark) for basis in bases)
    assert {str(mark) for mark in Mark} == {"read", "secondary", "recalled", "proposed"}


def test_the_shipped_protocol_holds_every_threshold_that_is_named_with_its_source():
    protocol = load(shipped()["mdma_ptsd.toml"], file="mdma_ptsd.toml")
    named = thresholds_named(protocol.substance)
    assert named <= set(protocol.thresholds)
    assert all(
        protocol.thresholds[key].source and protocol.thresholds[key].mark in set(Mark) for key in named
    )


def test_the_limits_of_these_tests_are_those_that_are_named():
    assert set(LIMITS) == thresholds_named("MDMA") | thresholds_named("psilocybin")
