"""The pages that bring a file in: upload, preview, confirm, result."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clinic.permissions import Role
from clinic.rows import rows_of
from outcomes.models import Assessment, ImportDraft
from tests import make
from tests.outcomes.imports.making import LONG

HEADER = "id,when,what,value\n"
URL = "/outcomes/import/"


@pytest.fixture
def browser(coordinator, client_of):
    return client_of(coordinator)


@pytest.fixture
def upload(browser, programme):
    """Post a small text with a small map; gives the response."""

    def run(text: str | bytes = HEADER + "7,start,Mood,1\n8,start,PHQ,12\n", map_text: str = LONG, **more):
        content = text.encode() if isinstance(text, str) else text
        fields = {
            "id": make.new_id(),
            "programme": programme.pk,
            "map": "own",
            "own_map": SimpleUploadedFile("small.toml", map_text.encode()),
            "file": SimpleUploadedFile("small.csv", content),
        }
        return browser.post(URL, fields | more)

    return run


def count(programme, model) -> int:
    with rows_of([programme.site_id]):
        return model.objects.count()


def test_the_page_offers_the_shipped_maps(browser, programme):
    html = browser.get(URL).content.decode()
    assert "Self-blinding microdose trial" in html
    assert "MAPP1, Harbour" in html


def test_an_upload_leads_to_a_preview_and_stores_no_answer(upload, browser, programme):
    response = upload()
    html = browser.get(response["Location"]).content.decode()
    assert "small.csv" in html
    assert "New participants" in html
    assert count(programme, Assessment) == 0


def test_the_waiting_file_is_sealed(upload, programme):
    upload(HEADER + "secret-id,start,Mood,1\n")
    with rows_of([programme.site_id]):
        draft = ImportDraft.objects.get()
    assert b"secret-id" not in bytes(draft.content_sealed)


def test_confirming_twice_imports_once(upload, browser, programme):
    url, body = upload()["Location"], {"id": make.new_id()}
    first, second = browser.post(url, body), browser.post(url, body)
    assert first["Location"] == second["Location"]
    assert count(programme, Assessment) == 2
    assert browser.get(first["Location"]).status_code == 200


def test_the_file_is_gone_after_the_import(upload, browser, programme):
    url = upload()["Location"]
    browser.post(url, {"id": make.new_id()})
    assert "This preview has ended" in browser.get(url).content.decode()
    assert browser.post(url, {"id": make.new_id()}).status_code == 400


def test_refused_rows_are_shown_and_stop_the_import(upload, browser, programme):
    url = upload(HEADER + "7,start,Mood,1\n8,start,Mood,<b>x\n")["Location"]
    assert "&#x27;&lt;b&gt;x&#x27; is not a number" in browser.get(url).content.decode()
    assert browser.post(url, {"id": make.new_id()}).status_code == 400
    assert count(programme, Assessment) == 0


def test_refused_rows_can_be_left_out(upload, browser, programme):
    url = upload(HEADER + "7,start,Mood,1\n8,start,Mood,x\n")["Location"]
    assert browser.post(url, {"id": make.new_id(), "skip_bad_rows": "on"}).status_code == 302
    assert count(programme, Assessment) == 1


def test_safety_answers_are_shown_once_the_file_is_in(upload, browser):
    items = LONG.replace('instrument = "what"', 'instrument = "what"\nitem = "item"').replace(
        '"total"', '"item"', 1
    )
    url = upload("id,when,what,item,value\n7,start,PHQ,item_9,2\n", items)["Location"]
    done = browser.post(url, {"id": make.new_id()})["Location"]
    assert "Nobody was alerted" in browser.get(done).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "a;b\n1;2\n"}, "the map needs this column"),
        ({"text": b"id,when,what,value\n\xff,start,Mood,1\n"}, "is not UTF-8"),
        ({"text": ""}, "The file is empty"),
        ({"map_text": "a = ["}, "the map is not TOML"),
        ({"map": "../../secret"}, "Select a valid choice"),
        ({"own_map": ""}, "Choose the file of your map"),
        ({"id": "x"}, "Enter a valid UUID"),
        ({"programme": "01890000-0000-7000-8000-000000000000"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(upload, fields, words):
    response = upload(**fields)
    assert response.status_code == 400
    assert words in response.content.decode()


def test_a_file_of_more_than_10_mb_is_refused(upload):
    assert upload(b"x" * 10_500_000).status_code == 413


def test_another_person_s_draft_is_not_there(upload, client_of, site):
    url = upload()["Location"]
    colleague = make.user("second@harbour.example", Role.COORDINATOR, site)
    assert client_of(colleague).get(url).status_code == 404


def test_a_therapist_may_not_import(client_of, therapist):
    assert client_of(therapist).get(URL).status_code == 403
