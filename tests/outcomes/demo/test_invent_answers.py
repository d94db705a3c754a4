"""Invented answers are valid answers, the same for the same seed."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.demo.answers import simulate_check_ins, simulate_items
from outcomes.instruments import registry

FIRST = date(2026, 10, 12)
DOSE = date(2026, 10, 26)
DAILY = registry.get("daily_checkin")


def chance(seed=1):
    return Random(seed)  # noqa: S311 - invented answers, no secret


def check_ins(seed=1, **more):
    return simulate_check_ins(chance(seed), first_day=FIRST, days=42, doses=[DOSE], **more)


@given(st.integers())
def test_every_simulated_check_in_is_a_valid_sitting(seed):
    for check_in in check_ins(seed):
        if check_in.answers is not None:
            assert DAILY.score(check_in.answers).safety_flags == ()
            assert list(check_in.answers) == [item.key for item in DAILY.items]


def test_there_is_one_check_in_a_day_and_some_are_missing():
    found = check_ins()
    assert [check_in.on for check_in in found] == [FIRST + timedelta(days=n) for n in range(42)]
    assert any(check_in.answers is None for check_in in found)
    assert all(check_in.answers for check_in in check_ins(silent=0))


def test_the_same_seed_gives_the_same_answers():
    assert check_ins() == check_ins() != check_ins(seed=2)


def test_only_the_troubled_day_has_a_yes():
    day = DOSE + timedelta(days=3)
    found = {c.on: DAILY.score(c.answers) for c in check_ins(troubled_on=day, silent=0.3) if c.answers}
    assert [on for on, score in found.items() if score.safety_flags] == [day]


def test_energy_is_lower_after_the_dose_than_before_it():
    energy = {"before": 0, "after": 0}
    for seed in range(30):
        by_day = {c.on: c.answers["energy"] or 0 for c in check_ins(seed, silent=0)}
        energy["before"] += by_day[DOSE - timedelta(days=1)]
        energy["after"] += by_day[DOSE + timedelta(days=1)]
    assert energy["after"] < energy["before"]


@given(st.sampled_from(["phq9", "gad7", "pcl5"]), st.data())
def test_items_give_the_wanted_total(key, data):
    instrument = registry.get(key)
    total = data.draw(st.integers(instrument.low, instrument.high))
    score = instrument.score(simulate_items(chance(data.draw(st.integers())), instrument, total))
    assert score.total == total
    assert score.missing == 0
    assert bool(score.safety_flags) == (key == "phq9" and total > 24)


def test_the_safety_item_can_be_asked_for():
    answers = simulate_items(chance(1), registry.get("phq9"), 5, safety=1)
    assert (answers["item_9"], sum(answers.values())) == (1, 5)


@pytest.mark.parametrize(("total", "safety"), [(28, None), (-1, None), (0, 1), (27, 0), (5, 4)])
def test_a_total_that_no_answers_give_is_refused(total, safety):
    with pytest.raises(ValueError, match=r"phq9|PHQ-9"):
        simulate_items(chance(1), registry.get("phq9"), total, safety)
