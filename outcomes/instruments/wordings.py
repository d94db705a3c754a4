"""The words of a questionnaire: shipped, held until a clinic may show them, or brought by the clinic."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from outcomes.instruments.base import Instrument
from outcomes.instruments.daily_wording import DAILY_WORDING
from outcomes.instruments.licences import Text
from outcomes.instruments.registry import UnknownInstrumentError, get
from outcomes.instruments.wording_parse import WordingError, parse
from outcomes.instruments.wording_types import Wording

__all__ = ["WordingError"]
FOLDER = Path(__file__).parent / "wording"
HELD = FOLDER / "ask"  # shown only where a clinic has recorded its own permission
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Permission:
    """What a clinic may show beyond what is shipped: a text that is held here, or one that it brought (`content`)."""

    instrument: str
    language: str
    content: Mapping[str, Any] | None = None


@cache
def languages(key: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """The languages an instrument's text is shipped in, English first; none for score-only measures."""
    name = _home(key)
    found = {path.name.removesuffix(".toml").split(".", 1)[1] for path in folder.glob(f"{name}.*.toml")}
    return tuple(sorted(found, key=lambda language: (language != FALLBACK, language)))


def wording(key: str, language: str = FALLBACK) -> Wording:
    """The words for a participant's language, else English. LookupError where no text is shipped.

    A regional language takes its base form unless that form is not meant for the region: the Spanish
    texts are those of the Americas, and the text for Spain is not confirmed. Our own daily check-in goes
    through gettext instead, so its `language` is empty.
    """
    if key == DAILY_WORDING.instrument:
        return DAILY_WORDING
    found = _in_folder(key, language, FOLDER)
    if found is None:
        raise LookupError(f"No text of {key} is shipped: only its total is entered")
    return found


def wording_at(
    instrument: Instrument, language: str, permissions: Iterable[Permission] = ()
) -> Wording | None:
    """The words that one clinic may show in this language, else in English; None: neutral labels alone.

    A text that the clinic brought goes before one that is shipped.
    """
    granted = [one for one in permissions if one.instrument == instrument.key]
    brought = {one.language: one.content for one in granted if one.content is not None}
    wanted = language.lower().replace("_", "-")
    for tag in dict.fromkeys((wanted, wanted.split("-")[0])):
        if (content := brought.get(tag)) is not None:
            return parse(f"{instrument.key}.{tag}", content, instrument)
    found = shown_here(instrument, language, held=any(one.content is None for one in granted))
    if found is None and (content := next(iter(brought.values()), None)) is not None:
        return parse(instrument.key, content, instrument)
    return found


def shown_here(instrument: Instrument, language: str, *, held: bool) -> Wording | None:
    """The words that lie here and may be shown; `held`: the clinic has its permission for what is held."""
    text = instrument.text_licence.text
    if text is Text.YES:
        return wording(instrument.key, language)
    return _in_folder(instrument.key, language, HELD) if held and text is Text.ASK else None


def held_languages(key: str) -> tuple[str, ...]:
    """The languages of a text that is held until a clinic records its permission."""
    return languages(key, HELD)


def _home(key: str) -> str:
    """The instrument whose file holds the words: PHQ-2 takes the first two questions of PHQ-9."""
    try:
        return get(key).words_of or key
    except UnknownInstrumentError:
        return key


def _in_folder(key: str, language: str, folder: Path) -> Wording | None:
    """The words in this language, else in English; None where there are neither."""
    wanted, name, known = language.lower().replace("_", "-"), _home(key), languages(key, folder)
    for tag in dict.fromkeys((wanted.split("-")[0], FALLBACK)):
        if tag not in known:
            continue
        found = load(folder / f"{name}.{tag}.toml")
        if tag == FALLBACK or wanted not in found.not_for:
            return _cut(found, key)
    return None


def _cut(whole: Wording, key: str) -> Wording:
    """The words of a short form from those of the long one."""
    if whole.instrument == key:
        return whole
    short = get(key)
    count = len(short.items)
    return replace(whole, instrument=key, title=short.title, questions=whole.questions[:count])


@cache
def load(path: Path) -> Wording:
    """One wording file. Raises WordingError with the file and the key that is wrong."""
    data = read_toml(path.name, path.read_bytes())
    try:
        instrument = get(str(data.get("instrument", "")))
    except UnknownInstrumentError as unknown:
        raise WordingError(f"{path.name}: instrument is missing or not known") from unknown
    found = parse(path.name, data, instrument)
    if path.name != f"{found.instrument}.{found.language}.toml":
        raise WordingError(f"{path.name}: instrument and language do not give this file name")
    return found


def read_toml(file: str, content: bytes) -> dict[str, Any]:
    """A TOML file as a table. Raises WordingError."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WordingError(f"{file}: {error}") from error
