"""Reads the data files of screening: TOML in a folder, checked word by word."""

import re
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from clinic.refusals import refuse
from clinic.sections import Section, choice, text

HERE = Path(__file__).parent
Member = TypeVar("Member", bound=StrEnum)
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read(content: bytes, *, file: str) -> Section:
    """The file's tables, numbers with a point as Decimal. Raises RefusedError."""
    try:
        table: dict[str, Any] = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise refuse(file, "is not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(file, f"is not TOML: {error}") from error
    return Section(file, "", table)


def files_in(folder: str) -> Iterator[Section]:
    """Every file of one folder, by name."""
    for path in sorted((HERE / folder).glob("*.toml")):
        yield read(path.read_bytes(), file=f"{folder}/{path.name}")


@cache
def version(of: str) -> str:
    """The version of the "catalogue", the "medicines" or the "rules"."""
    found = read((HERE / "versions.toml").read_bytes(), file="versions.toml")
    return str(found.take(of, text))


def key_of(part: Section, taken: set[str]) -> str:
    """The key of an entry: well formed, and not taken before; it is taken afterwards."""
    key: str = part.take("key", text)
    part.key_like("key", key, KEY)
    if key in taken:
        raise part.wrong("key", f"{key} stands here twice")
    taken.add(key)
    return key


def words(value: object) -> tuple[str, ...]:
    """A list of texts, none empty and none twice."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise ValueError("must be a list of texts")
    if len(set(value)) < len(value):
        raise ValueError("names something twice")
    return tuple(value)


def labels(value: object) -> dict[str, str]:
    """A table of value and label, in its order."""
    if (
        not isinstance(value, dict)
        or not value
        or not all(isinstance(one, str) and one for one in value.values())
    ):
        raise ValueError("must be a table of values and labels")
    for key in value:
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} must be lower-case letters, digits and _, and begin with a letter")
    return dict(value)


def number(value: object) -> Decimal:
    """A number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number")
    return Decimal(value)


def yes_or_no(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def member(of: type[Member]) -> Callable[[object], Member]:
    """A parser of one member of an enumeration."""
    allowed = choice(*(one.value for one in of))
    return lambda value: of(allowed(value))


def some_of(of: type[Member]) -> Callable[[object], tuple[Member, ...]]:
    """A parser of a list of an enumeration's members, at least one."""
    one_of = member(of)

    def parse(value: object) -> tuple[Member, ...]:
        found = tuple(one_of(one) for one in words(value))
        if not found:
            raise ValueError("must name at least one")
        return found

    return parse
