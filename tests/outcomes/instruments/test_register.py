"""Which instruments there are, and what an unknown key gives."""

from decimal import Decimal

import pytest

from outcomes.instruments import registry
from outcomes.instruments.base import AnswerError
from outcomes.instruments.score_only import score_only


def test_the_keys_are_those_exports_were_written_with():
    # Keys name variables in exports: add to this list, never change it.
    assert [instrument.key for instrument in registry.all()] == [
        "phq9", "gad7", "pcl5", "daily_checkin", "caps5", "bdi_ii", "sheehan_sds", "isi", "madrs", "k10",
        "who5", "dass21_depression", "dass21_anxiety", "dass21_stress",
    ]  # fmt: skip


def test_an_unknown_key_says_which_are_known():
    with pytest.raises(registry.UnknownInstrumentError, match=r"no instrument 'phq-9'. Known: phq9, gad7"):
        registry.get("phq-9")


def test_another_version_is_not_passed_off_as_this_one():
    with pytest.raises(registry.UnknownInstrumentError, match="phq9 has version 1, not '0'"):
        registry.get("phq9", "0")


def test_an_imported_measure_is_found_again_by_its_version():
    stored = registry.measure("ryff_autonomy", "Autonomy")
    assert registry.get(stored.key, stored.version).score({"total": Decimal("-1.606")}).total == Decimal(
        "-1.606"
    )


def test_an_import_of_a_known_measure_gets_its_range():
    with pytest.raises(AnswerError, match="caps5 total: Answer must be from 0 to 80"):
        registry.measure("caps5").score({"total": 81})


@pytest.mark.parametrize("key", ["", "Mood", "positive relations", "1x", "a" * 64, "x;drop", "é"])
def test_a_key_that_cannot_name_a_variable_is_refused(key):
    with pytest.raises(ValueError, match="cannot be a measure"):
        score_only(key)


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_every_instrument_says_licence_source_and_recall(instrument):
    assert all(str(text).strip() for text in (instrument.licence, instrument.source, instrument.recall))


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_a_published_change_has_its_source(instrument):
    known = instrument.reliable_change is not None or instrument.meaningful_change is not None
    assert known == bool(instrument.change_source)


def test_item_keys_are_unique_in_each_instrument():
    for instrument in registry.all():
        keys = [item.key for item in instrument.items]
        assert len(keys) == len(set(keys))
