"""Reads delimited text row by row: flat memory, the file's line numbers, a reason for each row not taken."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from clinic.refusals import Refusal, refuse, shown

LONGEST_LINE = 1_048_576  # bytes: what is longer is not a table
LONGEST_CELL = 1_000  # characters: a code, a number, a name
MOST_COLUMNS = 5_000
SEPARATORS = (",", ";", "\t", "|")
ENCODINGS = {"utf-8": "utf-8", "latin-1": "latin-1"}


@dataclass(frozen=True)
class Format:
    """How a file is written. `separator` None: found out from the columns that the map names."""

    separator: str | None = None
    decimal: str = "."
    encoding: str = "utf-8"
    missing: frozenset[str] = frozenset({""})


@dataclass(frozen=True)
class Row:
    """One record: the line on which it starts, its cells as they stand, and by column name, trimmed."""

    line: int
    raw: tuple[str, ...]
    cells: dict[str, str]


class Lines:
    """The decoded lines of a file, with the number of the last one given out."""

    def __init__(self, handle: BinaryIO, file: str, encoding: str) -> None:
        self.handle, self.file, self.encoding, self.number = handle, file, ENCODINGS[encoding], 0

    def __iter__(self) -> Iterator[str]:
        while raw := self.handle.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(raw) > LONGEST_LINE:
                reason = _(
                    "the line is longer than {longest_line:,} bytes: this is no table of codes"
                ).format(longest_line=LONGEST_LINE)
                raise refuse(self.file, reason, line=self.number)
            yield self.decoded(raw.removeprefix(b"\xef\xbb\xbf") if self.number == 1 else raw)

    def decoded(self, raw: bytes) -> str:
        try:
            return raw.decode(self.encoding)
        except UnicodeDecodeError as error:
            reason = _(
                "byte {raw:#04x} is not UTF-8; save the file as UTF-8, or say encoding = "
                '"latin-1" under [file] in the map'
            ).format(raw=raw[error.start])
            raise refuse(self.file, reason, line=self.number) from error


class Table:
    """A file with a header line: its column names, then its rows, a Refusal in place of each not taken.

    `known` are the columns the map names: they decide the separator where the format leaves it open.
    Raises RefusedError when the file as a whole cannot be read: no header, wrong encoding, an endless line.
    """

    def __init__(self, handle: BinaryIO, *, file: str, format: Format, known: Iterable[str] = ()) -> None:
        self.file = file
        self.lines = Lines(handle, file, format.encoding)
        self.text = iter(self.lines)
        first = next(self.text, "")
        self.separator = format.separator or sniffed(first, file=file, known=frozenset(known))
        self.columns = header(first, self.separator, file=file)

    def __iter__(self) -> Iterator[Row | Refusal]:
        records = csv.reader(self.text, delimiter=self.separator, strict=True)
        while (found := next_record(records, self.lines, self.file)) is not None:
            if isinstance(found, Refusal):
                yield found
            elif found[1]:
                yield checked(found[0], found[1], self.columns, self.file)


def next_record(records, lines: Lines, file: str) -> tuple[int, list[str]] | Refusal | None:
    """The next record with its first line, a Refusal for one that breaks the quoting, None at the end."""
    line = lines.number + 1
    try:
        record = next(records, None)
    except csv.Error as error:
        return Refusal(file, line, "", quoting(str(error)))
    return None if record is None else (line, record)


def quoting(message: str) -> str:
    """The csv module's words, said so that one can act on them."""
    if "field limit" in message:
        return _("a cell is longer than 131,072 characters, or a quotation mark is never closed")
    if "new-line character" in message:
        return _("the line ends with a lone carriage return; save the file with line feeds (LF or CRLF)")
    if "unexpected end of data" in message:
        return _("a quotation mark is opened here and never closed")
    return _("the quotation marks do not pair up ({message})").format(message=message)


def checked(line: int, record: list[str], names: list[str], file: str) -> Row | Refusal:
    """The record as a Row when it is as wide as the header and its cells are short and printable."""
    raw = tuple(record)
    if len(record) != len(names):
        return Refusal(
            file,
            line,
            "",
            _("{count} cells in this row, {columns} in the header").format(
                count=len(record), columns=len(names)
            ),
            raw,
        )
    for name, cell in zip(names, record, strict=True):
        if reason := unprintable(cell):
            return Refusal(file, line, name, reason, raw)
    return Row(line, raw, {name: cell.strip(" \t\xa0") for name, cell in zip(names, record, strict=True)})


def unprintable(cell: str) -> str:
    """Why a cell cannot be a code or a number, or nothing."""
    if len(cell) > LONGEST_CELL:
        return _("the cell has {count:,} characters; at most {longest_cell:,} are taken").format(
            count=len(cell), longest_cell=LONGEST_CELL
        )
    # isprintable() is one call in C; the slow look is for the few cells that fail it.
    if cell.isprintable():
        return ""
    for character in cell:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
            return _("the cell holds the control character U+{character:04X}").format(
                character=ord(character)
            )
    return ""


def header(first: str, separator: str, *, file: str) -> list[str]:
    """The column names of the first line: each named, none twice."""
    try:
        names = [name.strip() for name in next(csv.reader([first], delimiter=separator, strict=True), [])]
    except csv.Error as error:
        raise refuse(
            file, _("the header cannot be read: {error}").format(error=quoting(str(error))), line=1
        ) from error
    if not any(names):
        raise refuse(file, _("the file is empty; its first line must name the columns"), line=1)
    if len(names) > MOST_COLUMNS:
        raise refuse(
            file,
            _("the header has {count:,} columns; at most {most_columns:,} are taken").format(
                count=len(names), most_columns=MOST_COLUMNS
            ),
            line=1,
        )
    check_names(names, file)
    return names


def check_names(names: list[str], file: str) -> None:
    """Each column has a name, and none has another's. Raises RefusedError."""
    seen: set[str] = set()
    for position, name in enumerate(names, start=1):
        if not name or unprintable(name):
            raise refuse(
                file,
                _("column {position} has no usable name in the header").format(position=position),
                line=1,
            )
        if name in seen:
            raise refuse(file, _("the header names {name} twice").format(name=shown(name)), line=1)
        seen.add(name)


def sniffed(first: str, *, file: str, known: frozenset[str]) -> str:
    """The separator under which most of the map's columns appear in the header."""
    found = {separator: len(known & set(split(first, separator))) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: found[separator])
    if not found[best]:
        reason = _(
            "no separator found: neither comma, semicolon, tab nor bar gives a column of the map in {first}; "
            "say separator under [file] in the map"
        ).format(first=shown(first.strip()))
        raise refuse(file, reason, line=1)
    return best


def split(first: str, separator: str) -> list[str]:
    return [name.strip().strip('"') for name in first.strip().split(separator)]
