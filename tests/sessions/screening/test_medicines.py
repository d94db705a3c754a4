"""The table of medicines: what ships, and how a mistake in a file is named."""

import pytest

from clinic.refusals import RefusedError
from sessions.protocol import Mark
from sessions.screening.files import read
from sessions.screening.medicines import NONE, UNKNOWN, classes_of, substances_of, table
from tests.sessions.screening.limits import LIMITS

CLASSES = """
[[classes]]
key = "ssri"
label = "SSRI"
names = ["SSRI"]
action = "SIGN-OFF"
washout = "washout_half_lives"
sentence = "It blunts the effect."
source = ["S88", "S102"]
mark = "secondary"
"""
SUBSTANCES = """substances = [
  { key = "sertraline", also = [], brands = ["Zoloft"], classes = ["ssri"], half_life_h = 26, source = "PK1", mark = "read" },
]"""


@pytest.mark.parametrize("one", table().classes.values(), ids=lambda one: one.key)
def test_every_class_has_a_source_and_a_threshold_that_is_known(one):
    assert one.basis.source and one.basis.mark in Mark
    assert one.washout in {NONE, UNKNOWN, *LIMITS}
    assert one.after_dose in {"", *LIMITS}


@pytest.mark.parametrize("one", table().substances.values(), ids=lambda one: one.key)
def test_a_half_life_stands_only_with_its_source(one):
    assert (one.half_life_h is None) == (one.half_life_basis is None)
    assert one.washout in {"", *LIMITS}


def test_every_class_has_a_member():
    members = {key for one in table().substances.values() for key in one.classes}
    assert members == set(table().classes)


def test_a_substance_without_a_source_for_its_half_life_has_none():
    assert table().substances["fluvoxamine"].half_life_h is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'action = "SIGN-OFF"',
            'action = "CLEAR"',
            "small.toml, column classes[1].action: must be one of EXCLUDE",
        ),
        ('action = "SIGN-OFF"', "", "column classes[1].action: is missing"),
        ('mark = "secondary"', 'mark = "rec?"', "column classes[1].mark: must be one of 'read', 'secondary'"),
        ('mark = "secondary"', "", "column classes[1].mark: is missing"),
        ('source = ["S88", "S102"]', "", "column classes[1].source: is missing"),
        (
            'source = ["S88", "S102"]',
            "source = []",
            "column classes[1].source: must name at least one source",
        ),
        ('source = ["S88", "S102"]', 'source = "S1000"', "classes[1].source: 'S1000' is not in sources.toml"),
        ('names = ["SSRI"]', 'names = "SSRI"', "column classes[1].names: must be a list of texts"),
        ('label = "SSRI"', 'label = "SSRI"\ndays = 14', "column classes[1].days: is not known here"),
    ],
)
def test_a_mistake_in_a_class_is_named(old, new, message):
    assert old in CLASSES
    with pytest.raises(RefusedError) as refused:
        classes_of(read(CLASSES.replace(old, new, 1).encode(), file="small.toml"))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('classes = ["ssri"]', 'classes = ["snri"]', "substances[1].classes: 'snri' is not in classes.toml"),
        ('classes = ["ssri"]', "classes = []", "substances[1].classes: must name at least one"),
        ('source = "PK1", mark = "read"', 'mark = "read"', "substances[1].source: is missing"),
        ("half_life_h = 26, ", "", "substances[1].source: belongs to a half-life, and there is none"),
        ("half_life_h = 26", "half_life_h = 0", "substances[1].half_life_h: must be above 0"),
        ("half_life_h = 26", 'half_life_h = "26"', "substances[1].half_life_h: must be a number"),
        ('key = "sertraline"', 'key = "lithium"', "substances[1].key: lithium stands here twice"),
    ],
)
def test_a_mistake_in_a_substance_is_named(old, new, message):
    assert old in SUBSTANCES
    classes = classes_of(read(CLASSES.encode(), file="classes.toml"))
    with pytest.raises(RefusedError) as refused:
        substances_of(read(SUBSTANCES.replace(old, new, 1).encode(), file="small.toml"), classes, {"lithium"})
    assert message in str(refused.value)
