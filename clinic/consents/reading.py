"""Reads the wording files of this folder. What is wrong is said with the file and the key."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "wording"
# What stands for our own rules where a statement rests on no source outside.
OWN = "clinic"


class WordingError(ValueError):
    """A wording file that cannot be used: names the file and the key."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from. `mark` is what the text points with: S80, or `clinic` for our own rules."""

    mark: str
    text: str


def read(path: Path) -> dict[str, Any]:
    """One file as it stands; kind, version and language give its name. Raises WordingError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WordingError(f"{path.name}: {error}") from error
    for key in ("kind", "version", "language", "title"):
        text(path.name, data, key)
    if path.name != "{kind}.{version}.{language}.toml".format(**data):
        raise WordingError(f"{path.name}: kind, version and language do not give this file name")
    return data


def text(file: str, data: Mapping[str, Any], key: str) -> str:
    """A text that must be there. Raises WordingError."""
    found = data.get(key)
    if not isinstance(found, str) or not found.strip():
        raise WordingError(f"{file}: {key} is missing or empty")
    return found


def texts(file: str, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts that must be there. Raises WordingError."""
    found = data.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(one, str) and one for one in found):
        raise WordingError(f"{file}: {key} must be a list of texts")
    return tuple(found)


def sources(file: str, data: Mapping[str, Any]) -> tuple[Source, ...]:
    """The sources of a file; there is at least one, and each mark stands once. Raises WordingError."""
    rows = data.get("sources") or []
    found = tuple(Source(text(file, row, "mark"), text(file, row, "text")) for row in rows)
    if not found or len({one.mark for one in found}) < len(found):
        raise WordingError(f"{file}: sources must be there, each mark once")
    return found


def order(version: str) -> tuple[int, str]:
    """Versions sort by number; those without one come first."""
    return (int(version), "") if version.isdigit() else (-1, version)
