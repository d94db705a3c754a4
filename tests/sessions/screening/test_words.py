"""The words: nobody is told that all is well, and nobody is told to end a medicine."""

import datetime as dt
import re
from functools import cache
from itertools import product

import pytest

from sessions.screening.catalogue import NOT_GIVEN, catalogue
from sessions.screening.medicine_results import medicine_results
from sessions.screening.medicines import table
from sessions.screening.rules import rules
from sessions.screening.verdicts import LABELS, sources
from tests.sessions.screening.cases import CASES, DOSING, finding, medicine, results
from tests.sessions.screening.limits import LIMITS

SOOTHING = re.compile(
    r"\b(safe|safely|safety|unsafe|clear|cleared|all clear|low[ -]risk|no risk|harmless|risk[ -]free|fine|healthy)\b",
    re.I,
)
ORDERS = re.compile(
    r"\b(you should|you must|should stop|must stop|stop|stops|stopped|stopping|discontinue|quit|come off|taper off|"
    r"reduce your|do not take|don't take|cease)\b",
    re.I,
)
LAST = dt.date(2026, 6, 1)
STATES = [
    {"last_taken_on": last, "planned_stop_on": planned, "stopped": stopped, "cleared": cleared}
    for last, planned, stopped, cleared in product((None, LAST), (None, LAST), (True, False), (True, False))
]


def catalogue_words() -> list[str]:
    factors = catalogue().factors.values()
    options = [one.label for factor in factors for one in (*factor.options, *factor.fields)]
    texts = [text for one in factors for text in (one.label, one.question, one.hint, one.never)]
    return [
        *texts,
        *options,
        *(one.label for one in catalogue().groups),
        *NOT_GIVEN.values(),
        *map(str, LABELS.values()),
    ]


def rule_words() -> list[str]:
    classes = table().classes.values()
    return [
        *(one.sentence for one in rules().rules),
        *(text for one in classes for text in (one.label, one.sentence)),
    ]


def result_words() -> list[str]:
    """Every sentence that findings can come to: triggered, not triggered, open, outdated."""
    values = [
        (factor, value) for factor, yes, no, _verdict in CASES.values() for value in (yes, no, "unknown", "?")
    ]
    return [one.sentence for factor, value in values for one in results(finding(factor, value))]


@cache
def medicine_words() -> list[str]:
    """Every sentence that a medicine can come to, in every state, with and without a dosing day."""
    names = [one.name for one in table().substances.values()] + ["zzyzx", "setraline", "SSRI"]
    days = (None, DOSING, DOSING + dt.timedelta(days=90))
    return [
        one.sentence
        for state, day in product(STATES, days)
        for one in medicine_results([medicine(name, **state) for name in names], LIMITS, day, "MDMA")
    ]


@pytest.mark.parametrize("words", [catalogue_words, rule_words, result_words, medicine_words])
def test_no_word_soothes(words):
    assert not [text for text in words() if SOOTHING.search(text)]


@pytest.mark.parametrize("words", [catalogue_words, rule_words, result_words, medicine_words])
def test_no_word_tells_anyone_to_end_a_medicine(words):
    assert not [text for text in words() if ORDERS.search(text)]


def test_every_sentence_about_a_known_medicine_leaves_its_change_to_the_prescriber():
    known = [text for text in medicine_words() if "unknown, ask. It is not in the table" not in text]
    assert known and all(text.endswith("Any change to it is the prescriber's decision.") for text in known)


def test_no_source_stands_unused():
    used = " ".join(
        [one.basis.source for one in (*rules().rules, *table().classes.values())]
        + [one.half_life_basis.source for one in table().substances.values() if one.half_life_basis]
    )
    assert not [text for text in sources().values() if text not in used]
