"""Writes the files of an export: counted and hashed on the way, and put in place only when whole."""

import csv
import hashlib
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PIECE = 256 * 1024  # bytes written at once; larger pieces were no faster
# A spreadsheet reads a text that begins so as a formula. A minus before a digit is a number.
FORMULA = re.compile(rb'(?:^|,)"?(?:[=+@\t]|-(?![0-9.]))', re.MULTILINE)


class ExportError(Exception):
    """Why there is no export, in a sentence for the person who asked."""


@dataclass
class Tally:
    """What went by: bytes, lines and their SHA-256."""

    name: str
    columns: tuple[str, ...] = ()
    size: int = 0
    lines: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256, repr=False)

    def add(self, piece: bytes) -> bytes:
        self.digest.update(piece)
        self.size += len(piece)
        self.lines += piece.count(b"\r\n")
        return piece

    def facts(self) -> dict[str, object]:
        """The manifest's entry: rows without the header line."""
        return {
            "path": self.name,
            "rows": self.lines - 1,
            "columns": list(self.columns),
            "bytes": self.size,
            "sha256": self.digest.hexdigest(),
        }


def pieces(chunks: Iterable[bytes | memoryview], tally: Tally) -> Iterator[bytes]:
    """CSV as PostgreSQL copies it, in pieces of 256 KiB, with RFC 4180 line ends. Raises ExportError."""
    buffer = bytearray()
    for chunk in chunks:
        buffer += chunk
        if len(buffer) >= PIECE:
            end = buffer.rfind(b"\n") + 1
            yield tally.add(whole_lines(bytes(buffer[:end]), tally.name))
            del buffer[:end]
    if buffer:
        yield tally.add(whole_lines(bytes(buffer), tally.name))


def whole_lines(lines: bytes, name: str) -> bytes:
    """Lines with CRLF. No cell holds a line break: all are codes and numbers."""
    if found := FORMULA.search(lines):
        start = lines[found.start() :].splitlines()[0].decode(errors="replace").strip(',"')
        raise ExportError(f"{name} would hold a text that spreadsheets run as a formula: {start[:40]!r}.")
    return lines.replace(b"\n", b"\r\n")


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A small table as CSV: CRLF, UTF-8, empty for None, and texts that no spreadsheet runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([tame(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def tame(cell: object) -> object:
    """A text of ours that begins like a formula gets an apostrophe, which spreadsheets hide."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@"):
        return "'" + cell
    return "" if cell is None else cell


def write(pieces: Iterable[bytes], path: Path) -> None:
    with path.open("wb", buffering=0) as handle:
        for piece in pieces:
            handle.write(piece)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder to fill, moved to `target` when the block ends well and removed when it does not.

    Raises ExportError where `target` is there already: an export is never mixed into another.
    """
    target = target.absolute()
    if target.exists():
        raise ExportError(f"{target} is there already. Name a folder that is not, or move that one away.")
    if not target.parent.is_dir():
        raise ExportError(f"There is no folder {target.parent} to put the export in.")
    # Beside the target, so that the move is one rename on one disk. Only its owner may read it (mode 0700).
    filling = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield filling
        filling.rename(target)
    except BaseException:
        shutil.rmtree(filling, ignore_errors=True)
        raise
