"""Reads the wording files of this folder. What is wrong is said with the file and the key."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from clinic.refusals import refuse
from clinic.sections import Section, text

# The language that every text has.
FALLBACK = "en"
FOLDER = Path(__file__).parent / "wording"
# What stands for our own rules where a statement rests on no source outside.
OWN = "clinic"
NAMED_BY = ("kind", "version", "language")
HEAD = (*NAMED_BY, "title", "sources")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from. `mark` is what the text points with: S80, or `clinic` for our own rules."""

    mark: str
    text: str


def read(path: Path, *keys: str) -> Section:
    """One file, with `keys` beside those that all have. Raises RefusedError."""
    try:
        top = Section(path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise refuse(path.name, f"is not TOML: {error}") from error
    top.only(*HEAD, *keys)
    if path.name != ".".join([*(top.take(key, text) for key in NAMED_BY), "toml"]):
        raise top.wrong("version", "kind, version and language do not give this file name")
    return top


def some(value: object) -> tuple[str, ...]:
    """A list of texts with at least one, none of them twice."""
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        raise ValueError("must be a list of texts")
    if len(set(value)) < len(value):
        raise ValueError("names something twice")
    return tuple(value)


def sources(top: Section) -> tuple[Source, ...]:
    """The sources of a file; there is at least one, and each mark stands once. Raises RefusedError."""
    found = tuple(
        Source(part.take("mark", text), part.take("text", text)) for part in top.sections("sources")
    )
    if len({one.mark for one in found}) < len(found):
        raise top.wrong("sources", "names a mark twice")
    return found


def check_marks(top: Section, used: set[str], known: tuple[Source, ...]) -> None:
    """Every mark has its source, and every source is pointed at. Raises RefusedError."""
    wrong = used ^ {source.mark for source in known}
    if wrong:
        raise top.wrong("sources", f"marks without a source, or sources without a mark: {sorted(wrong)}")


def order(version: str) -> tuple[int, str]:
    """Versions sort by number; those without one come first."""
    return (int(version), "") if version.isdigit() else (-1, version)
