"""What an import would store and what it refuses, without a database."""

import csv
from decimal import Decimal

import pytest

from clinic.refusals import RefusedError
from tests.outcomes.imports.making import LONG, WIDE, planned, reasons
from tests.outcomes.imports.published import MAP_OF, MCRDS, SGDATA, published

HEADER = "id,when,what,value\n"


def value(made, *key, measure="total"):
    return made.sittings[key].values[measure]


def test_a_long_row_becomes_a_value_at_its_visit():
    made = planned(HEADER + "7,end,Mood,-1.50\n")
    assert value(made, "7", "week_18", "mood") == Decimal("-1.5")
    assert made.sittings["7", "week_18", "mood"].target.day == 126


def test_a_wide_row_becomes_a_value_a_visit():
    made = planned("id,sex,bdi_s0,bdi_s1\n7,male,33,\n", WIDE)
    assert [value(made, "7", visit, "bdi_ii") for visit in ("baseline", "session_1")] == [33, None]
    assert value(made, "7", "entry", "background", measure="sex") == "male"


def test_a_decimal_comma_is_read_where_the_map_says_so():
    european = LONG.replace('separator = ","', 'separator = ";"\ndecimal = ","')
    assert value(
        planned("id;when;what;value\n7;end;Mood;-1,50\n", european), "7", "week_18", "mood"
    ) == Decimal("-1.5")


def test_a_missing_mark_is_kept_as_missing_and_zero_as_zero():
    made = planned(HEADER + "7,start,Mood,NA\n8,start,Mood,0\n9,start,Mood,\n")
    assert (made.values, made.missing) == (1, 2)


def test_the_same_value_twice_is_counted_once():
    made = planned(HEADER + "7,end,Mood,1\n7,end,Mood,1.0\n")
    assert (made.values, made.repeated, made.refusals) == (1, 1, [])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "7,end,Mood,abc",
            "small.csv, line 2, column value: 'abc' is not a number with '.' as its decimal sign",
        ),
        ('7,end,Mood,"1,5"', "line 2, column value: '1,5' is not a number"),
        ("7,end,Mood,1 000", "line 2, column value: '1 000' is not a number"),
        ("7,end,Mood,nan", "line 2, column value: 'nan' is not a number"),
        ("7,end,Mood,1e99", "line 2, column value: '1e99' is too large"),
        ("7,end,Mood,-5.1", "line 2, column value: '-5.1' is below -5"),
        ("7,end,PHQ,28", "line 2, column value: '28' is above 27"),
        ("7,middle,Mood,1", "line 2, column when: the map has no visit 'middle'"),
        ("7,end,Height,1", "line 2, column what: the map has no instrument 'Height'"),
        (",end,Mood,1", "line 2, column id: the participant is missing"),
    ],
)
def test_a_bad_row_is_refused_with_line_column_and_reason(row, message):
    made = planned(HEADER + row + "\n")
    assert message in reasons(made)[0]
    assert not made.sittings


def test_another_value_for_the_same_participant_visit_and_measure_is_refused():
    made = planned(HEADER + "7,end,Mood,1\n7,end,Mood,2\n")
    assert reasons(made)[0].startswith(
        "small.csv, line 3, column value: '2' here, but '1' for the same participant"
    )


def test_a_row_is_taken_whole_or_not_at_all():
    made = planned("id,sex,bdi_s0,bdi_s1\n7,male,33,99\n8,robot,200,1\n", WIDE)
    assert [refusal.line for refusal in made.refusals] == [2, 3, 3]
    assert (made.refused_rows, made.participants) == (2, {})


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("id,when,what\n", "line 1, column value: the map needs this column"),
        ("id,when,what,value,extra\n", "line 1, column extra: the map does not say what this column means"),
    ],
)
def test_a_header_that_does_not_fit_the_map_is_refused(header, message):
    with pytest.raises(RefusedError) as refused:
        planned(header)
    assert message in str(refused.value)


def test_a_measure_that_does_not_exist_is_refused_before_any_row():
    with pytest.raises(RefusedError, match=r"no measure 'change' in an instrument 'phq9'"):
        planned(HEADER, LONG.replace('"total"', '"change"'))


def test_an_instrument_that_is_known_here_cannot_be_redefined():
    with pytest.raises(RefusedError, match=r"measures\.phq9: this instrument is known here"):
        planned(HEADER, LONG + '[measures.phq9]\ntotal = { label = "x" }\n')


DATED = LONG.replace("[columns]", '[columns]\ndate = "day"\ndate_format = "%d/%m/%Y"')


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2026-01-02", "is not a date written as %d/%m/%Y"),
        ("31/12/2026", "still to come"),
        ("31/02/2026", "is not a date"),
    ],
)
def test_a_wrong_date_is_refused(day, message):
    made = planned(f"id,when,what,value,day\n7,end,Mood,1,{day}\n", DATED)
    assert message in reasons(made)[0]


def test_two_dates_for_one_sitting_are_refused():
    made = planned("id,when,what,value,day\n7,end,Mood,1,01/02/2026\n7,end,Mood,1,02/02/2026\n", DATED)
    assert "line 3, column value: this visit was dated 2026-02-01" in reasons(made)[0]


@pytest.mark.parametrize(
    ("file", "values", "missing"), [(MCRDS, 24_024 + 12 * 219, 202), (SGDATA, 43 * 30, 0)]
)
def test_a_published_file_is_planned_whole(file, values, missing):
    made = planned(published(file).read_bytes(), MAP_OF[file].read_text(), file)
    with published(file).open(newline="") as source:
        assert made.rows == len(list(csv.reader(source))) - 1
    assert (made.values + made.missing, made.refusals) == (values, [])
    assert made.missing >= missing
