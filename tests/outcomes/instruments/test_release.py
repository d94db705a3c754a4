"""What was released stays as it is: another rule, band, order or word is another version."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from outcomes.instruments import registry, released
from outcomes.instruments.base import Cutoff
from outcomes.instruments.basis import basis
from outcomes.instruments.scoring import no_total
from outcomes.instruments.wordings import wording

PHQ9, PC = registry.get("phq9"), registry.get("pc_ptsd5")


def test_everything_is_released_and_unchanged():
    known, present = released.released(), released.present()
    assert [name for name in present if name not in known] == [], "run manage.py release_instruments"
    assert [name for name in present if known[name] != present[name]] == [], "changed without a new version"


def test_every_released_version_can_still_be_read():
    for name in released.released():
        key, version, *_language = name.split(" ")
        assert registry.get(key, version)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(PHQ9, items=PHQ9.items[::-1]), id="order"),
        pytest.param(replace(PHQ9, items=PHQ9.items[:9]), id="an item less"),
        pytest.param(
            replace(PHQ9, items=(replace(PHQ9.items[0], reverse=True), *PHQ9.items[1:])), id="reversed"
        ),
        pytest.param(replace(PHQ9, bands=PHQ9.bands[:4]), id="bands"),
        pytest.param(replace(PHQ9, scoring=no_total), id="scoring"),
        pytest.param(replace(PHQ9, missing_rule=PC.missing_rule), id="missing rule"),
        pytest.param(replace(PHQ9, cutoffs=(Cutoff(label="9", low=9, basis=basis("S1")),)), id="limit"),
        pytest.param(replace(PHQ9, criteria={}), id="criteria"),
        pytest.param(replace(PHQ9, scheme="Another"), id="scheme"),
    ],
)
def test_a_change_gives_another_digest(other):
    assert released.digest(other) != released.digest(PHQ9)


def test_a_better_label_is_no_other_version():
    assert released.digest(replace(PHQ9, measures="Low mood", title="PHQ")) == released.digest(PHQ9)


def test_another_word_gives_another_digest():
    words = wording("gad7")
    first = replace(words.questions[0], text="Feeling nervous")
    assert released.words_digest(
        replace(words, questions=(first, *words.questions[1:]))
    ) != released.words_digest(words)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A copy of the file of digests."""
    path = tmp_path / "released.toml"
    path.write_text(released.FILE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(released, "FILE", path)
    return path


def test_the_command_adds_a_line_for_what_is_new(file, capsys):
    whole = file.read_text(encoding="utf-8")
    file.write_text("\n".join(line for line in whole.splitlines() if '"isi 1"' not in line), encoding="utf-8")
    call_command("release_instruments")
    assert capsys.readouterr().out == "Released isi 1\n" and file.read_text(encoding="utf-8") == whole


def test_the_command_refuses_what_was_changed(file):
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(released.digest(PHQ9), "0" * 64), encoding="utf-8")
    with pytest.raises(CommandError, match="Changed without a new version: phq9 1"):
        call_command("release_instruments")
    assert "0" * 64 in file.read_text(encoding="utf-8")
