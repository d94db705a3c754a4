"""The information page for participants, as versioned data: each statement says where it comes from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinic.consents.reading import FALLBACK, FOLDER, Source, check_marks, order, read, some, sources
from clinic.sections import Section, text


@dataclass(frozen=True, slots=True)
class Point:
    """One statement. `myth` is what it answers, where it answers one."""

    text: str
    marks: tuple[str, ...]
    myth: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Statements under one heading."""

    key: str
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Information:
    """The page in one language."""

    version: str
    language: str
    title: str
    lead: str
    sections: tuple[Part, ...]
    sources: tuple[Source, ...]


@cache
def load(path: Path) -> Information:
    """One file. Raises RefusedError with the file and the key that is wrong."""
    top = read(path, "lead", "sections")
    found = Information(
        version=top.take("version", text),
        language=top.take("language", text),
        title=top.take("title", text),
        lead=top.take("lead", text),
        sections=tuple(part_of(one) for one in top.sections("sections")),
        sources=sources(top),
    )
    used = {mark for part in found.sections for point in part.points for mark in point.marks}
    check_marks(top, used, found.sources)
    return found


def part_of(one: Section) -> Part:
    """One part. Raises RefusedError."""
    one.only("key", "title", "points")
    points = tuple(point_of(point) for point in one.sections("points"))
    return Part(one.take("key", text), one.take("title", text), points)


def point_of(one: Section) -> Point:
    """One statement. Raises RefusedError."""
    one.only("text", "marks", "myth")
    return Point(one.take("text", text), one.take("marks", some), one.take("myth", text, ""))


def newest(language: str = FALLBACK) -> Information:
    """The page as it is shown now."""
    found = [load(path) for path in FOLDER.glob(f"information.*.{language}.toml")]
    return max(found, key=lambda one: order(one.version))
