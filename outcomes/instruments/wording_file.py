"""Reads a wording that a clinic brings: TOML in the project's form, or a FHIR R4 Questionnaire in JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from outcomes.instruments.base import Instrument, Item
from outcomes.instruments.wording_parse import WordingError, parse, tables
from outcomes.instruments.wordings import read_toml

LARGEST = 200_000
DEEPEST = 20
ORDINAL = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
LOINC = "http://loinc.org"


def read_wording(file: str, content: bytes, instrument: Instrument) -> dict[str, Any]:
    """The wording as a table in the project's form, checked against the instrument. Raises WordingError."""
    if len(content) > LARGEST:
        raise WordingError(f"{file}: larger than {LARGEST:,} bytes")
    data = (
        from_fhir(file, read_json(file, content), instrument)
        if is_json(content)
        else read_toml(file, content)
    )
    parse(file, data, instrument)
    if not str(data["language"]).replace("-", "").isalnum() or len(data["language"]) > 10:
        raise WordingError(f"{file}: language must be a tag such as fr or pt-BR")
    return {**data, "language": data["language"].lower()}


def is_json(content: bytes) -> bool:
    """Whether it looks like JSON: a TOML file cannot begin so."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_json(file: str, content: bytes) -> dict[str, Any]:
    """A JSON object. Raises WordingError."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise WordingError(f"{file}: no JSON that can be read: {error}") from error
    if not isinstance(data, dict) or data.get("resourceType") != "Questionnaire":
        raise WordingError(f"{file}: no FHIR Questionnaire: resourceType must be Questionnaire")
    return data


def from_fhir(file: str, data: Mapping[str, Any], instrument: Instrument) -> dict[str, Any]:
    """A Questionnaire as a table in the project's form. Raises WordingError."""
    language = text(data, "language")
    if not language:
        raise WordingError(f"{file}: language is missing: a Questionnaire must say in which language it is")
    lines = list(flat(file, data))
    questions = [row for row in lines if row.get("type") not in ("display", "group")]
    if len(questions) != len(instrument.items):
        raise WordingError(
            f"{file}: {len(questions)} questions, and {instrument.short} has {len(instrument.items)} items"
        )
    pairs = zip(instrument.items, questions, strict=True)
    return {
        "instrument": instrument.key,
        "language": language,
        "locale": language,
        "title": text(data, "title") or instrument.title,
        "version": text(data, "version") or "as brought",
        "recall": str(instrument.recall),
        "attribution": text(data, "copyright") or instrument.attribution or "as the permission says",
        "licence": text(data, "copyright") or "as the permission says",
        "instruction": "\n".join(
            text(row, "text") for row in lines if row.get("type") in ("display", "group")
        ).strip(),
        "items": [item_of(file, item, row) for item, row in pairs],
    }


def flat(file: str, data: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Items in the order of reading, those of groups among them."""
    if depth > DEEPEST:
        raise WordingError(f"{file}: items lie more than {DEEPEST} deep")
    for row in tables(data.get("item")):
        yield row
        yield from flat(file, row, depth + 1)


def item_of(file: str, item: Item, row: Mapping[str, Any]) -> dict[str, Any]:
    """One question. Its linkId or LOINC must name the item, so that two cannot change places."""
    if not names(item, row):
        link = row.get("linkId")
        raise WordingError(
            f"{file}: where {item.key} is expected stands linkId {link!r}: write {item.key}, its number, or its LOINC"
        )
    options = [option_of(file, item, option) for option in tables(row.get("answerOption"))]
    found: dict[str, Any] = {"key": item.key, "text": text(row, "text")}
    return found | {"options": options} if item.options else found


def names(item: Item, row: Mapping[str, Any]) -> bool:
    """Whether a question says that it is this item."""
    link = str(row.get("linkId", "")).strip("/")
    codes = {code.get("code") for code in tables(row.get("code")) if code.get("system") == LOINC}
    known = {item.key, item.key.removeprefix("item_"), *([item.loinc] if item.loinc else [])}
    return link in known or bool(item.loinc and item.loinc in codes)


def option_of(file: str, item: Item, option: Mapping[str, Any]) -> dict[str, Any]:
    """One answer: its value from a whole number, an ordinal extension, or a code that is a number."""
    coding = option.get("valueCoding")
    coding = coding if isinstance(coding, Mapping) else {}
    value = option.get("valueInteger", ordinal(option, coding))
    if value is None and str(coding.get("code", "")).isdecimal():
        value = int(coding["code"])
    if type(value) is not int:
        raise WordingError(f"{file}: an answer of {item.key} has no whole number as its value")
    return {"value": value, "label": text(coding, "display") or str(value)}


def ordinal(*holders: Mapping[str, Any]) -> int | None:
    """The ordinal value of an answer, where an extension gives it."""
    for holder in holders:
        for extension in tables(holder.get("extension")):
            value = extension.get("valueDecimal")
            if extension.get("url") in ORDINAL and isinstance(value, int | float) and value == int(value):
                return int(value)
    return None


def text(data: Mapping[str, Any], key: str) -> str:
    """A text, "" where there is none."""
    found = data.get(key)
    return found if isinstance(found, str) else ""
