"""The words of a questionnaire, read from its wording file and checked against its definition."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from outcomes.instruments.base import Instrument, Item
from outcomes.instruments.daily_wording import DAILY_WORDING
from outcomes.instruments.registry import get
from outcomes.instruments.wording_types import Choice, Question, Wording

FOLDER = Path(__file__).parent / "wording"
FALLBACK = "en"
REQUIRED = (
    "instrument",
    "language",
    "locale",
    "title",
    "version",
    "recall",
    "stem",
    "attribution",
    "licence",
)


class WordingError(ValueError):
    """A wording file that cannot be used: names the file and the key."""


@cache
def languages(key: str) -> tuple[str, ...]:
    """The languages an instrument's text is shipped in, English first; none for score-only measures."""
    found = {path.name.removesuffix(".toml").split(".", 1)[1] for path in FOLDER.glob(f"{key}.*.toml")}
    return tuple(sorted(found, key=lambda language: (language != FALLBACK, language)))


def wording(key: str, language: str = FALLBACK) -> Wording:
    """The words for a participant's language, else English. LookupError where no text is shipped.

    A regional language takes its base form unless that form is not meant for the region: the Spanish
    texts are those of the Americas, and the text for Spain is not confirmed. Our own daily check-in goes
    through gettext instead, so its `language` is empty.
    """
    if key == DAILY_WORDING.instrument:
        return DAILY_WORDING
    wanted = language.lower().replace("_", "-")
    base = wanted.split("-")[0]
    if base in languages(key):
        found = load(FOLDER / f"{key}.{base}.toml")
        if wanted not in found.not_for:
            return found
    if FALLBACK not in languages(key):
        raise LookupError(f"No text of {key} is shipped: only its total is entered")
    return load(FOLDER / f"{key}.{FALLBACK}.toml")


@cache
def load(path: Path) -> Wording:
    """One wording file. Raises WordingError with the file and the key that is wrong."""
    data = _read(path)
    return Wording(
        questions=_questions(path.name, data, get(data["instrument"])),
        instruction=data.get("instruction", ""),
        prompt=data.get("prompt", ""),
        sources=tuple(data.get("sources", ())),
        not_for=tuple(data.get("not_for", ())),
        **{key: data[key] for key in REQUIRED},
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WordingError(f"{path.name}: {error}") from error
    for key in REQUIRED:
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise WordingError(f"{path.name}: {key} is missing or empty")
    if path.name != f"{data['instrument']}.{data['language']}.toml":
        raise WordingError(f"{path.name}: instrument and language do not give this file name")
    return data


def _questions(file: str, data: Mapping[str, Any], instrument: Instrument) -> tuple[Question, ...]:
    rows = data.get("items")
    rows = rows if isinstance(rows, list) else []
    keys = [row.get("key") for row in rows]
    if keys != [item.key for item in instrument.items]:
        raise WordingError(
            f"{file}: items must be {', '.join(i.key for i in instrument.items)}, in this order"
        )
    return tuple(
        _question(file, item, row, row.get("options", data.get("options")))
        for item, row in zip(instrument.items, rows, strict=True)
    )


def _question(file: str, item: Item, row: Mapping[str, Any], options: object) -> Question:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise WordingError(f"{file}: items.{item.key}.text is missing or empty")
    given = options if isinstance(options, list) else []
    if [option.get("value") for option in given] != [option.value for option in item.options]:
        raise WordingError(f"{file}: the options of {item.key} do not have the values of its definition")
    for option in given:
        if not isinstance(option.get("label"), str) or not option["label"].strip():
            raise WordingError(f"{file}: an option of {item.key} has no label")
    return Question(item.key, text, tuple(Choice(option["value"], option["label"]) for option in given))
