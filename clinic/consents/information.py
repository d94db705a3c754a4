"""The information page for participants, as versioned data: each statement says where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clinic.consents.reading import FOLDER, Source, WordingError, order, read, sources, text, texts


@dataclass(frozen=True, slots=True)
class Point:
    """One statement. `myth` is what it answers, where it answers one."""

    text: str
    marks: tuple[str, ...]
    myth: str = ""


@dataclass(frozen=True, slots=True)
class Section:
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
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]


@cache
def load(path: Path) -> Information:
    """One file. Raises WordingError with the file and the key that is wrong."""
    data = read(path)
    found = Information(
        version=data["version"],
        language=data["language"],
        title=data["title"],
        lead=text(path.name, data, "lead"),
        sections=tuple(section(path.name, row) for row in data.get("sections", ())),
        sources=sources(path.name, data),
    )
    used = {mark for part in found.sections for point in part.points for mark in point.marks}
    check_marks(path.name, used, found.sources)
    return found


def section(file: str, row: Mapping[str, Any]) -> Section:
    """One section. Raises WordingError."""
    points = tuple(
        Point(text(file, point, "text"), texts(file, point, "marks"), point.get("myth", ""))
        for point in row.get("points", ())
    )
    if not points:
        raise WordingError(f"{file}: points is missing or empty")
    return Section(text(file, row, "key"), text(file, row, "title"), points)


def check_marks(file: str, used: set[str], known: tuple[Source, ...]) -> None:
    """Every mark has its source, and every source is pointed at. Raises WordingError."""
    wrong = used ^ {source.mark for source in known}
    if wrong:
        raise WordingError(f"{file}: marks without a source, or sources without a mark: {sorted(wrong)}")


def newest(language: str = "en") -> Information:
    """The page as it is shown now."""
    found = [load(path) for path in FOLDER.glob(f"information.*.{language}.toml")]
    return max(found, key=lambda one: order(one.version))
