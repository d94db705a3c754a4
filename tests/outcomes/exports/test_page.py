"""The page that sends outcome data out: a zip, streamed after the request, through the research login."""

import io
import json
from zipfile import ZipFile

import pytest

from clinic.permissions import Role
from clinic.rows import rows_of
from clinic.services.consents import withdraw_consent
from outcomes.models import Assessment, Export
from tests import make

URL = "/outcomes/export/"
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "research", "accounts"])


@pytest.fixture
def browser(coordinator, client_of):
    return client_of(coordinator)


@pytest.fixture
def course(enrolment):
    """One imported value."""
    with rows_of([enrolment.site_id], "tests"):
        Assessment.objects.create(
            site_id=enrolment.site_id, enrolment=enrolment, instrument="mood", version="imported",
            visit="baseline", mode="import", answers={"total": -1.5}, score="-1.5",
        )  # fmt: skip
    return enrolment


def body(programme, profile="limited") -> dict:
    return {"id": make.new_id(), "programme": programme.pk, "profile": profile}


def test_the_zip_holds_the_same_files_as_the_command(course, browser, programme):
    response = browser.post(URL, body(programme))
    archive = ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    assert archive.namelist() == ["master.csv", "codebook.csv", "manifest.json"]
    assert b"mood,imported,import,total,-1.5,,\r\n" in archive.read("master.csv")


def test_an_export_is_listed_with_who_made_it(course, browser, programme, coordinator):
    b"".join(browser.post(URL, body(programme)).streaming_content)
    with rows_of([programme.site_id]):
        assert Export.objects.get().by == coordinator
    assert "What went out before" in browser.get(URL).content.decode()


def test_another_site_s_programme_cannot_be_chosen(course, client_of, programme):
    hill = make.site("hill", "Hill")
    stranger = client_of(make.user("coordinator@hill.example", Role.COORDINATOR, hill))
    assert stranger.post(URL, body(programme)).status_code == 400


def test_a_therapist_may_not_export(course, client_of, therapist, programme):
    assert client_of(therapist).post(URL, body(programme)).status_code == 403


def test_a_profile_that_is_not_there_is_refused(course, browser, programme):
    assert browser.post(URL, body(programme, "everything")).status_code == 400


def withdraw(participant, by) -> None:
    """Take consent to research back."""
    with rows_of([participant.site_id]):
        withdraw_consent(by=by, consent=participant.consents.get(kind="research"))


def files(browser, programme, profile="limited") -> ZipFile:
    """What an export holds."""
    return ZipFile(io.BytesIO(b"".join(browser.post(URL, body(programme, profile)).streaming_content)))


@pytest.mark.parametrize("profile", ["limited", "safe-harbor"])
def test_nobody_without_consent_to_research_leaves(course, browser, programme, therapist, profile):
    make.enrolment(make.participant(course.site, by=therapist), programme, by=therapist)
    withdraw(course.participant, therapist)
    archive = files(browser, programme, profile)
    facts = json.loads(archive.read("manifest.json"))
    assert facts["participants"] == {"exported": 1, "left_out_without_research_consent": 1}
    assert facts["files"][0]["rows"] == 0 and b"mood" not in archive.read("codebook.csv")


def test_the_page_says_how_many_are_left_out_before_and_after(course, browser, programme, therapist):
    assert "0 are left out" in browser.get(URL).content.decode()
    withdraw(course.participant, therapist)
    files(browser, programme)
    page = browser.get(URL).content.decode()
    assert "1 person is enrolled, 1 is left out" in page and "0 in it, 1 left out" in page


def test_consent_that_is_given_again_brings_the_person_back(course, browser, programme, therapist):
    withdraw(course.participant, therapist)
    make.consent(course.participant, "research", by=therapist)
    assert b"mood,imported" in files(browser, programme).read("master.csv")
