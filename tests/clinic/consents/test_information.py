"""The information page: the same for everybody, kept by caches, and each statement with its source."""

import re

import pytest
from django.test import Client

from clinic.consents.information import load, newest
from clinic.consents.reading import FOLDER
from clinic.refusals import RefusedError

URL = "/information/"
GOOD = FOLDER / "information.1.en.toml"


def test_anybody_reads_it_without_a_cookie_and_a_cache_may_keep_it():
    answer = Client().get(URL)
    assert answer.status_code == 200 and not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_a_signed_in_person_gets_the_same_bytes_and_no_cookie(client_of, therapist):
    answer = client_of(therapist).get(URL)
    assert answer.content == Client().get(URL).content and not answer.cookies
    assert therapist.name.encode() not in answer.content


@pytest.mark.django_db
def test_it_is_opened_from_the_page_of_consents(client_of, therapist, participant):
    page = client_of(therapist).get(f"/participants/{participant.pk}/consents").content.decode()
    assert f'href="{URL}"' in page


def test_it_is_read_only():
    assert Client().post(URL).status_code == 405


def test_it_holds_every_part_that_was_asked_for():
    parts = {"what", "benefits", "risks", "myths", "before", "day", "after", "asked"}
    assert {section.key for section in newest().sections} == parts
    myths = next(section for section in newest().sections if section.key == "myths")
    assert all(point.myth for point in myths.points)


def test_it_sends_people_to_their_prescriber():
    assert Client().get(URL).content.decode().count("talk with your prescriber") >= 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('marks = ["S80"]', "marks = []", "must be a list of texts"),
        ('marks = ["S80"]', 'marks = ["S999"]', "S999"),
        ('lead = "', 'lede = "', "lede"),
        ('key = "what"', 'clef = "what"', "clef"),
        ("points = [", "dots = [", "dots"),
        ('mark = "S142"', 'mark = "S1420"', "S142"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_key(tmp_path, old, new, said):
    path = tmp_path / GOOD.name
    path.write_text(GOOD.read_text().replace(old, new, 1))
    with pytest.raises(RefusedError, match=re.escape(GOOD.name)) as refused:
        load(path)
    assert said in str(refused.value)
