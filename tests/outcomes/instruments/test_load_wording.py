"""The words of the questionnaires: exactly the confirmed ones, and nothing that may not be shipped."""

import os
import tomllib
from pathlib import Path

import pytest

from outcomes.instruments import registry
from outcomes.instruments.licences import Text
from outcomes.instruments.wordings import (
    FOLDER,
    HELD,
    Permission,
    WordingError,
    held_languages,
    languages,
    load,
    wording,
    wording_at,
)

CONFIRMED = Path(__file__).resolve().parents[4] / "shared" / "instruments"
SHIPPED = sorted(FOLDER.glob("*.toml"))
HELD_FILES = sorted(HELD.glob("*.toml"))
# The Australian form has the plain key here, for its scores were the first under it.
ORIGINALS = {"k10.en.toml": "k10_au.en.toml", "k10_us.en.toml": "k10.en.toml"}
GOOD = (FOLDER / "gad7.en.toml").read_text(encoding="utf-8")


@pytest.fixture
def confirmed():
    if not CONFIRMED.is_dir() and not os.environ.get("CI"):
        pytest.skip("../shared/instruments is not there")
    return CONFIRMED


def test_only_these_texts_are_shipped():
    names = [path.name for path in SHIPPED]
    assert names == [
        "gad7.de.toml", "gad7.en.toml", "gad7.es.toml", "k10.en.toml", "k10_us.en.toml", "k6.en.toml",
        "pc_ptsd5.en.toml", "pcl5.en.toml", "phq9.de.toml", "phq9.en.toml", "phq9.es.toml",
    ]  # fmt: skip
    assert [path.name for path in HELD_FILES] == [
        "cssrs_screener.en.toml", "who5.de.toml", "who5.en.toml", "who5.es.toml",
    ]  # fmt: skip


def original_of(path, confirmed):
    """The confirmed file behind one of ours."""
    return tomllib.loads((confirmed / ORIGINALS.get(path.name, path.name)).read_text(encoding="utf-8"))


@pytest.mark.parametrize("instrument", registry.all(), ids=lambda i: i.key)
def test_the_licence_line_says_what_lies_in_the_folders(instrument):
    text = instrument.text_licence.text
    if instrument.key != "daily_checkin":
        assert bool(languages(instrument.key)) == (text is Text.YES)
        assert bool(held_languages(instrument.key)) == (text is Text.ASK)


@pytest.mark.parametrize("path", [*SHIPPED, *HELD_FILES], ids=lambda p: p.stem)
def test_a_text_equals_the_confirmed_one_word_for_word(path, confirmed):
    original = original_of(path, confirmed)
    shown = load(path)
    assert (original["ship"], original["confirmed"]) == ("ask" if path in HELD_FILES else "yes", True)
    assert [q.text for q in shown.questions] == [item["text"] for item in original["items"]]
    for question, item in zip(shown.questions, original["items"], strict=True):
        around = tuple(item.get(key, "") for key in ("before", "prompt", "after"))
        assert (question.before, question.prompt, question.after) == around
        wanted = [(o["value"], o["label"]) for o in item.get("options", original["options"])]
        assert [(c.value, c.label) for c in question.choices] == wanted
    for key in ("stem", "title", "recall", "attribution", "licence", "locale"):
        assert getattr(shown, key) == original[key]
    assert (shown.instruction, shown.prompt) == (original.get("instruction", ""), original.get("prompt", ""))


@pytest.mark.parametrize("path", [*SHIPPED, *HELD_FILES], ids=lambda p: p.stem)
def test_the_safety_item_and_the_unscored_item_are_the_confirmed_ones(path, confirmed):
    original = original_of(path, confirmed)
    items = registry.get(load(path).instrument).items
    assert [item.safety for item in items] == [row.get("safety", False) for row in original["items"]]
    assert [item.scored for item in items] == [row.get("scored", True) for row in original["items"]]


# Errors seen in public copies of the English texts.
@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("phq9", "Over half the days"),
        ("phq9", "Trouble falling/staying asleep"),
        ("phq9", "watching TV"),
        ("phq9", "could gave noticed"),
        ("phq9", "dead or of hurting yourself?"),
        ("phq9", "No difficulty at all"),
        ("phq9", "irritable"),
        ("gad7", "Not at all sure"),
        ("gad7", "Having trouble relaxing"),
        ("gad7", "it's hard to sit still"),
        ("gad7", "afraid, as if"),
        ("gad7", "Over the last week"),
        ("pcl5", "how often"),
        ("pcl5", "a stressful experience"),
        ("pcl5", "(as if you were reliving it)"),
        ("pcl5", "past week"),
        ("k10", "is an effort"),
        ("k10", "Always"),
        ("k10", "so depressed"),
        ("k10_us", "so sad that nothing"),
        ("k10_us", "past 1 month"),
        ("k10_us", "Always"),
        ("k6", "calm you down"),
        ("k6", "so sad"),
        ("k6", "past two weeks"),
        ("k6", "All the time"),
        ("pc_ptsd5", "In your life"),
        ("pc_ptsd5", "events(s)"),
        ("pc_ptsd5", "illness"),
        ("pc_ptsd5", "I'm having"),
        ("who5", "cheerful in good"),
        ("who5", "how often have you"),
        ("who5", "vigourous"),
        ("who5", "More than half the time"),
        ("cssrs_screener", "thoughts about killing"),
        ("cssrs_screener", "how you might kill yourself"),
        ("cssrs_screener", "and do you intend"),
        ("cssrs_screener", "Have you done anything"),
        ("cssrs_screener", "suicide attempt?"),
        ("cssrs_screener", "last week"),
        ("cssrs_screener", "How long ago"),
    ],
)
def test_no_known_error_of_public_copies_is_shown(key, wrong):
    shown = load((HELD if held_languages(key) else FOLDER) / f"{key}.en.toml")
    labels = {choice.label for question in shown.questions for choice in question.choices}
    around = [text for q in shown.questions for text in (q.text, q.before, q.prompt, q.after)]
    texts = [shown.stem, shown.instruction, *labels, *around]
    assert not [text for text in texts if wrong in text]


@pytest.mark.parametrize(
    ("key", "asked", "given"),
    [
        ("phq9", "de-AT", "de"),
        ("phq9", "es-MX", "es"),
        ("phq9", "es_US", "es"),
        # The text for Spain is not confirmed, and the American one is not meant for it.
        ("gad7", "es-ES", "en"),
        ("pcl5", "de", "en"),
        ("phq9", "", "en"),
        ("phq9", "../../x", "en"),
    ],
)
def test_a_language_without_its_own_text_gets_english_and_says_so(key, asked, given):
    assert wording(key, asked).language == given


def test_a_score_only_measure_has_no_text():
    assert languages("caps5") == ()
    with pytest.raises(LookupError, match="No text of caps5 is shipped"):
        wording("caps5")


def test_a_short_form_shows_the_first_questions_of_the_long_one():
    short, whole = wording("phq2", "de"), wording("phq9", "de")
    assert (short.questions, short.instrument) == (whole.questions[:2], "phq2")


@pytest.mark.parametrize(
    ("key", "stems"),
    [("pc_ptsd5", ["", *["In the past month, have you…"] * 5]), ("phq9", [wording("phq9").stem] * 10)],
)
def test_a_stem_stands_before_the_items_it_belongs_to(key, stems):
    assert [question.stem for question in wording(key).questions] == stems


def test_the_past_month_does_not_stand_before_a_lifetime():
    screener = load(HELD / "cssrs_screener.en.toml")
    assert [question.stem for question in screener.questions] == [*["Past month"] * 5, "", ""]


def test_a_held_text_needs_the_clinics_permission():
    who5 = registry.get("who5")
    assert wording_at(who5, "es") is None
    granted = wording_at(who5, "es", [Permission("who5", "es")])
    assert granted.questions[0].text == "Me he sentido alegre y de buen humor"
    assert wording_at(who5, "es", [Permission("cssrs_screener", "en")]) is None


def test_a_text_that_a_clinic_brought_goes_before_the_shipped_one():
    content = tomllib.loads(
        GOOD.replace('language = "en"', 'language = "fr"').replace("Not at all", "Jamais")
    )
    found = wording_at(registry.get("gad7"), "fr-CA", [Permission("gad7", "fr", content)])
    assert (found.language, found.questions[0].choices[0].label) == ("fr", "Jamais")
    assert wording_at(registry.get("gad7"), "de", [Permission("gad7", "fr", content)]).language == "de"


def test_the_daily_check_in_words_every_item_and_says_it_is_not_validated():
    daily = wording("daily_checkin", "de")
    assert [q.key for q in daily.questions] == [i.key for i in registry.get("daily_checkin").items]
    assert "not a validated scale" in str(daily.notice)


@pytest.mark.parametrize(
    ("found", "put", "message"),
    [
        ('stem = "', 'steem = "', "gad7.en.toml: steem is no key of a wording"),
        ('title = "', 'title = "" #', "gad7.en.toml: title is missing or empty"),
        ('text = "Trouble relaxing"', "text = 4", "gad7.en.toml: items.item_4.text must be a text"),
        (
            'text = "Trouble relaxing"',
            'text = "a\\u0007"',
            "items.item_4.text holds signs that cannot be shown",
        ),
        ('text = "Trouble relaxing"', 'txt = "Trouble relaxing"', "items.item_4.txt is no key"),
        ('instrument = "gad7"', 'instrument = "gad8"', "instrument is missing or not known"),
        ('key = "item_7"', 'key = "item_8"', "gad7.en.toml: items must be item_1"),
        ('text = "Trouble relaxing"', 'text = " "', r"gad7.en.toml: items.item_4.text is missing"),
        ("value = 3", "value = 4", "the options of item_1 do not have the values"),
        ('label = "Several days"', 'label = ""', "an option of item_1 has no label"),
        ('language = "en"', 'language = "fr"', "do not give this file name"),
        ("value = 3", "value = = 3", "gad7.en.toml: "),
    ],
)
def test_a_broken_file_names_itself_and_the_key(tmp_path, found, put, message):
    path = tmp_path / "gad7.en.toml"
    path.write_text(GOOD.replace(found, put), encoding="utf-8")
    with pytest.raises(WordingError, match=message):
        load(path)
