"""What the results say together: corrections, age of findings, what blocks, and what a page shows first."""

import datetime as dt
from dataclasses import replace

import pytest

from sessions.screening.evaluate import Person, Verdict, blocking, strictest
from tests.sessions.screening.cases import AT, CASES, DOSING, WOMAN, finding, medicine, of, only, results
from tests.sessions.screening.limits import LIMITS, Plan

EARLIER = AT - dt.timedelta(days=30)
QTC_DUE = Plan(required={"qtc": 14})
NORMAL_QTC = {"value": 420, "formula": "bazett"}


def test_the_strictest_of_the_findings_that_stand_counts_whoever_said_it_last():
    found = results(
        finding("psychotic_disorder", "past", id="1", occurred_at=EARLIER),
        finding("psychotic_disorder", "never", id="2"),
    )
    assert only(found, "rule.psychotic_disorder").rests_on == ("1",)
    assert of(found, "rule.psychotic_disorder") == [Verdict.EXCLUDE]


def test_a_correction_takes_the_place_of_what_it_corrects():
    wrong = finding("psychotic_disorder", "past", id="1", occurred_at=EARLIER)
    right = finding("psychotic_disorder", "never", id="2", replaces="1")
    assert of(results(wrong, right), "rule.psychotic_disorder") == [Verdict.CLEAR]


def test_a_correction_of_another_factor_corrects_nothing():
    strict = finding("psychotic_disorder", "past", id="1")
    astray = finding("bipolar_disorder", "never", id="2", replaces="1")
    assert of(results(strict, astray), "rule.psychotic_disorder") == [Verdict.EXCLUDE]


def test_findings_that_correct_one_another_in_a_circle_are_refused():
    first = finding("psychotic_disorder", "past", id="1", replaces="2")
    second = finding("psychotic_disorder", "never", id="2", replaces="1")
    with pytest.raises(ValueError, match="correct one another in a circle: 1, 2"):
        results(first, second)


def test_an_outdated_finding_is_not_known_and_says_its_age():
    found = only(results(finding("qtc", NORMAL_QTC, occurred_at=EARLIER), plan=QTC_DUE), "finding.qtc")
    assert found.verdict is Verdict.NOT_KNOWN
    assert found.sentence == "ECG: QTc: not known. The last finding is 30 days old, and counts for 14 days."


def test_an_outdated_finding_still_excludes():
    strict = finding("qtc", {"value": 500, "formula": "bazett"}, occurred_at=EARLIER)
    assert of(results(strict, plan=QTC_DUE), "rule.qtc") == [Verdict.EXCLUDE]


def test_a_finding_answers_on_its_last_day_in_the_time_zone_of_the_screening():
    late = finding("qtc", NORMAL_QTC, occurred_at=dt.datetime(2026, 5, 18, 0, 30, tzinfo=dt.UTC))
    assert of(results(late, plan=QTC_DUE), "rule.qtc") == [Verdict.CLEAR]
    west = AT.astimezone(dt.timezone(dt.timedelta(hours=-8)))
    assert of(results(late, plan=QTC_DUE, at=west), "rule.qtc") == []


def test_a_new_finding_answers_in_the_place_of_an_outdated_one():
    old = finding("qtc", NORMAL_QTC, id="1", occurred_at=EARLIER)
    found = results(old, finding("qtc", NORMAL_QTC, id="2"), plan=QTC_DUE)
    assert only(found, "rule.qtc").rests_on == ("2",)
    assert of(found, "finding.qtc") == []


def test_a_finding_dated_after_the_screening_does_not_answer():
    found = results(finding("pregnancy", "negative", occurred_at=AT + dt.timedelta(days=2)))
    assert "dated after this screening" in only(found, "finding.pregnancy").sentence


def test_a_required_factor_without_a_rule_is_not_known_while_it_is_missing():
    plan = Plan(required={"expectancy": 90})
    assert of(results(plan=plan), "finding.expectancy") == [Verdict.NOT_KNOWN]
    assert of(results(finding("expectancy", 0), plan=plan), "finding.expectancy") == []
    assert of(results(), "finding.expectancy") == []


@pytest.mark.parametrize(
    ("factor", "value", "words"),
    [
        ("blood_pressure", [[190, 120]], "There is one reading only, and two are needed"),
        ("bipolar_disorder", "type_not_known", "The answer leaves it open: Yes, but the type is not known"),
        ("weight", "heavy", "The answer cannot be read: must be a number"),
        ("seizure_history", "declined", "Prefers not to say"),
    ],
)
def test_an_open_answer_is_not_known_and_says_why(factor, value, words):
    found = only(results(finding(factor, value)), f"finding.{factor}")
    assert (found.verdict, found.rests_on) == (Verdict.NOT_KNOWN, (f"f-{factor}",))
    assert words in found.sentence


def test_a_finding_of_an_unknown_factor_is_shown_and_not_dropped():
    found = only(results(finding("shoe_size", "44")), "finding.shoe_size")
    assert (found.verdict, found.rests_on) == (Verdict.NOT_KNOWN, ("f-shoe_size",))


def test_an_age_that_nobody_knows_is_not_known():
    assert of(results(person=Person("female", None)), "finding.age") == [Verdict.NOT_KNOWN]
    assert of(results(person=Person("female", 17)), "rule.age") == [Verdict.EXCLUDE]


def test_a_protocol_without_the_threshold_leaves_its_rule_undecided():
    without = {key: one for key, one in LIMITS.items() if key != "minimum_weight"}
    found = only(results(finding("weight", 80), thresholds=without), "rule.weight")
    assert found.verdict is Verdict.NOT_KNOWN
    assert "the protocol has no threshold minimum_weight" in found.sentence.lower()


def test_a_limit_is_the_protocol_s_and_is_printed_with_its_source():
    higher = LIMITS | {
        "minimum_weight": replace(LIMITS["minimum_weight"], value=LIMITS["minimum_age"].value * 5)
    }
    found = only(results(finding("weight", 60), thresholds=higher), "rule.weight")
    assert (found.verdict, found.threshold) == (Verdict.EXCLUDE, "minimum_weight")
    assert found.threshold_text == "90 kg (proposed: A test)"
    assert "The weight is 60 kg; the limit is 90 kg." in found.sentence


def test_nothing_endorsed_reads_so():
    found = only(results(finding("seizure_history", "never")), "rule.seizure_history")
    assert found.sentence == "Seizures: not endorsed. No rule triggered."


def test_a_value_that_triggers_nothing_is_shown():
    found = only(results(finding("weight", 80)), "rule.weight")
    assert found.sentence == "Weight: 80 kg. No rule triggered."


def test_what_is_not_known_stands_first_and_then_the_strictest():
    found = results(
        finding("thyroid", "managed"), finding("psychotic_disorder", "past"), finding("cyp2d6", "poor")
    )
    order = [list(Verdict).index(one.verdict) for one in found]
    assert order == sorted(order)
    assert found[0].verdict is Verdict.NOT_KNOWN


def test_an_exclusion_is_stricter_than_what_is_not_known_and_nothing_at_all_is_not_known():
    assert strictest(results(finding("psychotic_disorder", "past"))) is Verdict.EXCLUDE
    assert strictest(results()) is Verdict.NOT_KNOWN
    assert strictest([]) is Verdict.NOT_KNOWN


def everything() -> list[object]:
    """A finding for every rule's factor that triggers none."""
    return [finding(factor, other) for factor, _value, other, _verdict in CASES.values() if factor != "age"]


def test_a_person_with_every_answer_and_no_rule_triggered_comes_to_that():
    found = results(*{one.factor: one for one in everything()}.values())
    assert {one.verdict for one in found} == {Verdict.CLEAR}
    assert strictest(found) is Verdict.CLEAR


def test_exclusions_block_and_what_is_not_known_blocks_as_the_protocol_says():
    strict, plan = finding("psychotic_disorder", "past"), Plan(required={"qtc": 14})
    found = results(strict, plan=plan)
    assert [one.rule for one in blocking(found, plan)] == ["finding.qtc", "rule.psychotic_disorder"]
    lenient = Plan(required={"qtc": 14}, not_known_blocks=False)
    assert [one.rule for one in blocking(found, lenient)] == ["rule.psychotic_disorder"]


def test_an_undecided_limit_of_a_required_factor_blocks():
    plan = Plan(required={"qtc": 14})
    found = results(
        finding("qtc", {"value": 455, "formula": "bazett"}), person=Person("not-stated", 40), plan=plan
    )
    assert [one.rule for one in blocking(found, plan)] == ["rule.qtc"]


def test_an_unknown_medicine_is_asked_about_and_blocks():
    found = results(medicine("zzyzx forte"))
    asked = only(found, "medicine.unknown")
    assert "unknown, ask" in asked.sentence
    assert asked in blocking(found, Plan())


def test_a_slip_is_asked_about_with_the_near_name():
    assert "Is it sertraline?" in only(results(medicine("setraline")), "medicine.unknown").sentence


def test_one_unknown_part_does_not_hide_the_known_one():
    found = results(medicine("codeine/paracetamol"))
    assert of(found, "medicine.opioid") == [Verdict.CAUTION]
    assert of(found, "medicine.unknown") == [Verdict.NOT_KNOWN]


def test_a_signature_never_lifts_an_exclusion_before_its_wait_is_over():
    running = medicine("phenelzine", stopped=True, last_taken_on=DOSING, cleared=True)
    taken = medicine("phenelzine", cleared=True)
    assert of(results(running), "medicine.maoi_irreversible") == [Verdict.EXCLUDE]
    assert of(results(taken), "medicine.maoi_irreversible") == [Verdict.EXCLUDE]


def test_a_signature_answers_a_wait_that_cannot_be_computed():
    signed = results(medicine("ritonavir", stopped=True, last_taken_on=AT.date(), cleared=True))
    assert of(signed, "medicine.cyp_booster") == [Verdict.CAUTION]
    fluvoxamine = results(medicine("fluvoxamine", stopped=True, last_taken_on=AT.date(), cleared=True))
    assert of(fluvoxamine, "washout.ssri") == []
    assert of(fluvoxamine, "medicine.ssri") == [Verdict.CAUTION]


def test_the_sentence_of_a_medicine_holds_wait_half_life_source_and_dates():
    said = only(results(medicine("Zoloft", stopped=True, last_taken_on=dt.date(2026, 6, 2))), "medicine.ssri")
    assert "Zoloft (sertraline), SSRI:" in said.sentence
    assert "The wait is 7 days, from a half-life 26 h (read: PMC6168070" in said.sentence
    assert (
        "its first day over is 2026-06-09. The dosing day is 2026-06-08: the wait is not met."
        in said.sentence
    )
    assert said.threshold == "washout_half_lives"


def test_a_plan_is_named_as_a_plan_and_the_window_after_the_dose_is_shown():
    planned = only(
        results(medicine("Nardil", planned_stop_on=dt.date(2026, 5, 1))), "medicine.maoi_irreversible"
    )
    assert "2026-05-15, by the prescriber's plan" in planned.sentence
    assert planned.verdict is Verdict.EXCLUDE
    assert "until 2026-06-18" in only(results(medicine("codeine")), "medicine.cyp2d6_substrate").sentence


def test_evaluating_touches_nothing_that_was_given():
    given = [finding("weight", 80)]
    assert results(*given, person=WOMAN) == results(*given, person=WOMAN)
    assert given == [finding("weight", 80)]
