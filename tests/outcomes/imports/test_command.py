"""`manage.py import_outcomes`: dry runs, refused rows in a file, and messages that say what to do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clinic.models import Programme
from clinic.permissions import Role
from clinic.rows import rows_of
from outcomes.models import Assessment, ImportedFile
from tests import make
from tests.outcomes.imports.making import LONG

HEADER = "id,when,what,value\n"


@pytest.fixture
def bring(site, tmp_path):
    """Run the command on a small text; gives what it says."""

    def run(text: str, **options) -> str:
        (tmp_path / "small.toml").write_text('programme = "SMALL"\n' + LONG)
        (tmp_path / "small.csv").write_text(text)
        out = StringIO()
        given = {"map": tmp_path / "small.toml", "verbosity": 0, "stdout": out} | options
        call_command("import_outcomes", str(tmp_path / "small.csv"), **given)
        return out.getvalue()

    return run


def count(site, model) -> int:
    with rows_of([site.pk]):
        return model.objects.count()


def test_the_programme_of_the_map_is_made_where_it_is_not(bring, site):
    assert "Programme SMALL at Harbour." in bring(HEADER + "7,start,Mood,1\n")
    assert count(site, Assessment) == 1


def test_a_dry_run_says_what_would_happen_and_stores_nothing(bring, site):
    said = bring(HEADER + "7,start,Mood,1\n", dry_run=True)
    assert "1 participants and 1 assessments would be added" in said
    assert (count(site, ImportedFile), count(site, Programme)) == (0, 0)


def test_a_bad_row_stops_the_import_with_line_and_reason(bring, site):
    with pytest.raises(
        CommandError, match=r"small.csv, line 2, column value: 'x' is not a number[^\n]*\nNothing was"
    ):
        bring(HEADER + "7,start,Mood,x\n")
    assert count(site, Programme) == 0


def test_skipped_rows_are_written_beside_the_file(bring, tmp_path):
    bring(HEADER + "7,start,Mood,x\n8,start,Mood,1\n", skip_bad_rows=True)
    lines = (tmp_path / "small.csv.refused.csv").read_text().splitlines()
    assert lines[0] == "line,column,reason,id,when,what,value"
    assert lines[1].endswith(",7,start,Mood,x")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": "nobody@harbour.example"}, "There is no account nobody@harbour.example"),
        ({"by": "therapist@harbour.example"}, "may not import outcome data"),
        ({"site": "moon"}, "There is no site moon"),
    ],
)
def test_who_may_not_import_is_told_so(bring, therapist, options, words):
    with pytest.raises(CommandError, match=words):
        bring(HEADER + "7,start,Mood,1\n", **options)


def test_a_role_for_another_programme_imports_nothing_here(bring, site, programme):
    make.role(make.user("one@harbour.example"), Role.COORDINATOR, site, programme)
    with pytest.raises(CommandError, match="may not import into SMALL"):
        bring(HEADER + "7,start,Mood,1\n", by="one@harbour.example")


def test_a_file_that_is_not_there_is_named(site, tmp_path):
    (tmp_path / "small.toml").write_text('programme = "SMALL"\n' + LONG)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_outcomes", "nowhere.csv", map=tmp_path / "small.toml", verbosity=0)
