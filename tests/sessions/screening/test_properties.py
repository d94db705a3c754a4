"""What must hold of any findings: more of them never loosen, what is unknown never counts, and order is nothing."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sessions.screening.catalogue import NOT_GIVEN, Factor, Kind, catalogue
from sessions.screening.evaluate import Finding, Medicine, Person, Verdict, blocking, evaluate, strictest
from sessions.screening.medicines import table
from sessions.screening.results import Result
from sessions.screening.rules import rules
from sessions.screening.verdicts import STRICTNESS
from tests.sessions.screening.cases import AT, DOSING
from tests.sessions.screening.limits import LIMITS, Plan

RULED = sorted({one.factor for one in rules().rules} - {"age"})
FACTORS = catalogue().factors
PLAN = Plan(
    required=dict.fromkeys(("qtc", "weight", "bipolar_disorder", "psychotic_disorder", "expectancy"), 30)
)
ACTIONS = (Verdict.EXCLUDE, Verdict.SIGN_OFF, Verdict.CAUTION)


def values_of(factor: Factor) -> st.SearchStrategy[object]:
    """Values of a factor, answers that are none, and rubbish."""
    options = [one.value for one in factor.options]
    number = st.integers(int(factor.minimum or 0), int(factor.maximum or 1))
    fitting: dict[Kind, st.SearchStrategy[object]] = {
        Kind.CHOICE: st.sampled_from(options or [""]),
        Kind.MANY: st.lists(st.sampled_from(options or [""]), max_size=3),
        Kind.NUMBER: st.builds(
            lambda one: {"value": one, "formula": "bazett"} if factor.fields else one, number
        ),
        Kind.PRESSURES: st.lists(st.tuples(st.integers(100, 200), st.integers(50, 99)), max_size=3),
        Kind.DATE: st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)).map(str),
        Kind.SCORE: number.map(lambda one: {"instrument": factor.instruments[0], "total": one}),
        Kind.TEXT: st.text(),
    }
    return fitting[factor.kind] | st.sampled_from([*NOT_GIVEN, "", "?"]) | st.none()


@st.composite
def one_finding(draw: st.DrawFn, number: int, earlier: int = 0) -> Finding:
    factor = FACTORS[draw(st.sampled_from(RULED))]
    age = draw(st.integers(-3, 60))
    replaces = str(draw(st.integers(0, earlier - 1))) if earlier and draw(st.booleans()) else None
    value = draw(values_of(factor))
    return Finding(str(number), factor.key, value, AT - dt.timedelta(days=age), "interview", replaces)


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    """Some findings, a few of which correct earlier ones."""
    return [draw(one_finding(number, number)) for number in range(draw(st.integers(0, 8)))]


NAMES = sorted(name for one in table().substances.values() for name in one.names)
PEOPLE = st.builds(
    Person, st.sampled_from(["female", "male", "intersex", "not-stated"]), st.none() | st.integers(10, 90)
)
MEDICINES = st.lists(
    st.builds(
        Medicine,
        id=st.uuids().map(str),
        name=st.sampled_from(NAMES) | st.text(max_size=12),
        last_taken_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        planned_stop_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        stopped=st.booleans(),
        cleared=st.booleans(),
    ),
    max_size=4,
)


def judged(
    some: list[Finding], person: Person, medicines: list[Medicine] | None = None
) -> tuple[Result, ...]:
    return evaluate(
        findings=some,
        medicines=medicines or [],
        person=person,
        screening=PLAN,
        thresholds=LIMITS,
        at=AT,
        dosing_on=DOSING,
    )


@given(findings(), one_finding(99), PEOPLE)
def test_one_more_finding_never_loosens_what_a_rule_says(some, more, person):
    before, after = judged(some, person), judged([*some, more], person)
    still = {(one.rule, one.verdict): set(one.rests_on) for one in after}
    for one in before:
        if one.verdict in ACTIONS:
            assert set(one.rests_on) <= still[one.rule, one.verdict]


@given(findings(), one_finding(99), PEOPLE)
def test_one_more_finding_never_loosens_the_decision_but_by_answering_what_was_missing(some, more, person):
    before, after = strictest(judged(some, person)), strictest(judged([*some, more], person))
    loosened = STRICTNESS.index(after) > STRICTNESS.index(before)
    assert not loosened or before is Verdict.NOT_KNOWN


@given(findings(), st.sampled_from(RULED), st.sampled_from(list(NOT_GIVEN)), PEOPLE)
def test_an_answer_that_is_none_never_counts_as_clear(some, factor, answer, person):
    asked = Finding("99", factor, answer, AT, "self-report")
    found = judged([*some, asked], person)
    about = [one for one in found if one.factors == (factor,)]
    assert not [one for one in about if one.verdict is Verdict.CLEAR]
    assert Verdict.NOT_KNOWN in {one.verdict for one in about}


@given(findings(), PEOPLE)
def test_nothing_is_clear_without_a_finding_that_answers(some, person):
    for one in judged(some, person):
        if one.verdict is Verdict.CLEAR:
            assert one.rests_on


@given(findings(), PEOPLE, MEDICINES, st.randoms(use_true_random=False))
def test_the_order_of_entry_is_nothing(some, person, medicines, random):
    mixed, others = list(some), list(medicines)
    random.shuffle(mixed)
    random.shuffle(others)
    assert judged(mixed, person, others) == judged(some, person, medicines)


@given(findings(), PEOPLE, MEDICINES)
def test_every_exclusion_blocks_and_every_medicine_gives_a_result(some, person, medicines):
    found = judged(some, person, medicines)
    assert {one for one in found if one.verdict is Verdict.EXCLUDE} <= set(blocking(found, PLAN))
    assert {one.id for one in medicines} <= {part for one in found for part in one.rests_on}


@given(MEDICINES, PEOPLE)
def test_one_more_medicine_never_loosens(medicines, person):
    before = judged([], person, medicines[1:])
    assert set(before) <= set(judged([], person, medicines))


@given(st.sampled_from(RULED), PEOPLE, st.data())
def test_a_correction_of_the_strict_finding_may_loosen(factor, person, data):
    value = data.draw(values_of(FACTORS[factor]))
    strict = Finding("1", factor, value, AT, "interview")
    corrected = Finding("2", factor, "unknown", AT, "interview", "1")
    about = [one for one in judged([strict, corrected], person) if one.factors == (factor,)]
    assert {one.verdict for one in about} == {Verdict.NOT_KNOWN}
