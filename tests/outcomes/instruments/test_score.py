"""How every instrument turns answers into a score."""

import os
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.instruments import registry
from outcomes.instruments.base import AnswerError, Kind, Reason
from outcomes.instruments.scoring import sum_of_items

QUESTIONNAIRES = [registry.get(key) for key in ("phq9", "gad7", "pcl5")]
SUMMED = [i for i in registry.all() if i.scoring is sum_of_items and i.low is not None]
WITH_RANGE = [instrument for instrument in registry.all() if instrument.low is not None]


def answers_of(instrument):
    """Any valid sitting, answers missing included."""
    return st.fixed_dictionaries(
        {
            item.key: st.none() | st.sampled_from(range(item.low, item.high + 1, int(item.step)))
            for item in instrument.items
        }
    )


@given(st.data())
def test_a_total_stays_in_the_range_of_its_instrument(data):
    instrument = data.draw(st.sampled_from(SUMMED))
    score = instrument.score(data.draw(answers_of(instrument)))
    assert score.total is None or instrument.low <= score.total <= instrument.high


@given(st.data())
def test_missing_answers_are_never_counted_as_0(data):
    instrument = data.draw(st.sampled_from(QUESTIONNAIRES))
    answers = data.draw(answers_of(instrument))
    score = instrument.score(answers)
    if score.missing > instrument.missing_rule.at_most:
        assert (score.total, score.band, score.reason) == (None, None, Reason.TOO_MANY_MISSING)
    elif score.missing:
        given_sum = sum(v for k, v in answers.items() if v is not None and instrument.item(k).scored)
        assert score.prorated
        assert score.total >= given_sum


@given(st.data())
def test_one_point_more_never_gives_a_lower_total_or_band(data):
    instrument = data.draw(st.sampled_from(QUESTIONNAIRES))
    answers = {item.key: data.draw(st.integers(item.low, item.high)) for item in instrument.items}
    raised = next((i.key for i in instrument.scored_items if answers[i.key] < i.high), None)
    before = instrument.score(answers)
    after = instrument.score(answers | {raised: answers[raised] + 1}) if raised else before
    assert after.total >= before.total
    assert not before.band or after.band.low >= before.band.low


@pytest.mark.parametrize("instrument", WITH_RANGE, ids=lambda i: i.key)
def test_bands_cover_the_range_without_gap_or_overlap(instrument):
    if instrument.bands:
        assert instrument.bands[0].low == instrument.low
        assert instrument.bands[-1].high == instrument.high
        for band, following in zip(instrument.bands, instrument.bands[1:], strict=False):
            assert band.high + 1 == following.low


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_bands_name_their_scheme_and_source(instrument):
    banded = bool(instrument.bands or instrument.subscale_bands)
    assert banded == bool(instrument.scheme) == bool(instrument.bands_source)


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_nothing_answered_has_no_total(instrument):
    score = instrument.score({})
    assert score.total is None
    assert str(score.reason_text)


@pytest.mark.parametrize("value", [True, False, "2", 1.0, [], Decimal("NaN"), Decimal("Infinity")])
def test_an_answer_that_is_not_a_number_is_refused_by_name(value):
    with pytest.raises(AnswerError, match="phq9 item_4: Answer with a number"):
        registry.get("phq9").score({"item_4": value})


@pytest.mark.parametrize("value", [-1, 4, 10**30, Decimal("3.1")])
def test_an_answer_out_of_range_is_refused_by_name(value):
    with pytest.raises(AnswerError, match="gad7 item_2: Answer must be from 0 to 3"):
        registry.get("gad7").score({"item_2": value})


def test_half_a_point_is_refused():
    with pytest.raises(AnswerError, match="pcl5 item_20: Answer must be in steps of 1"):
        registry.get("pcl5").score({"item_20": Decimal("1.5")})


def test_every_wrong_answer_is_told_at_once():
    with pytest.raises(AnswerError) as caught:
        registry.get("phq9").score({"item_1": 9, "item_2": "x", "item_11": 1})
    assert list(caught.value.errors) == ["item_11", "item_1", "item_2"]


def test_subscales_and_criteria_wait_for_all_their_items():
    score = registry.get("pcl5").score({f"item_{n}": 2 for n in range(2, 21)})
    assert score.subscales == {"B": None, "C": 4, "D": 14, "E": 12}
    assert score.criteria == {"provisional_ptsd": None}


def test_a_total_without_its_items_gets_the_same_band():
    score = registry.get("phq9").score_total(19)
    assert (score.total, score.band.key, score.scheme) == (19, "moderately_severe", "PHQ-9 severity")


@pytest.mark.parametrize("total", [28, -1, "19", True])
def test_a_total_out_of_range_is_refused(total):
    with pytest.raises(AnswerError, match="phq9 total: Answer"):
        registry.get("phq9").score_total(total)


def test_a_missing_total_is_not_0():
    assert registry.get("caps5").score({"total": None}).total is None
    assert registry.get("caps5").score({"total": 0}).total == 0


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_a_choice_offers_exactly_the_values_of_its_range(instrument):
    for item in instrument.items:
        if item.kind in (Kind.CHOICE, Kind.YES_NO):
            assert sorted(option.value for option in item.options) == list(
                range(item.low, item.high + 1, int(item.step))
            )


def test_scoring_needs_no_settings_and_no_database():
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    code = (
        "from outcomes.instruments import registry; print(registry.get('who5').score(dict.fromkeys("
        "('item_1', 'item_2', 'item_3', 'item_4', 'item_5'), 3)).total)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True).stdout
        == "60\n"
    )
