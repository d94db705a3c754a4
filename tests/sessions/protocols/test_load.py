"""Reading a protocol: every mistake in it is named with file, key and reason."""

import pytest

from clinic.refusals import RefusedError
from sessions.protocol import Mark
from sessions.protocol_file import load, shipped

NAME = "mdma_ptsd.toml"


def changed(old: str, new: str) -> bytes:
    """The shipped file with its first `old` made `new`."""
    text = shipped()[NAME].decode()
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_protocol_loads_and_every_number_has_a_source(name):
    made = load(shipped()[name], file=name)
    parts = [
        *made.thresholds.values(), *made.visits, *made.doses, made.supplemental_window, made.vitals_clock,
        made.staffing, made.screening, made.gate, *made.gate.conditions, made.effects, made.discharge,
        made.check_ins, *made.alerts, *made.reports,
    ]  # fmt: skip
    assert all(part.source and part.mark in Mark for part in parts)


def test_the_course_is_the_published_one():
    made = load(shipped()[NAME], file=NAME)
    kinds = [visit.kind for visit in made.visits]
    assert (kinds.count("preparation"), kinds.count("dosing"), kinds.count("integration")) == (3, 3, 9)
    assert [(dose.initial_mg, dose.supplemental_mg) for dose in made.doses] == [
        (80, 40),
        (120, 60),
        (120, 60),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "mdma_ptsd"', 'key = "MDMA"', "mdma_ptsd.toml, column key: 'MDMA' must be lower-case"),
        ('edition = "1"', 'edition = "1"\ncolour = 1', "mdma_ptsd.toml, column colour: is not known here"),
        ("value = 140", 'value = "high"', "column thresholds.predose_systolic.value: must be a number from 0"),
        ('why = "Above', 'source2 = "x"\nwhy = "Above', "thresholds.predose_systolic.source2: is not known"),
        ('mark = "recalled"', 'mark = "rec?"', "thresholds.predose_systolic.mark: must be one of 'read'"),
        ('source = "rec"', 'source = "S999"', "thresholds.predose_systolic.source: must be one of"),
        ('anchor = "preparation1"', 'anchor = "dosing1"', "visits.preparation2.anchor: 'dosing1' is no visit"),
        ('key = "preparation2"', 'key = "preparation1"', "column visits: 'preparation1' stands there twice"),
        ("minutes = 120", "minutes = 0", "column visits[1].minutes: must be a whole number from 1"),
        ('staff = ["physician", "therapist"]', 'staff = ["dentist"]', "visits[1].staff: must be a list of roles"),
        ('visit = "dosing1"', 'visit = "baseline"', "doses.visit: there is no dosing visit 'baseline'"),
        ("total_mg = 120", "total_mg = 10", "doses.dosing1.total_mg: is less than the first dose"),
        ("to_minutes = 150", "to_minutes = 90", "supplemental_window.to_minutes: must lie after from_minutes"),
        ("[30, 60, 90", "[60, 30, 90", "vitals_clock.after_dose_minutes: must rise, each number once"),
        ("not_known_blocks = true", "not_known_blocks = 1", "screening.not_known_blocks: must be true or false"),
        ('kind = "consent"', 'kind = "horoscope"', "gate.conditions[2].kind: must be one of"),
        ('consent = "treatment"', "", "gate.conditions[2].consent: is missing"),
        ('systolic_at_most = "predose_systolic"', 'systolic_at_most = "none"', "there is no threshold 'none'"),
        ('key = "consent_treatment"', 'key = "eligible"', "gate.conditions: 'eligible' stands there twice"),
        ("within_hours = 168", "within_hours = 0", "within_hours: must be a whole number from 1 on"),
        ("[gate]", "[gate", "the protocol is not TOML"),
        ("[staffing]", "[staffing2]", "column staffing2: is not known here"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_key_and_reason(old, new, message):
    with pytest.raises(RefusedError) as refused:
        load(changed(old, new), file=NAME)
    assert message in str(refused.value)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(RefusedError, match="not UTF-8"):
        load(b"\xff\xfe", file=NAME)
