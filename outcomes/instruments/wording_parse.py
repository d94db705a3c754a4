"""Reads a wording into its parts, and checks it item by item against the instrument's own shape."""

from collections.abc import Mapping
from typing import Any

from outcomes.instruments.base import Instrument, Item
from outcomes.instruments.wording_types import Choice, Question, Wording

REQUIRED = ("instrument", "language", "locale", "title", "version", "recall", "attribution", "licence")
OPTIONAL = ("stem", "instruction", "prompt")
AROUND = ("before", "prompt", "after")
NOTES = ("sources", "not_for", "unconfirmed", "confirmed", "checked_on")
KNOWN = {*REQUIRED, *OPTIONAL, *NOTES, "options", "items"}
KNOWN_OF_ITEM = {"key", "text", "stem", "options", *AROUND}
LONGEST = 4000


class WordingError(ValueError):
    """A wording that cannot be used: names the file, the item or key, and the reason."""


def parse(file: str, data: Mapping[str, Any], instrument: Instrument) -> Wording:
    """The wording in `data`, in the form of the project's own files. Raises WordingError."""
    refuse_unknown(file, "", data, KNOWN)
    for key in REQUIRED:
        if not text_in(file, key, data, key):
            raise WordingError(f"{file}: {key} is missing or empty")
    if data["instrument"] != instrument.key:
        raise WordingError(f"{file}: instrument is {data['instrument']}, not {instrument.key}")
    texts = {key: text_in(file, key, data, key) for key in OPTIONAL}
    return Wording(
        questions=questions_in(file, data, instrument, texts["stem"]),
        sources=lines_in(file, data, "sources"),
        not_for=lines_in(file, data, "not_for"),
        unconfirmed=lines_in(file, data, "unconfirmed"),
        **texts,
        **{key: data[key] for key in REQUIRED},
    )


def refuse_unknown(file: str, where: str, data: Mapping[str, Any], known: set[str]) -> None:
    """A misspelt key must not drop words in silence. Raises WordingError."""
    for key in data:
        if key not in known:
            raise WordingError(f"{file}: {where}{key} is no key of a wording")


def text_in(file: str, where: str, data: Mapping[str, Any], key: str) -> str:
    """A text of the table, "" where there is none. Raises WordingError where it is none, or holds control signs."""
    found = data.get(key, "")
    if not isinstance(found, str):
        raise WordingError(f"{file}: {where} must be a text")
    if len(found) > LONGEST:
        raise WordingError(f"{file}: {where} is longer than {LONGEST} signs")
    if any(not sign.isprintable() and sign not in "\n" for sign in found):
        raise WordingError(f"{file}: {where} holds signs that cannot be shown")
    return found if found.strip() else ""


def lines_in(file: str, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts."""
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(line, str) for line in found):
        raise WordingError(f"{file}: {key} must be a list of texts")
    return tuple(found)


def questions_in(
    file: str, data: Mapping[str, Any], instrument: Instrument, stem: str
) -> tuple[Question, ...]:
    """Every item of the instrument in its words, in the instrument's order."""
    rows = tables(data.get("items"))
    keys = [row.get("key") for row in rows]
    if keys != [item.key for item in instrument.items]:
        raise WordingError(
            f"{file}: items must be {', '.join(i.key for i in instrument.items)}, in this order"
        )
    return tuple(
        question_in(file, item, row, tables(row.get("options", data.get("options"))), stem)
        for item, row in zip(instrument.items, rows, strict=True)
    )


def tables(found: object) -> list[Mapping[str, Any]]:
    """A list of tables; nothing where it is something else."""
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def question_in(
    file: str, item: Item, row: Mapping[str, Any], options: list[Mapping[str, Any]], stem: str
) -> Question:
    """One item in its words."""
    where = f"items.{item.key}"
    refuse_unknown(file, f"{where}.", row, KNOWN_OF_ITEM)
    words = text_in(file, f"{where}.text", row, "text")
    if not words:
        raise WordingError(f"{file}: {where}.text is missing or empty")
    return Question(
        item.key,
        words,
        choices_in(file, item, options),
        stem=text_in(file, f"{where}.stem", row, "stem") if "stem" in row else stem,
        **{key: text_in(file, f"{where}.{key}", row, key) for key in AROUND},
    )


def choices_in(file: str, item: Item, options: list[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """The answers in their words: the values of the definition, in its order."""
    wanted = [option.value for option in item.options]
    given = [option.get("value") for option in options] if wanted else []
    if given != wanted or any(type(value) is not int for value in given):
        raise WordingError(
            f"{file}: the options of {item.key} do not have the values of its definition, {wanted} in this order"
        )
    labels = [text_in(file, f"an option of {item.key}", option, "label") for option in options]
    if wanted and not all(labels):
        raise WordingError(f"{file}: an option of {item.key} has no label")
    return tuple(Choice(value, label) for value, label in zip(wanted, labels, strict=False))
