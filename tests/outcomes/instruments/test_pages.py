"""Each instrument has a page, which shows no word that may not be shown."""

import pytest

from outcomes.instruments import registry
from outcomes.instruments.licences import Text
from outcomes.instruments.wordings import HELD, load
from tests import pseudo

pytestmark = pytest.mark.django_db
HELD_WORDS = [q.text for path in HELD.glob("*.toml") for q in load(path).questions]


@pytest.mark.parametrize("key", list(registry.INSTRUMENTS))
def test_a_page_says_licence_scoring_and_sources(client_of, therapist, key):
    page = client_of(therapist).get(f"/outcomes/instruments/{key}/").content.decode()
    instrument = registry.get(key)
    assert str(instrument.scoring_text).replace("'", "&#x27;") in page and instrument.version in page
    assert not [words for words in HELD_WORDS if words in page]
    if instrument.text_licence.text is Text.NO:
        assert "The text may not be shown here" in page


def test_the_list_says_what_may_be_shown(client_of, administrator):
    page = client_of(administrator).get("/outcomes/instruments/").content.decode()
    assert "Scores only" in page and "inactive until your clinic" in page and "PTSD Checklist" in page


def test_the_form_and_the_choice_lead_to_the_page(client_of, therapist, enrolment):
    client, base = client_of(therapist), f"/outcomes/enrolments/{enrolment.pk}/assess/"
    assert "/outcomes/instruments/" in client.get(base).content.decode()
    assert "/outcomes/instruments/isi/" in client.get(f"{base}isi/").content.decode()


def test_an_unknown_key_is_no_page(client_of, therapist):
    assert client_of(therapist).get("/outcomes/instruments/nothing/").status_code == 404


@pytest.mark.parametrize("path", ["", *(f"{key}/" for key in ("phq9", "dass21", "caps5", "pc_ptsd5"))])
def test_every_text_is_translated(client_of, therapist, path):
    with pseudo.language():
        page = client_of(therapist).get(f"/outcomes/instruments/{path}").content.decode()
    instrument = registry.INSTRUMENTS.get(path.strip("/"))
    names = (instrument.title, instrument.short) if instrument else ()
    keys = ("item_1", "item_2", "depression", "anxiety", "stress", "gate")
    data = ("Harbour", therapist.name, "LOINC", *names, *keys)
    assert pseudo.untranslated(page, data=data) == []
