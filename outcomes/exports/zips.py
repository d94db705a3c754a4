"""A zip written as it is sent: nothing is held but one piece."""

from collections.abc import Iterable, Iterator
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# One date for all entries, so that the same files give the same zip.
DATE = (2000, 1, 1, 0, 0, 0)


class Outlet:
    """What zipfile writes to and the response takes from. It cannot seek, so sizes follow the entries."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.waiting.append(bytes(data))
        return len(self.waiting[-1])

    def flush(self) -> None:
        """Nothing is kept back."""

    def take(self) -> bytes:
        taken = b"".join(self.waiting)
        self.waiting.clear()
        return taken


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The files as one zip, piece by piece."""
    outlet = Outlet()
    with ZipFile(cast(IO[bytes], outlet), "w", ZIP_DEFLATED) as archive:
        for name, contents in files:
            entry = ZipInfo(name, DATE)
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as opened:
                for piece in contents:
                    opened.write(piece)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()
