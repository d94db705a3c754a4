"""The words of the questionnaires: exactly the confirmed ones, and nothing that may not be shipped."""

import os
import tomllib
from pathlib import Path

import pytest

from outcomes.instruments import registry
from outcomes.instruments.wordings import FOLDER, WordingError, languages, load, wording

CONFIRMED = Path(__file__).resolve().parents[4] / "shared" / "instruments"
SHIPPED = sorted(FOLDER.glob("*.toml"))
GOOD = (FOLDER / "gad7.en.toml").read_text(encoding="utf-8")


@pytest.fixture
def confirmed():
    if not CONFIRMED.is_dir() and not os.environ.get("CI"):
        pytest.skip("../shared/instruments is not there")
    return CONFIRMED


def test_only_these_texts_are_shipped():
    names = [path.name for path in SHIPPED]
    assert names == [
        "gad7.de.toml", "gad7.en.toml", "gad7.es.toml", "pcl5.en.toml",
        "phq9.de.toml", "phq9.en.toml", "phq9.es.toml",
    ]  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_shipped_text_equals_the_confirmed_one_word_for_word(path, confirmed):
    original = tomllib.loads((confirmed / path.name).read_text(encoding="utf-8"))
    shown = load(path)
    assert (original["ship"], original["confirmed"]) == ("yes", True)
    assert [q.text for q in shown.questions] == [item["text"] for item in original["items"]]
    for question, item in zip(shown.questions, original["items"], strict=True):
        wanted = [(o["value"], o["label"]) for o in item.get("options", original["options"])]
        assert [(c.value, c.label) for c in question.choices] == wanted
    for key in ("stem", "title", "recall", "attribution", "licence", "locale"):
        assert getattr(shown, key) == original[key]
    assert (shown.instruction, shown.prompt) == (original.get("instruction", ""), original.get("prompt", ""))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_safety_item_and_the_unscored_item_are_the_confirmed_ones(path, confirmed):
    original = tomllib.loads((confirmed / path.name).read_text(encoding="utf-8"))
    items = registry.get(original["id"]).items
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
    ],
)
def test_no_known_error_of_public_copies_is_shown(key, wrong):
    shown = wording(key)
    labels = {choice.label for question in shown.questions for choice in question.choices}
    texts = [shown.stem, shown.instruction, *labels, *(q.text for q in shown.questions)]
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


def test_the_daily_check_in_words_every_item_and_says_it_is_not_validated():
    daily = wording("daily_checkin", "de")
    assert [q.key for q in daily.questions] == [i.key for i in registry.get("daily_checkin").items]
    assert "not a validated scale" in str(daily.notice)


@pytest.mark.parametrize(
    ("found", "put", "message"),
    [
        ('stem = "', 'steem = "', "gad7.en.toml: stem is missing or empty"),
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
