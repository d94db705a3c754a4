"""Every instrument by example: published where one was read, else arithmetic of our own; and the known traps."""

from decimal import Decimal
from pathlib import Path

import pytest

from outcomes.instruments import registry
from outcomes.instruments.base import AnswerError
from outcomes.instruments.cutoffs import reached
from outcomes.instruments.definitions.cssrs import ALL_NO_CODE, LEVEL_CODE

EXAMPLE_FILES = Path(__file__).with_name("examples")


def items(*values, **more):
    """item_1 and on, None where one is missing, and others by name."""
    return {f"item_{number}": value for number, value in enumerate(values, start=1)} | more


def ten(**special):
    return items(*[0] * 10) | special


EXAMPLES = [
    # Published: AUDIT-C by US Core; DAST-10 by a calculator (weak).
    pytest.param("audit_c", items(0, 0, 0, variant=1), "0", "", id="AUDIT-C, US Core"),
    pytest.param("dast10", ten(item_1=1, item_2=1, item_4=1, item_3=0, no_drug_use=0), "4", "moderate", id="DAST-10, 4"),
    pytest.param("dast10", ten(item_3=0, no_drug_use=0), "1", "low", id="DAST-10, 1"),
    # Constructed.
    pytest.param("phq2", items(1, 2), "3", "", id="PHQ-2"),
    pytest.param("phq2", items(1, None), None, "", id="PHQ-2, one missing"),
    pytest.param("gad2", items(3, 3), "6", "", id="GAD-2"),
    pytest.param("who5", items(3, 3, 2, 2, 2), "48", "", id="WHO-5, raw 12"),
    pytest.param("who5", items(3, 3, 3, 2, 2), "52", "", id="WHO-5, raw 13"),
    pytest.param("who5", items(3, 3, 3, 2, None), None, "", id="WHO-5, one missing"),
    pytest.param("audit", {"item_1": 0, "item_9": 2, "item_10": 0}, "2", "zone_1", id="AUDIT, never drinks"),
    pytest.param("audit", {"item_1": 1, "item_2": 0, "item_3": 0, "item_9": 0, "item_10": 4}, "5", "zone_1", id="AUDIT, 2 and 3 are 0"),
    pytest.param("audit", items(4, 4, 4, 4, 4, 4, 4, 4, 4, 4), "40", "zone_4", id="AUDIT, all"),
    pytest.param("audit", {"item_1": 1, "item_9": 0, "item_10": 0}, None, "", id="AUDIT, asked and left open"),
    pytest.param("dast10", {"no_drug_use": 1}, "0", "none", id="DAST-10, no drug use"),
    pytest.param("dast10", items(1, 1, 0, 1, 1, 1, 1, 1, 1, 1), "10", "severe", id="DAST-10, all"),
    pytest.param("dast10", items(1, 1, 0, 1, 1, 1, 1, 1, 1), None, "", id="DAST-10, one missing"),
    pytest.param("sds_gossop", items(3, 2, 1, 0, 3, drug=1, period=1), "9", "", id="SDS Gossop"),
    pytest.param("sds_gossop", items(3, 2, 1, None, 3, drug=1), None, "", id="SDS Gossop, item 4 open"),
    pytest.param("des_b", items(2, 2, None, 1, 1, 0, 0, 2), "9.14", "mild", id="DES-B, one missing"),
    pytest.param("des_b", items(4, 4, None, None, None, 4, 4, 4), None, "", id="DES-B, three missing"),
    pytest.param("des_b", items(*[4] * 8), "32", "extreme", id="DES-B, all"),
    pytest.param("isi", items(2, 2, 2, 2, 2, 2, 3), "15", "moderate", id="ISI"),
    pytest.param("k10", items(*[1] * 10), "10", "low", id="K10, AU, all 1"),
    pytest.param("k10", items(*[3] * 10), "30", "very_high", id="K10, AU, 30"),
    pytest.param("k10_us", items(*[0] * 10), "0", "", id="K10, the same answers in US coding"),
    pytest.param("k6", items(4, 4, 4, 1, 0, 0), "13", "", id="K6"),
    pytest.param("pc_ptsd5", {"gate": 0}, "0", "", id="PC-PTSD-5, gate no"),
    pytest.param("pc_ptsd5", items(1, 1, 1, 1, 0, gate=0), "0", "", id="PC-PTSD-5, answered past the gate"),
    pytest.param("pc_ptsd5", items(1, 1, 1, 1, 0, gate=1), "4", "", id="PC-PTSD-5, gate yes"),
    pytest.param("pc_ptsd5", items(1, 1, 1, 1, 0), None, "", id="PC-PTSD-5, gate open"),
    pytest.param("pdq5", items(4, 3, 2, 1, 0), "10", "", id="PDQ-5"),
    pytest.param("sheehan_sds", {"work": 5, "social": 6, "family": 7}, "18", "", id="Sheehan"),
    pytest.param("ace10", dict.fromkeys([i.key for i in registry.get("ace10").items], 1), "10", "", id="ACE-10"),
    pytest.param("caps5", {"total": 28, "diagnosis": 1}, "28", "moderate", id="CAPS-5"),
    pytest.param("madrs", {"total": 20, "item_10": 4}, "20", "moderate", id="MADRS"),
    pytest.param("promis_cog_4a", {"total": Decimal("38.2"), "raw": 10}, "38.2", "", id="PROMIS, T as entered"),
    pytest.param("bdi_ii", {"total": 63}, "63", "", id="BDI-II"),
    pytest.param("dass21_stress", {"total": 8}, "8", "mild", id="DASS-21 stress, entered"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "answers", "total", "band"), EXAMPLES)
def test_a_sitting_gives_its_total_and_band(key, answers, total, band):
    score = registry.get(key).score(answers)
    assert score.total == (None if total is None else Decimal(total))
    assert (score.band.key if score.band else "") == band


def test_every_instrument_has_an_example():
    # Those with tests of their own, and the twins of what stands in the table.
    own = {
        "phq9",
        "gad7",
        "pcl5",
        "daily_checkin",
        "cssrs_screener",
        "mdq",
        "pq16",
        "pq_b",
        "dass21",
        "meq30",
    }
    twins = {"promis_cog_8a", "dass21_depression", "dass21_anxiety"}
    written = {path.stem.removeprefix("test_") for path in EXAMPLE_FILES.glob("test_*.py")}
    known = {example.values[0] for example in EXAMPLES} | own | twins | written
    assert {instrument.key for instrument in registry.all()} <= known


@pytest.mark.parametrize(
    ("key", "answers", "subscale", "value"),
    [
        ("who5", items(3, 3, 2, 2, 2), "raw", "12"),
        ("des_b", items(2, 2, None, 1, 1, 0, 0, 2), "average", "1.14"),
        ("sheehan_sds", {"work": None, "social": 6, "family": 7}, "mean", "6.5"),
        ("sheehan_sds", {"work": 5, "social": None, "family": 7}, "mean", None),
        ("sheehan_sds", {"work": 5, "social": 6, "family": 7}, "mean", "6"),
        ("meq30", {"mystical": Decimal("3.5")}, "mystical_percent", "70"),
        ("pcl5", items(*[4] * 20), "D", "28"),
    ],
)
def test_what_is_stored_beside_the_total(key, answers, subscale, value):
    assert registry.get(key).score(answers).subscales[subscale] == (value and Decimal(value))


def test_a_sheehan_total_that_came_alone_has_its_mean():
    assert registry.get("sheehan_sds").score_total(18).subscales == {"mean": 6}


def test_audit_9_and_10_know_0_2_and_4_alone():
    with pytest.raises(AnswerError, match="audit item_9: Answer must be in steps of 2"):
        registry.get("audit").score({"item_9": 1})


def test_a_who5_index_comes_in_fours():
    with pytest.raises(AnswerError, match="steps of 4"):
        registry.get("who5").score_total(50)


@pytest.mark.parametrize(
    ("yes", "same", "problem", "positive"),
    [
        (9, 1, 1, False),
        (9, 1, 2, True),
        (7, 1, 3, True),
        (6, 1, 3, False),
        (13, 0, 3, False),
        (9, 1, None, None),
    ],
)
def test_mdq_needs_all_three(yes, same, problem, positive):
    answers = items(*[int(n < yes) for n in range(13)], same_period=same, problem=problem)
    score = registry.get("mdq").score(answers)
    assert (score.criteria["positive"], score.total, score.subscales["endorsed"]) == (positive, None, yes)


def test_pq16_counts_what_was_endorsed_and_sums_its_distress():
    endorsed = {f"item_{n}": int(n <= 6) for n in range(1, 17)} | {f"distress_{n}": 1 for n in range(1, 7)}
    score = registry.get("pq16").score(endorsed)
    assert (score.total, score.subscales["distress"]) == (6, 6)


def test_pq_b_sums_the_distress_of_what_was_endorsed():
    answers = {f"item_{n}": int(n == 1) for n in range(1, 22)} | {"distress_1": 5}
    score = registry.get("pq_b").score(answers)
    assert (score.total, score.subscales["endorsed"]) == (5, 1)


def test_dass21_has_three_scales_their_doubles_and_no_total():
    score = registry.get("dass21").score(items(*[1] * 21))
    assert score.total is None and score.subscales == {
        "depression": 7, "anxiety": 7, "stress": 7,
        "depression_doubled": 14, "anxiety_doubled": 14, "stress_doubled": 14,
    }  # fmt: skip


# The other table in circulation calls a doubled stress of 16 normal, and a doubled depression of 11 mild alike.
@pytest.mark.parametrize(
    ("scale", "undoubled", "band"),
    [("stress", 7, "normal"), ("stress", 8, "mild"), ("depression", 6, "mild"), ("depression", 7, "moderate"),
     ("anxiety", 9, "severe"), ("anxiety", 10, "extreme")],
)  # fmt: skip
def test_dass21_bands_are_those_of_the_scheme_it_names(scale, undoubled, band):
    whole = registry.get("dass21")
    found = next(b for b in whole.subscale_bands[scale] if b.low <= undoubled <= b.high)
    assert (found.key, whole.scheme) == (band, "DASS-21 undoubled")


# 31 in one place of the K10 is "very high" in 1 to 5, and has no band at all in 0 to 4.
def test_k10_bands_belong_to_one_coding():
    assert registry.get("k10_us").score_total(31).band is None
    assert registry.get("k10").score_total(31).band.key == "very_high"


def test_des_b_has_no_limit_of_30():
    assert registry.get("des_b").cutoffs == ()


def test_pcl5_has_no_invented_severity():
    assert registry.get("pcl5").bands == ()


@pytest.mark.parametrize(
    ("values", "major", "other"),
    [((2, 0, 2, 2, 2, 0, 0, 0, 1), True, False), ((2, 0, 2, 0, 0, 0, 0, 0, 0), False, True),
     ((1, 1, 2, 2, 2, 2, 2, 2, 3), False, False), ((2, 0, 0, 0, 0, 0, 0, 0, 0), False, False)],
)  # fmt: skip
def test_phq9_syndromes_need_item_1_or_2(values, major, other):
    score = registry.get("phq9").score(items(*values))
    assert score.criteria == {"major_syndrome": major, "other_syndrome": other}


def test_cssrs_all_no_has_no_total_no_flag_and_the_code_that_was_read():
    score = registry.get("cssrs_screener").score({"item_1": 0, "item_2": 0, "item_6": 0})
    assert (score.total, score.band, score.safety_flags, score.missing) == (None, None, (), 0)
    assert (LEVEL_CODE, ALL_NO_CODE) == ("93374-7", "LA9194-7")


def test_cssrs_flags_what_was_endorsed_even_past_its_skip_rule():
    score = registry.get("cssrs_screener").score({"item_1": 0, "item_2": 0, "item_4": 1, "item_6": 0})
    assert score.safety_flags == ("item_4",)


@pytest.mark.parametrize(("value", "flags"), [(3, ()), (4, ("item_10",)), (0, ()), (None, ())])
def test_madrs_flags_item_10_from_4(value, flags):
    assert registry.get("madrs").score({"total": 5, "item_10": value}).safety_flags == flags


@pytest.mark.parametrize(
    ("key", "answers", "asked"),
    [
        ("audit", {"item_1": 0}, ["item_1", "item_9", "item_10"]),
        (
            "audit",
            {"item_1": 1, "item_2": 0, "item_3": 0},
            ["item_1", "item_2", "item_3", "item_9", "item_10"],
        ),
        ("pc_ptsd5", {"gate": 0}, ["gate"]),
        ("cssrs_screener", {"item_2": 0, "item_6": 0}, ["item_1", "item_2", "item_6"]),
        ("cssrs_screener", {"item_2": 0, "item_6": 1}, ["item_1", "item_2", "item_6", "item_6_recent"]),
        ("dast10", {"no_drug_use": 1}, ["no_drug_use"]),
    ],
)
def test_the_skip_rules_ask_no_more_than_they_need(key, answers, asked):
    assert [item.key for item in registry.get(key).asked(answers)] == asked


def test_what_is_not_known_skips_nothing():
    for instrument in registry.all():
        assert instrument.asked({}) == instrument.items


@pytest.mark.parametrize(
    ("key", "answers", "sex", "labels"),
    [
        ("audit_c", items(1, 1, 1, variant=1), "female", ["Women, 3 or more"]),
        ("audit_c", items(1, 1, 1, variant=1), "male", []),
        ("audit_c", items(2, 1, 1, variant=2), "male", []),
        ("audit_c", items(2, 2, 1, variant=2), "female", ["UK form, 5 or more"]),
        ("audit", items(4, 4, 4, 0, 0, 0, 0, 0, 0, 2), "male", ["8 or more: hazardous or harmful"]),
        ("sds_gossop", items(1, 1, 1, 0, 0, drug=1), "", ["Alcohol, 3 or more"]),
        ("sds_gossop", items(1, 1, 1, 0, 0, drug=2), "", []),
        ("who5", items(3, 3, 3, 2, 2), "", []),
        ("gad7", items(2, 2, 2, 1, 1, 1, 1), "", ["10 or more: positive screen"]),
    ],
)
def test_a_limit_is_reached_by_those_it_was_made_for(key, answers, sex, labels):
    instrument = registry.get(key)
    score = instrument.score(answers)
    found = reached(instrument, score.total, subscales=score.subscales, answers=answers, sex=sex)
    assert [str(cutoff.label) for cutoff in found] == labels
