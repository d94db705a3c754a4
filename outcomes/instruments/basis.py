"""Where a figure was read: kept beside every figure, and printed with it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("sources.toml")
# Beside the sources: what we remember without having read it, and what we propose ourselves.
RECALLED, PROPOSED, OURS = "rec", "prop", "ours"
WORDS = {
    RECALLED: "recalled, not read at the source",
    PROPOSED: "a proposal of ours, to be approved by the clinic",
    OURS: "our own",
}


@cache
def sources() -> dict[str, str]:
    """Mark to source, as in S1 to CamCOPS."""
    with FILE.open("rb") as file:
        return {**tomllib.load(file), **WORDS}


@dataclass(frozen=True, slots=True)
class Basis:
    """The marks of a figure, such as ("S1", "S3"), and a note where one is needed."""

    marks: tuple[str, ...]
    note: str = ""

    def __str__(self) -> str:
        words = [f"{sources().get(mark, mark)} [{mark}]" for mark in self.marks]
        return "; ".join([*words, self.note] if self.note else words)


def basis(*marks: str, note: str = "") -> Basis:
    """`basis("S1", "S3")`: read in these sources; `basis("rec")`: recalled; `basis("prop")`: proposed."""
    return Basis(marks, note)
