"""A clinic records its permission for a text, or brings its own wording: checked item by item, whole or not at all."""

import json
import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from clinic.models import AuditEvent
from clinic.rows import rows_of
from outcomes.instruments import registry
from outcomes.instruments.wording_file import read_wording
from outcomes.instruments.wording_parse import WordingError
from outcomes.instruments.wordings import FOLDER, HELD, load
from outcomes.models import Assessment, InstrumentPermission
from outcomes.services.check_ins import make_check_in
from tests import make, pseudo
from tests.database import database_role

pytestmark = pytest.mark.django_db
GAD2 = """instrument = "gad2"
language = "fr"
locale = "fr-FR"
title = "GAD-2"
version = "2021"
recall = "2 semaines"
stem = "Au cours des 2 dernières semaines"
attribution = "A"
licence = "L"
options = [{value = 0, label = "Jamais"}, {value = 1, label = "Plusieurs jours"},
  {value = 2, label = "Plus de la moitié"}, {value = 3, label = "Presque tous"}]
items = [{key = "item_1", text = "Nervosité"}, {key = "item_2", text = "Soucis"}]
"""
LABELS = ("Jamais", "Plusieurs jours", "Plus de la moitié", "Presque tous")
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def questionnaire(**more):
    """GAD-2 in French as a FHIR Questionnaire."""
    options = [
        {"valueCoding": {"display": label, "extension": [{"url": ORDINAL, "valueDecimal": value}]}}
        for value, label in enumerate(LABELS)
    ]
    texts = ("Nervosité", "Soucis")
    items = [
        {"linkId": str(number), "type": "choice", "text": text, "answerOption": options}
        for number, text in enumerate(texts, start=1)
    ]
    stem = {"linkId": "stem", "type": "display", "text": "Au cours des 2 dernières semaines"}
    whole = {"resourceType": "Questionnaire", "language": "fr", "title": "GAD-2", "item": [stem, *items]}
    return {**whole, **more}


def sent(place, content=None, name="gad2.fr.toml", **more):
    """What the administrator's form sends."""
    facts = {
        "given_by": "Dr Spitzer",
        "given_on": "2026-01-05",
        "reference": "Letter 7",
        "terms": "Free to use.",
    }
    found = {"id": make.new_id(), "site": str(place.pk), **facts, **more}
    return found | ({"file": SimpleUploadedFile(name, content)} if content is not None else {})


def permit(client, key):
    return f"/outcomes/instruments/{key}/permit/"


def stored(site):
    with rows_of([site.pk]):
        return list(InstrumentPermission.objects.in_force())


@pytest.mark.parametrize(
    ("name", "content"),
    [("gad2.fr.toml", GAD2.encode()), ("gad2.json", json.dumps(questionnaire()).encode())],
)
def test_a_wording_is_shown_to_a_participant_of_its_language(
    client_of, administrator, therapist, participant, enrolment, site, name, content
):
    answer = client_of(administrator).post(permit(client_of, "gad2"), sent(site, content, name))
    assert answer.status_code == 302, answer.content.decode()
    with rows_of([site.pk], "tests"):
        type(participant).objects.filter(pk=participant.pk).update(language="fr")
    client, address = client_of(therapist), f"/outcomes/enrolments/{enrolment.pk}/assess/gad2/"
    page = client.get(address).content.decode()
    assert "Nervosité" in page and "Presque tous" in page and "Au cours des 2 dernières" in page
    form = {"id": make.new_id(), "occurred_at": "2026-01-01T10:00", "item_1": 3, "item_2": 3}
    client.post(address, form)
    with rows_of([site.pk]):
        assert (Assessment.objects.get().score, Assessment.objects.get().language) == (6, "fr")


def test_the_held_text_is_shown_while_the_permission_is_in_force(
    demo, phone, client_of, administrator, therapist, enrolment, site, logins
):
    client, words = client_of(administrator), load(HELD / "who5.en.toml").questions[0].text
    assert client.post(permit(client, "who5"), sent(site)).status_code == 302
    (row,) = stored(site)
    assert words in client.get("/outcomes/instruments/who5/").content.decode()
    with rows_of([site.pk]):
        _row, secret = make_check_in(by=therapist, enrolment=enrolment, instruments=["who5"])
    phone.post(f"/c/{secret}/")
    assert words in phone.get("/c/q/1/").content.decode()
    ended = client.post(
        f"/outcomes/permissions/{row.pk}/withdraw/", {"id": make.new_id(), "reason": "Ended."}
    )
    assert ended.status_code == 302 and stored(site) == []
    assert words not in client.get("/outcomes/instruments/who5/").content.decode()


def test_an_at_risk_answer_to_a_held_text_still_shows_the_numbers_at_the_end(
    client_of, administrator, therapist, enrolment, site, logins
):
    client_of(administrator).post(permit(None, "cssrs_screener"), sent(site))
    tablet = client_of(therapist)
    tablet.post(
        f"/outcomes/enrolments/{enrolment.pk}/hand-over/",
        {"id": make.new_id(), "instruments": ["cssrs_screener"]},
    )
    tablet.post("/c/q/1/", {"item_1": 1})
    tablet.post("/c/q/2/", {"item_2": 0})
    assert tablet.get("/c/q/")["Location"] == "/c/q/6/"
    tablet.post("/c/q/6/", {"item_6": 0})
    assert "tel:131114" in tablet.post("/c/done/").content.decode()
    with rows_of([site.pk]):
        assert Assessment.objects.get().safety == ["item_1"]


def test_another_site_has_no_part_in_it(client_of, administrator, site, therapist_elsewhere):
    client_of(administrator).post(permit(None, "who5"), sent(site))
    page = client_of(therapist_elsewhere).get("/outcomes/instruments/who5/").content.decode()
    assert load(HELD / "who5.en.toml").questions[0].text not in page and "Letter 7" not in page


def test_it_is_audited_and_once_in_force(client_of, administrator, site):
    client = client_of(administrator)
    codes = [client.post(permit(client, "who5"), sent(site)).status_code for _time in range(2)]
    assert codes == [302, 400] and len(stored(site)) == 1
    with database_role("auditor"), rows_of([site.pk]):
        event = AuditEvent.objects.get(table="outcomes_instrumentpermission")
    assert event.actor == str(administrator.pk)


FHIR = questionnaire()
SWAPPED = {**FHIR, "item": FHIR["item"][::-1]}
SHORT = {**FHIR, "item": FHIR["item"][:2]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (GAD2.replace("item_2", "item_3"), "gad2.fr.toml: items must be item_1, item_2, in this order"),
        (GAD2.replace('text = "Soucis"', 'text = ""'), "items.item_2.text is missing"),
        (GAD2.replace("value = 3", "value = 4"), "the options of item_1 do not have the values"),
        (GAD2.replace("value = 3", "value = true"), "the options of item_1 do not have the values"),
        (GAD2.replace("value = 3", 'value = "3"'), "the options of item_1 do not have the values"),
        (GAD2.replace('"gad2"', '"phq9"'), "instrument is phq9, not gad2"),
        (GAD2.replace('"fr"', '"../fr"'), "language must be a tag"),
        (GAD2.replace("version", "versoin"), "versoin is no key of a wording"),
        (GAD2 + "items = 3", "gad2.fr.toml: "),
        ("", "instrument is missing or empty"),
        ("\xff\xfe", "gad2.fr.toml: "),
        (json.dumps(SWAPPED), "where item_1 is expected stands linkId '2'"),
        (json.dumps(SHORT), "1 questions, and GAD-2 has 2 items"),
        (json.dumps(questionnaire(language=None)), "language is missing"),
        (json.dumps({"resourceType": "Patient"}), "no FHIR Questionnaire"),
        ('{"a": ' * 5000, "no JSON that can be read"),
        (
            json.dumps(questionnaire()).replace("valueDecimal", "valueString"),
            "has no whole number as its value",
        ),
        (
            json.dumps(questionnaire()).replace("Nervosit\\u00e9", "a\\u0000b"),
            "holds signs that cannot be shown",
        ),
    ],
)
def test_a_bad_file_names_itself_the_item_and_the_reason_and_stores_nothing(
    client_of, administrator, site, content, message
):
    page = client_of(administrator).post(permit(None, "gad2"), sent(site, content.encode() or b" "))
    assert page.status_code == 400
    assert message in page.content.decode().replace("&#x27;", "'") and stored(site) == []


KEYS = st.sampled_from(["item", "linkId", "text", "answerOption", "valueCoding", "extension", "language"])
PARTS = st.recursive(
    st.none() | st.text() | st.integers(),
    lambda part: st.lists(part) | st.dictionaries(KEYS, part),
    max_leaves=20,
)


def as_questionnaire(part):
    return json.dumps({"resourceType": "Questionnaire", "language": "fr", "item": part}).encode()


@given(st.binary(max_size=300) | PARTS.map(as_questionnaire))
def test_no_file_breaks_the_reader(content):
    with pytest.raises(WordingError, match=r"^a\.json: "):
        read_wording("a.json", content, registry.get("gad2"))


@pytest.mark.parametrize(
    "more",
    [{"given_on": "2999-01-01"}, {"given_by": ""}, {"terms": ""}, {"site": "x"}, {"reference": "a\x07"}],
)
def test_a_permission_is_whole(client_of, administrator, site, more):
    assert client_of(administrator).post(permit(None, "who5"), sent(site, **more)).status_code == 400
    assert stored(site) == []


def test_an_instrument_without_a_held_text_needs_a_file(client_of, administrator, site):
    assert client_of(administrator).post(permit(None, "isi"), sent(site)).status_code == 400


def test_a_site_of_somebody_else_is_no_choice(client_of, administrator, site, elsewhere):
    assert client_of(administrator).post(permit(None, "who5"), sent(elsewhere)).status_code == 400


@pytest.fixture
def load_wording(tmp_path, site):
    """Runs the command with a file of this content."""

    def command(content, name="gad2.fr.toml", **more):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        words = {"site": site.slug, "given_by": "A", "given_on": "2026-01-05", "reference": "R", "terms": "T"}
        words = {**words, **more}
        call_command(
            "load_wording", str(path), *[f"--{key.replace('_', '-')}={value}" for key, value in words.items()]
        )

    return command


def test_the_command_loads_a_wording(load_wording, site, capsys):
    load_wording(GAD2)
    assert capsys.readouterr().out == "gad2 is shown in fr at harbour.\n"
    load_wording(json.dumps(questionnaire(language="pt-BR")), "q.json", instrument="gad2")
    assert [row.language for row in stored(site)] == ["fr", "pt-br"]


@pytest.mark.parametrize(
    ("content", "more", "message"),
    [
        (GAD2.replace("item_2", "x"), {}, "gad2.fr.toml: items must be"),
        (GAD2, {"site": "nowhere"}, "There is no site nowhere"),
        (GAD2.replace('"gad2"', '"nothing"'), {}, "There is no instrument nothing"),
        (json.dumps(questionnaire()), {}, "add --instrument"),
    ],
)
def test_the_command_says_what_is_wrong_and_stores_nothing(load_wording, site, content, more, message):
    with pytest.raises(CommandError, match=message):
        load_wording(content, **more)
    assert stored(site) == []


def test_our_own_files_are_in_the_form_that_is_asked_for():
    for path in FOLDER.glob("*.toml"):
        content = path.read_bytes()
        key = tomllib.loads(content.decode())["instrument"]
        assert read_wording(path.name, content, registry.get(key))["instrument"] == key


def test_every_text_is_translated(client_of, administrator, site):
    client = client_of(administrator)
    client.post(permit(client, "who5"), sent(site))
    (row,) = stored(site)
    paths = (
        permit(client, "who5"),
        f"/outcomes/permissions/{row.pk}/withdraw/",
        "/outcomes/instruments/who5/",
    )
    with pseudo.language():
        pages = [client.get(path).content.decode() for path in paths]
    data = ("Harbour", administrator.name, "WHO-5", "item_1", "raw", "LOINC")
    assert [pseudo.untranslated(page, data=data) for page in pages] == [[], [], []]
