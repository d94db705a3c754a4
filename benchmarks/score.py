"""Scores 10,000 assessments of every instrument that has items, and takes the slowest against the limit."""

import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from outcomes.instruments import registry
from outcomes.instruments.base import Answer, Instrument

SITTINGS, LIMIT_SECONDS = 10_000, 1.0


def sittings(instrument: Instrument, rng: Random) -> list[dict[str, Answer]]:
    """Answers from everywhere in the range, one in fifty missing."""
    return [
        {
            item.key: None
            if rng.random() < 0.02
            else rng.randrange(item.low or 0, (item.high or 0) + 1, int(item.step or 1) or 1)
            for item in instrument.items
        }
        for _sitting in range(SITTINGS)
    ]


def seconds(instrument: Instrument) -> float:
    """How long scoring takes; making the answers is not counted."""
    answers = sittings(instrument, Random(0))
    begin = time.perf_counter()
    for one in answers:
        instrument.score(one)
    return time.perf_counter() - begin


def main() -> int:
    """Print each instrument's time; 1 where one is over the limit."""
    times = {instrument.key: seconds(instrument) for instrument in registry.all()}
    for key, taken in sorted(times.items(), key=lambda pair: -pair[1])[:5]:
        print(f"score {SITTINGS:,} x {key}: {taken:.3f} s (limit {LIMIT_SECONDS:.1f} s)")
    return int(max(times.values()) > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
