"""The texts that people agree to: whole, sourced, and never changed once released."""

import hashlib
import re
import tomllib

import pytest

from clinic.consents import texts
from clinic.consents.reading import FOLDER, OWN
from clinic.models import Consent
from clinic.refusals import RefusedError

RELEASED = tomllib.loads((FOLDER.parent / "released.toml").read_text())
GOOD = (FOLDER / "recording.1.en.toml").read_text()
# What a text may never say, whoever writes it: an amount of a drug, or the advice to stop one.
AMOUNT = re.compile(r"\d\s?(mg|milligram|microgram|µg|ml)\b", re.IGNORECASE)
STOPPING = re.compile(
    r"\b(stop|pause|skip|leave out|come off|taper|reduce)\b[^.]*\bmedicines?\b", re.IGNORECASE
)


def test_a_released_text_has_not_changed_and_every_text_is_released():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.toml")}
    assert found == RELEASED


def test_every_kind_that_is_asked_has_an_english_text_and_no_kind_is_asked_without():
    assert [kind for kind in Consent.Kind if kind != Consent.Kind.TOUCH] == texts.kinds()
    assert all(texts.offered(kind)[0].language == "en" for kind in texts.kinds())


def test_the_text_of_a_source_study_is_never_offered():
    assert texts.text_of("research", "source-study", "en")
    assert [one.version for one in texts.offered("research")] == ["1"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_a_text_names_read_sources_and_gives_no_amount_and_no_advice_to_stop(path):
    source = path.read_text()
    marks = {row["mark"] for row in tomllib.loads(source)["sources"]}
    assert marks and all(mark == OWN or re.fullmatch(r"S\d+", mark) for mark in marks)
    assert not AMOUNT.search(source) and not STOPPING.search(source)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version = "1"', 'version = "2"', "do not give this file name"),
        ('asks = "', 'ask = "', "asks"),
        ("paragraphs = [", "paragraph = [", "paragraph"),
        ("sources = [", "source = [", "source"),
        ('mark = "S83"', 'mark = "S116"', "names a mark twice"),
        ('title = "', 'title = ', "recording.1.en.toml"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_name_and_key(tmp_path, old, new, said):
    path = tmp_path / "recording.1.en.toml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(RefusedError, match=re.escape("recording.1.en.toml")) as refused:
        texts.load(path)
    assert said in str(refused.value)


def test_the_newest_version_is_offered_first_and_ten_is_newer_than_nine(monkeypatch):
    one = texts.offered("recording")[0]
    versions = [type(one)(**{**fields_of(one), "version": number}) for number in ("9", "10", "1")]
    monkeypatch.setattr(texts, "all_texts", lambda: {text.version: text for text in versions})
    assert [text.version for text in texts.offered("recording")] == ["10", "9", "1"]


def fields_of(text) -> dict:
    """The fields of a text."""
    return {name: getattr(text, name) for name in type(text).__dataclass_fields__}
