"""The files of rules: how a mistake is named, and that no number stands in them."""

import re

import pytest

from clinic.refusals import RefusedError
from sessions.screening.files import HERE, read
from sessions.screening.rules import rules, rules_of

SMALL = """
[[rules]]
key = "weight"
row = "weight"
factor = "weight"
below = "minimum_weight"
action = "EXCLUDE"
sentence = "The weight is {value}; the limit is {limit}."
source = "rec"
mark = "recalled"
[[rules]]
key = "seizures"
row = "seizure"
factor = "seizure_history"
one_of = ["present"]
action = { clinic = "SIGN-OFF", trial = "EXCLUDE" }
sentence = "A seizure is recorded."
source = ["rec", "S88"]
mark = "recalled"
"""


def test_the_rules_have_a_version():
    assert rules().version


@pytest.mark.parametrize("path", sorted((HERE / "rules").glob("*.toml")), ids=lambda path: path.stem)
def test_no_rule_holds_a_bare_number(path):
    assert not re.findall(r"= *-?\d", path.read_text())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "weight"', 'key = "age"', "small.toml, column rules[1].key: age stands here twice"),
        ('factor = "weight"', 'factor = "height"', "column rules[1].factor: 'height' is not in the catalogue"),
        ('below = "minimum_weight"', "", "column rules[1].factor: exactly one of one_of, any_of"),
        ('below = "minimum_weight"', 'below = "a"\nabove = "b"', "column rules[1].factor: exactly one of"),
        ('below = "minimum_weight"', 'one_of = ["a"]', "rules[1].one_of: cannot be asked of weight, which is answered by number"),
        ('below = "minimum_weight"', "below = 48", "rules[1].below: must name a threshold, or one for each of female, male"),
        ('below = "minimum_weight"', 'below = "48"', "rules[1].below: must name a threshold of the protocol"),
        ('below = "minimum_weight"', 'below = { male = "a" }', "rules[1].below: must name a threshold, or one for each"),
        ('one_of = ["present"]', 'one_of = ["maybe"]', "rules[2].one_of: 'maybe' is no answer of seizure_history"),
        ('"seizure_history"\none_of = ["present"]', '"transport"\none_of = ["not_arranged"]', "leaves the question open"),
        ('action = "EXCLUDE"', 'action = "exclude"', "rules[1].action: must be one of EXCLUDE, SIGN-OFF, CAUTION"),
        ('{ clinic = "SIGN-OFF", trial = "EXCLUDE" }', '{ clinic = "SIGN-OFF" }', "one for each of clinic, trial"),
        ("{limit}", "{limits}", "rules[1].sentence: {limits} is not known here"),
        ("; the limit is {limit}", "", "rules[1].sentence: must say {limit}, for the rule rests on it"),
        ("A seizure is", "{limit} is", "rules[2].sentence: {limit} is not known here"),
        ('source = "rec"', "", "column rules[1].source: is missing"),
        ('source = "rec"', 'source = "hearsay"', "rules[1].source: 'hearsay' is not in sources.toml"),
        ('mark = "recalled"', 'mark = "rec?"', "column rules[1].mark: must be one of 'read', 'secondary'"),
        ('mark = "recalled"', 'mark = "null"', "column rules[1].mark: must be one of 'read', 'secondary'"),
        ('row = "weight"', 'row = "weight"\nlimit = 48', "column rules[1].limit: is not known here"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rule_is_named(old, new, message):
    assert old in SMALL
    with pytest.raises(RefusedError) as refused:
        rules_of(read(SMALL.replace(old, new, 1).encode(), file="small.toml"), {"age"})
    assert message in str(refused.value)
