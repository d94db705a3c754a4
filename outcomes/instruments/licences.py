"""By which licence an instrument's text may be shown, from the data file beside this one."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from outcomes.instruments.basis import Basis

FILE = Path(__file__).with_name("licences.toml")
TOTAL_ONLY = "Item text is not shipped: the clinic uses its own licensed form and enters the total"


class Text(StrEnum):
    """Whether the words of the items are shown."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Licence:
    """What may be shown, in which words the owner says so, and where that was read."""

    text: Text
    words: str
    basis: Basis


NO_LINE = Licence(Text.NO, TOTAL_ONLY, Basis((), "no line in licences.toml"))


@cache
def licences() -> dict[str, Licence]:
    """Key of the instrument to its licence, in the order of the file."""
    with FILE.open("rb") as file:
        lines = tomllib.load(file)
    return {
        key: Licence(Text(line["text"]), line["licence"], Basis(tuple(line["marks"])))
        for key, line in lines.items()
    }


def licence_of(key: str) -> Licence:
    """The licence of an instrument; of an imported measure, scores only."""
    return licences().get(key, NO_LINE)
