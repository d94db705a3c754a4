"""Importing a file: all or nothing, once, under random codes, and never with an alert."""

import io

import pytest
from django.db import connection

from clinic.models import Consent, Identity, Participant
from clinic.refusals import RefusedError
from clinic.rows import rows_of
from clinic.services.participants import read_identity
from outcomes.imports.map_file import load
from outcomes.models import Assessment, ImportedFile
from outcomes.services.imports import import_outcomes
from tests.database import database_role
from tests.outcomes.imports.making import LONG

HEADER = "id,when,what,value\n"
GOOD = HEADER + "7,start,Mood,-1.25\n7,end,Mood,\n8,start,PHQ,12\n"
ITEMS = """
name = "Items"
shape = "long"
[columns]
participant = "id"
visit = "when"
instrument = "what"
item = "item"
[values]
value = "item"
[visits]
start = "baseline"
[instruments]
PHQ = "phq9"
"""


@pytest.fixture
def bring(programme, coordinator):
    """Import a small text as the coordinator."""

    def run(text: str, map_text: str = LONG, **more) -> ImportedFile:
        mapping = load(map_text.encode(), file="small.toml")
        file = io.BytesIO(text.encode())
        with rows_of([programme.site_id]):
            return import_outcomes(
                by=coordinator, programme=programme, file=file, file_name="small.csv", mapping=mapping, **more
            )[0]

    return run


def stored(*fields):
    return list(Assessment.objects.order_by("instrument", "visit").values_list(*fields))


def test_an_import_stores_each_value_and_each_gap(bring, rows):
    bring(GOOD)
    assert stored("instrument", "visit", "answers") == [
        ("mood", "baseline", {"total": -1.25}),
        ("mood", "week_18", {"total": None}),
        ("phq9", "baseline", {"total": 12}),
    ]


def test_a_known_instrument_is_scored_and_a_foreign_one_is_not_judged(bring, rows):
    bring(GOOD)
    assert stored("version", "score", "band", "mode")[0][2:] == ("", "import")
    assert [(version, band) for version, _score, band, _mode in stored("version", "score", "band", "mode")][
        -1
    ] == (
        "1",
        "moderate",
    )


def test_new_participants_get_random_codes_and_the_source_id_is_sealed(bring, rows, therapist):
    bring(GOOD)
    person = Participant.objects.first()
    assert read_identity(by=therapist, participant=person, purpose="test")["source_id"] in {"7", "8"}
    assert bytes(Identity.objects.first().details_sealed) != b"7"


def test_importing_twice_adds_nothing_and_updates_nothing(bring, rows):
    bring(GOOD)
    before = list(Assessment.objects.order_by("id").values())
    again = bring(GOOD)
    assert list(Assessment.objects.order_by("id").values()) == before
    assert (again.counts["new_participants"], again.counts["known_assessments"]) == (0, 3)


def test_a_later_file_adds_a_visit_to_the_same_people(bring, rows):
    bring(HEADER + "7,start,Mood,1\n")
    bring(HEADER + "7,start,Mood,1\n7,end,Mood,2\n")
    assert Participant.objects.count() == 1
    assert Assessment.objects.count() == 2


def test_ids_that_differ_by_case_are_two_people(bring, rows):
    bring(HEADER + "a,start,Mood,1\nA,start,Mood,2\n")
    assert Participant.objects.count() == 2


def test_a_value_that_contradicts_the_record_is_refused(bring, rows):
    bring(GOOD)
    with pytest.raises(RefusedError, match="is here already with other values"):
        bring(HEADER + "7,start,Mood,-1.5\n")


def test_one_bad_row_stores_nothing(bring, rows):
    with pytest.raises(RefusedError, match=r"line 5, column value: '99' is above 5"):
        bring(GOOD + "9,start,Mood,99\n")
    assert (Assessment.objects.count(), Participant.objects.count(), ImportedFile.objects.count()) == (
        0,
        0,
        0,
    )


def test_bad_rows_can_be_left_out(bring, rows):
    made = bring(GOOD + "9,start,Mood,99\n", skip_bad_rows=True)
    assert (made.counts["refused_rows"], Participant.objects.count()) == (1, 2)


def test_safety_answers_are_listed_for_review(bring, rows):
    made = bring("id,when,what,item,value\n7,start,PHQ,item_9,2\n7,start,PHQ,item_1,3\n", ITEMS)
    code = Participant.objects.get().code
    assert made.safety == [
        {"participant": code, "visit": "baseline", "instrument": "phq9", "item": "item_9", "value": 2}
    ]


def test_a_total_that_its_items_do_not_make_is_refused(bring, rows):
    items = "".join(f"7,start,PHQ,item_{number},1\n" for number in range(1, 10))
    with pytest.raises(RefusedError, match="is given as 12, and its items make 9"):
        bring("id,when,what,item,value\n" + items + "7,start,PHQ,total,12\n", ITEMS)


def test_every_row_of_an_import_is_audited_once(bring):
    bring(GOOD)
    with database_role(None), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clinic_auditevent WHERE table_name = 'outcomes_assessment'")
        assert cursor.fetchone() == (3,)


DATED = LONG.replace('visit = "when"', 'date = "when"').replace(
    '[visits]\nstart = "baseline"\nend = { key = "week_18", day = 126 }\n', ""
)


def test_a_file_of_dates_names_its_visits_by_the_day_since_the_first(bring, rows):
    bring(HEADER + "7,2026-01-10,Mood,1\n7,2026-01-24,Mood,2\n", DATED)
    bring(HEADER + "7,2026-01-24,Mood,2\n7,2026-02-01,Mood,3\n", DATED)
    days = [(visit, str(at.date())) for visit, at in stored("visit", "occurred_at")]
    assert days == [("day_0", "2026-01-10"), ("day_14", "2026-01-24"), ("day_22", "2026-02-01")]


def test_everybody_new_has_consent_to_research_as_the_source_study_has_it_and_once(bring, rows):
    bring(GOOD)
    bring(GOOD.replace("9", "8") + "8,end,Mood,3\n")
    found = Consent.objects.values_list("kind", "text_version", "explained_by")
    assert list(found) == [("research", "source-study", None)] * 2
