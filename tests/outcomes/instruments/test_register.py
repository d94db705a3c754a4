"""Which instruments there are, and what an unknown key gives."""

from decimal import Decimal

import pytest

from outcomes.instruments import registry
from outcomes.instruments.base import AnswerError
from outcomes.instruments.basis import sources
from outcomes.instruments.licences import licences
from outcomes.instruments.score_only import score_only


def test_the_keys_are_those_exports_were_written_with():
    # Keys name variables in exports: what is new comes after these.
    known = [
        "phq9", "gad7", "pcl5", "daily_checkin", "caps5", "bdi_ii", "sheehan_sds", "isi", "madrs", "k10",
        "who5", "dass21_depression", "dass21_anxiety", "dass21_stress", "phq2", "gad2", "pc_ptsd5",
        "cssrs_screener", "audit", "audit_c", "dast10", "sds_gossop", "pq16", "pq_b", "mdq", "des_b",
        "k10_us", "k6", "dass21", "promis_cog_4a", "promis_cog_8a", "pdq5", "meq30", "ace10",
    ]  # fmt: skip
    assert [instrument.key for instrument in registry.all()][: len(known)] == known


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


def test_every_definition_has_its_licence_line_and_every_line_its_definition():
    assert set(licences()) == {key for key, _version in registry.VERSIONS}


def bases_of(instrument):
    """Every mark that stands beside a figure of an instrument."""
    figures = [*instrument.cutoffs, *instrument.criteria.values(), *instrument.derived.values()]
    found = [instrument.basis, instrument.missing_rule.basis, instrument.text_licence.basis]
    found += [figure.basis for figure in figures]
    return [*found, *filter(None, (instrument.bands_basis, instrument.change_basis))]


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_every_figure_carries_a_known_mark(instrument):
    for basis in bases_of(instrument):
        assert basis.marks, instrument.key
        assert [mark for mark in basis.marks if mark not in sources()] == []


def test_no_mark_says_that_we_are_not_sure():
    assert not [mark for mark in sources() if "?" in mark or mark == "null"]


# Codes that were read in a source, and no others: what is only remembered stays empty.
LOINC = {
    "phq9": ("44249-1", "44261-6"), "phq2": (None, "55758-7"), "gad7": ("69737-5", "70274-6"),
    "audit_c": ("72109-2", "75626-2"), "dast10": (None, "82667-7"),
}  # fmt: skip
ITEM_CODES = {"phq9": 10, "phq2": 2, "gad7": 2, "gad2": 2, "audit_c": 2, "cssrs_screener": 7, "ace10": 8}


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_a_code_stands_only_where_it_was_read(instrument):
    codes = (instrument.loinc_panel, instrument.loinc_total)
    assert codes == LOINC.get(instrument.key, (None, None))
    assert sum(item.loinc is not None for item in instrument.items) == ITEM_CODES.get(instrument.key, 0)


def test_no_instrument_has_a_code_that_public_examples_mix_up():
    wrong = {"76504-0", "68517-2", "71969-0", "65625-0", "LA6572-7", "69725-1"}
    used = {item.loinc for instrument in registry.all() for item in instrument.items}
    used |= {
        code for instrument in registry.all() for code in (instrument.loinc_panel, instrument.loinc_total)
    }
    assert not used & wrong


def test_two_instruments_called_sds_have_two_keys():
    assert registry.get("sheehan_sds").high == 30 and registry.get("sds_gossop").high == 15
