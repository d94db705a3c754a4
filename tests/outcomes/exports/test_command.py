"""`manage.py export_outcomes`: what it refuses, and what a profile lets out."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from clinic.models import AccessEvent, Allocation
from clinic.permissions import Role
from clinic.rows import rows_of
from outcomes.imports.map_file import load
from outcomes.models import Assessment, Export
from outcomes.services.imports import import_outcomes
from tests import make
from tests.database import database_role
from tests.outcomes.imports.making import LONG

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "research", "accounts"])


@pytest.fixture
def course(enrolment):
    """One person with a scored PHQ-9, one answer missing, and an age of 93."""
    answers = {f"item_{number}": 1 for number in range(1, 9)} | {"age": 93}
    with rows_of([enrolment.site_id], "tests"):
        Assessment.objects.create(
            site_id=enrolment.site_id, enrolment=enrolment, instrument="phq9", version="1", visit="baseline",
            occurred_at="2026-10-25T20:00Z", mode="self", answers=answers, score="9.0000000000", prorated=True,
        )  # fmt: skip
        Allocation.objects.create(site_id=enrolment.site_id, enrolment=enrolment, arm="MDMA")
    return enrolment


@pytest.fixture
def export(tmp_path):
    """Export MAPP1; gives the master's rows by item."""

    def run(items=True, **options):
        call_command("export_outcomes", programme="MAPP1", out=tmp_path / "out", **options)
        with (tmp_path / "out" / "master.csv").open(newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        return {row["item"]: row for row in rows} if items else rows

    return run


def test_limited_gives_code_and_day_in_the_clinic_s_zone(course, export):
    row = export()["item_1"]
    assert (row["participant"], row["occurred_on"]) == (course.participant.code, "2026-10-26")


def test_safe_harbor_gives_neither(course, export, tmp_path):
    row = export(profile="safe-harbor")["item_1"]
    assert row["participant"].startswith("S-")
    text = (tmp_path / "out" / "master.csv").read_text()
    assert course.participant.code not in text
    assert "2026" not in text


def test_ages_over_89_are_one_category_in_safe_harbor(course, export):
    row = export(profile="safe-harbor")["age"]
    assert (row["value"], row["code"]) == ("", "90+")


def test_an_unanswered_item_is_a_row_that_says_so(course, export):
    row = export()["item_9"]
    assert (row["value"], row["missing"]) == ("", "not_answered")


def test_a_score_loses_its_idle_zeros(course, export):
    assert export()["total"]["value"] == "9"


def test_the_arm_leaves_an_open_programme(course, export):
    assert export()["arm"]["code"] == "MDMA"


def test_the_arm_stays_while_a_programme_is_blinded(course, export, programme):
    with rows_of([programme.site_id], "tests"):
        programme.blinded = True
        programme.save()
    assert "arm" not in export()


def test_what_was_entered_in_error_stays(course, export, therapist):
    with rows_of([course.site_id], "tests"):
        Assessment.objects.update(
            entered_in_error_at="2026-10-26T00:00Z",
            entered_in_error_by=therapist,
            entered_in_error_reason="x",
        )
    assert list(export()) == ["arm"]


def test_an_export_is_written_down(course, export, coordinator):
    export(by=coordinator.email)
    with rows_of([course.site_id]):
        assert Export.objects.get().by == coordinator
    with database_role(None):
        assert AccessEvent.objects.get().kind == AccessEvent.Kind.EXPORT


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"format": "csv,sav"}, "There is no format 'sav'. The format that can be written is csv."),
        ({"by": "therapist@harbour.example"}, "may not export outcome data"),
        ({"by": "nobody@harbour.example"}, "There is no account"),
        ({"site": "hill"}, "There is no programme MAPP1"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(course, export, options, words):
    with pytest.raises(CommandError, match=words):
        export(**options)


def test_another_site_s_programme_is_not_there(course, export):
    hill = make.site("hill", "Hill")
    make.user("coordinator@hill.example", Role.COORDINATOR, hill)
    with pytest.raises(CommandError, match="There is no programme MAPP1"):
        export(by="coordinator@hill.example")


def test_a_folder_that_is_there_is_not_touched(course, export, tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(CommandError, match="is there already"):
        export()
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_a_visit_without_a_date_has_the_day_of_its_map(course, export, programme, coordinator):
    mapping = load(LONG.encode(), file="small.toml")
    file = io.BytesIO(b"id,when,what,value\n7,end,Mood,1.50\n")
    with rows_of([programme.site_id]):
        import_outcomes(by=coordinator, programme=programme, file=file, file_name="s.csv", mapping=mapping)
    rows = [row for row in export(items=False) if row["instrument"] == "mood"]
    assert [(row["study_day"], row["occurred_on"], row["value"]) for row in rows] == [("126", "", "1.5")]
