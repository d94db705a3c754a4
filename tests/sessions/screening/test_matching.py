"""What a written medicine is: names, brands, classes, salts; and a slip is suggested, never taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.screening.matching import by_class_name, by_name, match, one_slip, squashed
from sessions.screening.medicines import table

SUBSTANCES = table().substances.values()


@pytest.mark.parametrize(
    ("name", "substances"),
    [
        ("fluoxetine hydrochloride 20 mg", ["fluoxetine"]),
        ("Prozac", ["fluoxetine"]),
        ("EFFEXOR-XR 75mg", ["venlafaxine"]),
        ("St. John’s Wort", ["st_johns_wort"]),
        ("5-HTP 100 mg", ["htp_5"]),
        ("sam e", ["same"]),
        ("lithium carbonate 450 mg SR nocte", ["lithium"]),
        ("Sertraline 50", ["sertraline"]),
        ("  tramadol HCl 50mg bd prn", ["tramadol"]),
        ("Symbyax", ["fluoxetine", "olanzapine"]),
        ("Panadeine Forte", ["codeine"]),
        ("Nuedexta", ["quinidine", "dextromethorphan"]),
        ("fluoxetine + olanzapine", ["fluoxetine", "olanzapine"]),
    ],
)
def test_a_name_is_found_however_it_is_written(name, substances):
    found = match(name)
    assert [one.key for one in found.substances] == substances
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [("SSRI", "ssri"), ("an MAOI", "maoi_irreversible"), ("Beta-Blocker", "blood_pressure_medicine")],
)
def test_a_class_is_found_by_its_name(name, key):
    assert [one.key for one in match(name).classes] == [key]


@pytest.mark.parametrize("name", ["paracetamol", "", "???", "sodium", "20 mg", "x" * 500, "my pills"])
def test_what_nobody_knows_stays_unknown(name):
    found = match(name)
    assert not found.substances and not found.classes
    assert found.unknown == (name,)


def test_an_unknown_part_of_a_combination_stays_unknown():
    found = match("codeine/paracetamol")
    assert [one.key for one in found.substances] == ["codeine"]
    assert found.unknown == ("paracetamol",)


@pytest.mark.parametrize("name", ["sertralin", "sertaline", "setraline", "sertralline", "my sertraline"])
def test_a_slip_is_suggested_and_never_taken(name):
    found = match(name)
    assert not found.substances
    assert found.suggestions == ("sertraline",)


@pytest.mark.parametrize("one", SUBSTANCES, ids=lambda one: one.key)
def test_every_name_of_a_substance_finds_it(one):
    assert all(one in match(name).substances for name in one.names)
    assert all(one in match(f"{name.upper()} 10 mg tablets").substances for name in one.names)


def test_two_substances_share_a_name_only_where_a_brand_holds_both():
    shared = {key: [one.key for one in found] for key, found in by_name().items() if len(found) > 1}
    assert set(shared) == {"symbyax", "auvelity", "nuedexta"}


def test_no_class_is_called_like_a_substance():
    assert not set(by_name()) & set(by_class_name())


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [
        ("abc", "abc", False),
        ("abc", "abcd", True),
        ("bcd", "abcd", True),
        ("abc", "abd", True),
        ("abc", "acb", True),
        ("abcd", "badc", False),
        ("abc", "abcde", False),
        ("abc", "cba", False),
    ],
)
def test_one_slip_is_one_letter(first, second, slip):
    assert one_slip(first, second) is slip
    assert one_slip(second, first) is slip


@given(st.text(max_size=80))
def test_a_name_is_found_exactly_or_left_unknown(name):
    found = match(name)
    assert found.unknown or found.substances or found.classes
    assert bool(found.suggestions) <= bool(found.unknown)


@given(st.text(max_size=60))
def test_case_and_spaces_never_matter(name):
    assert squashed(f"  {name.upper()} ") == squashed(f"{name.upper().lower()}")
