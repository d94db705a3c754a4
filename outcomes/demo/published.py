"""The published figures of the demo programme, read from their one file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("mitchell2021.toml")


@dataclass(frozen=True, slots=True)
class PublishedVisit:
    """One arm at one visit: how many, mean and sample SD of the totals, and how many responded."""

    key: str
    week: int
    n: int
    mean: float
    sd: float
    responders: int | None = None


@dataclass(frozen=True, slots=True)
class PublishedArm:
    """One arm, its visits in order; the first is the baseline."""

    key: str
    name: str
    visits: tuple[PublishedVisit, ...]


@dataclass(frozen=True, slots=True)
class PublishedStudy:
    """A study's figures with where they come from. `response_drop` and `entry_from` are CAPS-5 points."""

    study: str
    reference: str
    doi: str
    registration: str
    data: str
    instrument: str
    response_drop: int
    entry_from: int
    arms: tuple[PublishedArm, ...]


def published() -> PublishedStudy:
    """Mitchell 2021, CAPS-5."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    arms = tuple(
        PublishedArm(arm["key"], arm["name"], tuple(PublishedVisit(**visit) for visit in arm["visits"]))
        for arm in data.pop("arms")
    )
    return PublishedStudy(arms=arms, **data)
