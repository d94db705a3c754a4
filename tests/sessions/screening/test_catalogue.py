"""The catalogue of factors: what ships, and how a mistake in a file is named."""

import pytest

from clinic.refusals import RefusedError
from sessions.screening.catalogue import NOT_GIVEN, Kind, Origin, catalogue, group_of
from sessions.screening.files import read

# Every factor that the screening must be able to record, by group.
ASKED = {
    "mental_health": (
        "psychotic_disorder bipolar_disorder dissociative_identity_disorder ptsd_dissociative_subtype "
        "personality_disorder eating_disorder suicidal_ideation_month suicidal_behaviour depression anxiety_disorder "
        "family_psychosis_bipolar"
    ),
    "physical": (
        "blood_pressure qtc ecg_rhythm cardiovascular_disease liver_disease kidney_disease hyponatraemia_history "
        "hyperthermia_history seizure_history thyroid diabetes glaucoma weight pregnancy lactation allergies age"
    ),
    "genetics_and_biomarkers": "cyp2d6 httlpr_5 sodium alt oxytocin",
    "dosage_and_frequency": (
        "mdma_lifetime mdma_last_on psychedelics_lifetime other_substances dependence_score dast10_score audit_c_score "
        "urine_drug_screen outside_source outside_test"
    ),
    "set_and_setting": "expectancy intention fears housing support_person ongoing_trauma transport escort first_night",
    "cognition": "cognitive_complaints cognition_score cognition_test",
}
SMALL = """
group = "physical"
label = "Physical health"
[[factors]]
key = "weight"
label = "Weight"
question = "What does the person weigh?"
kind = "number"
sources = ["measurement"]
unit = "kg"
minimum = 20
maximum = 350
[[factors]]
key = "thyroid"
label = "Thyroid"
question = "Is it overactive?"
kind = "choice"
sources = ["interview"]
options = { never = "Not endorsed", present = "Yes" }
unendorsed = "never"
"""


@pytest.mark.parametrize("group", ASKED)
def test_every_factor_that_matters_is_in_its_group(group):
    found = {one.key: {factor.key for factor in one.factors} for one in catalogue().groups}
    assert set(ASKED[group].split()) <= found[group]


def test_the_catalogue_has_a_version():
    assert catalogue().version


def test_a_qtc_names_its_formula_and_a_laboratory_value_its_method_and_range():
    factors = catalogue().factors
    assert [field.key for field in factors["qtc"].fields] == ["formula"]
    assert [field.key for field in factors["sodium"].fields] == ["method", "reference_low", "reference_high"]


def test_an_unstated_sex_is_asked_what_only_one_sex_is():
    pregnancy = catalogue().factors["pregnancy"]
    asked = [sex for sex in ("female", "male", "intersex", "not-stated") if pregnancy.applies_to(sex)]
    assert asked == ["female", "intersex", "not-stated"]


@pytest.mark.parametrize("factor", catalogue().factors.values(), ids=lambda one: one.key)
def test_a_score_is_from_an_instrument_and_a_reading_is_measured(factor):
    assert (factor.kind is not Kind.SCORE) or factor.sources == (Origin.INSTRUMENT,)
    assert (factor.kind is not Kind.PRESSURES) or Origin.MEASUREMENT in factor.sources


@pytest.mark.parametrize("factor", catalogue().factors.values(), ids=lambda one: one.key)
def test_no_option_shadows_an_answer_that_is_not_given(factor):
    assert not {one.value for one in factor.options} & set(NOT_GIVEN)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('group = "physical"', 'group = "moods"', "small.toml, column group: must be one of 'mental_health'"),
        (
            'label = "Physical',
            'colour = "red"\nlabel = "Physical',
            "small.toml, column colour: is not known here",
        ),
        ('key = "weight"', 'key = "Weight"', "column factors[1].key: 'Weight' must be lower-case letters"),
        ('key = "thyroid"', 'key = "weight"', "column factors[2].key: weight stands here twice"),
        ('key = "thyroid"', 'key = "sodium"', "column factors[2].key: sodium stands here twice"),
        ('question = "Is it overactive?"', "", "column factors[2].question: is missing"),
        ('kind = "number"', 'kind = "numbers"', "column factors[1].kind: must be one of 'choice', 'many'"),
        ('kind = "number"', 'kind = "date"', "column factors[1].unit: is not known here"),
        (
            '["measurement"]',
            '["hearsay"]',
            "factors[1].sources: must be one of 'self-report'",
        ),
        ('["measurement"]', "[]", "column factors[1].sources: must name at least one"),
        ('["measurement"]', '["record", "record"]', "column factors[1].sources: names something twice"),
        ("maximum = 350", "maximum = 20", "column factors[1].maximum: must be above the minimum"),
        ("minimum = 20", "minimum = true", "column factors[1].minimum: must be a number"),
        ('unit = "kg"', "", "column factors[1].unit: is missing"),
        (
            'unit = "kg"',
            'unit = "kg"\ndecimals = 9',
            "factors[1].decimals: must be a whole number from 0 to 4",
        ),
        ('unit = "kg"', 'unit = "kg"\nsex = "both"', "factors[1].sex: must be one of 'female', 'male'"),
        ('unit = "kg"', 'unit = "kg"\noptional = "no"', "factors[1].optional: must be true or false"),
        (
            'unendorsed = "never"',
            'unendorsed = "none"',
            "factors[2].unendorsed: 'none' is none of the options",
        ),
        ('unendorsed = "never"', 'open = ["maybe"]', "factors[2].open: 'maybe' is none of the options"),
        ("{ never", "{ declined", "factors[2].options: 'declined' belongs to every factor"),
        ("{ never", '{ "a b"', "factors[2].options: 'a b' must be lower-case letters"),
        (
            'options = { never = "Not endorsed", present = "Yes" }',
            "",
            "column factors[2].options: is missing",
        ),
        ('kind = "choice"', 'kind = "score"', "column factors[2].options: is not known here"),
    ],
)
def test_a_mistake_in_a_file_is_named(old, new, message):
    small = SMALL.replace('unendorsed = "never"\n', "") if new.startswith("{ declined") else SMALL
    assert old in small
    with pytest.raises(RefusedError) as refused:
        group_of(read(small.replace(old, new, 1).encode(), file="small.toml"), {"sodium"})
    assert message in str(refused.value)


def test_a_score_without_its_instrument_is_refused():
    score = SMALL.replace('kind = "number"', 'kind = "score"').replace('unit = "kg"\n', "")
    with pytest.raises(RefusedError, match="a score needs the instrument it comes from"):
        group_of(read(score.encode(), file="small.toml"), set())


@pytest.mark.parametrize(("content", "message"), [(b"\xff", "is not UTF-8 text"), (b"key = ", "is not TOML")])
def test_a_file_that_is_no_toml_is_named(content, message):
    with pytest.raises(RefusedError, match=f"small.toml: {message}"):
        read(content, file="small.toml")
