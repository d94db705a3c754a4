"""What was released stays as it is: the digest of each version, and of each wording, in the data file beside this one."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from outcomes.instruments import registry
from outcomes.instruments.base import Answer, Instrument, Item
from outcomes.instruments.wording_types import Wording
from outcomes.instruments.wordings import FOLDER, HELD, load

FILE = Path(__file__).with_name("released.toml")
SITTINGS = 200
# What is said about a wording may be corrected; what a participant reads may not.
NOTES = ("sources", "unconfirmed", "licence", "not_for")
HEADING = """# The digest of everything released. A line is added by `manage.py release_instruments`, and never changed:
# another rule, band, order or word is another version, with a line of its own.
"""


class ReleasedError(Exception):
    """Something released was changed without a new version."""


def released() -> dict[str, str]:
    """Name of a version or wording to its digest."""
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def present() -> dict[str, str]:
    """The same of everything as it stands in the code."""
    found = {f"{one.key} {one.version}": digest(one) for one in registry.VERSIONS.values()}
    for path in sorted([*FOLDER.glob("*.toml"), *HELD.glob("*.toml")]):
        words = load(path)
        name = f"{words.instrument} {registry.get(words.instrument).version} {words.language}"
        found[name] = words_digest(words)
    return found


def changed() -> list[str]:
    """The names whose digest is another than the released one."""
    known = released()
    return [name for name, value in present().items() if known.get(name, value) != value]


def release() -> list[str]:
    """Add a line for whatever has none; the names that are new. Raises ReleasedError where something was changed."""
    if names := changed():
        raise ReleasedError(f"Changed without a new version: {', '.join(names)}")
    known, found = released(), present()
    new = [name for name in found if name not in known]
    lines = [f'"{name}" = "{value}"' for name, value in sorted({**known, **found}.items())]
    FILE.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    return new


def digest(instrument: Instrument) -> str:
    """SHA-256 over the definition, and over what it makes of some hundred sittings: a rule shows by its results."""
    return hashed({"definition": definition_of(instrument), "results": list(results(instrument))})


def hashed(facts: Any) -> str:
    """SHA-256 of canonical JSON."""
    text = json.dumps(facts, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def definition_of(instrument: Instrument) -> dict[str, Any]:
    """What changes a score or its reading. Labels may be worded better."""
    return {
        "items": [item_of(item) for item in instrument.items],
        "missing": instrument.missing_rule.at_most,
        "range": [instrument.low, instrument.high, instrument.total_step],
        "bands": [(band.key, band.low, band.high) for band in instrument.bands],
        "scales": {k: [(b.key, b.low, b.high) for b in v] for k, v in instrument.subscale_bands.items()},
        "scheme": instrument.scheme,
        "limits": [(c.low, c.high, c.of, c.sex, dict(c.where)) for c in instrument.cutoffs],
        "change": [instrument.reliable_change, instrument.meaningful_change, instrument.higher_is_worse],
    }


def item_of(item: Item) -> list[Any]:
    """One item without its labels."""
    options = [(option.value, option.loinc) for option in item.options]
    asked = [(when.items, when.low, when.high) for when in item.asked_when]
    flags = [item.scored, item.safety, item.safety_from, item.reverse]
    return [
        item.key,
        str(item.kind),
        item.low,
        item.high,
        item.step,
        flags,
        item.subscale,
        options,
        asked,
        item.loinc,
    ]


def results(instrument: Instrument) -> Iterator[list[Any]]:
    """Scores of the same sittings every time: random() alone gives the same numbers in every Python."""
    rng = Random(instrument.key)  # noqa: S311 - the same every time, and no secret
    for number in range(SITTINGS):
        missing = 0.0 if number % 2 else 0.1
        score = instrument.score({item.key: answer(item, rng, missing) for item in instrument.items})
        band = score.band.key if score.band else ""
        yield [
            score.total,
            score.prorated,
            band,
            score.subscales,
            score.criteria,
            score.safety_flags,
            score.reason,
        ]


def answer(item: Item, rng: Random, missing: float) -> Answer:
    """Any answer of the item, or none."""
    left_out, where = rng.random() < missing, rng.random()
    if left_out or item.low is None or item.high is None or item.step is None:
        return None
    steps = int((item.high - item.low) / item.step)
    value = item.low + int(where * (steps + 1)) * item.step
    return int(value) if value == int(value) else value


def words_digest(words: Wording) -> str:
    """SHA-256 of what a participant reads."""
    return hashed(asdict(words) | dict.fromkeys(NOTES))
