"""Reading a map: every mistake in it is named with file, key and reason."""

import pytest

from clinic.refusals import RefusedError
from outcomes.imports.map_file import load
from tests.outcomes.imports.making import LONG, WIDE
from tests.outcomes.imports.published import MAPS


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_map_loads_and_names_its_licence(path):
    assert load(path.read_bytes(), file=path.name).licence


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[columns]", "colour = 1\n[columns]", "small.toml, column file.colour: is not known here"),
        ('shape = "long"', 'shape = "tall"', "small.toml, column shape: must be one of 'long', 'wide'"),
        ('name = "A small study"', "name = 3", "small.toml, column name: must be text"),
        ('participant = "id"', "", "small.toml, column columns.participant: is missing"),
        ('separator = ","', 'separator = "::"', "column file.separator: must be one of"),
        (
            'separator = ","',
            'separator = ","\ndecimal = ","',
            "file.separator: must differ from the decimal sign",
        ),
        ('missing = ["NA"]', 'missing = "NA"', "column file.missing: must be a list of texts"),
        ('"baseline"', '"Base line"', "column visits.start: 'Base line' must be lower-case"),
        ("day = 126", 'day = "x"', "column visits.end.day: must be a whole number of days"),
        ('visit = "when"', 'visit = "what"', "column columns.what: is given two meanings"),
        ('visit = "when"', "", "a long file needs the column of the visit, or of the date"),
        ('"mood"', "3", "column instruments: must be a table of names"),
        ("minimum = -5", 'minimum = "low"', "column measures.mood.total.minimum: must be a number"),
        ("minimum = -5", 'codes = ["=1+1"]', "begins with none of"),
        ("[visits]", "[[visits]]", "small.toml, column visits: must be a table"),
        ("[visits]", "[wide]\n[visits]", "column wide: does not belong to the long shape"),
    ],
)
def test_a_mistake_in_a_map_is_named(old, new, message):
    assert old in LONG
    with pytest.raises(RefusedError) as refused:
        load(LONG.replace(old, new, 1).encode(), file="small.toml")
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bdi_s{n}", "bdi_s", "column wide[1].pattern: must hold {visit} or {n} once"),
        ('pattern = "bdi_s{n}"', "", "column wide[1].column: give either column, with its visit, or pattern"),
        ('pattern = "bdi_s{n}"', 'column = "x"', "column wide[1].visit: is missing"),
        ("[visits]", "[values]\n[visits]", "column values: does not belong to the wide shape"),
        ('"background.sex"', '"background"', "column participant_values.sex"),
    ],
)
def test_a_mistake_in_a_wide_map_is_named(old, new, message):
    with pytest.raises(RefusedError) as refused:
        load(WIDE.replace(old, new, 1).encode(), file="small.toml")
    assert message in str(refused.value)


@pytest.mark.parametrize("content", [b"\xff", b"a = [", b"[" * 5000])
def test_what_is_not_toml_is_refused(content):
    with pytest.raises(RefusedError, match=r"small\.toml: the map is not"):
        load(content, file="small.toml")
