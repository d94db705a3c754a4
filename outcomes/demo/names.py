"""Names for invented people: words that are nobody's, so that a demo name is known for one."""

from datetime import date
from random import Random

GIVEN = (
    "Wren",
    "Ash",
    "Rowan",
    "Linden",
    "Sage",
    "Robin",
    "Fern",
    "Hazel",
    "Jay",
    "Lark",
    "Reed",
    "Clover",
    "Flint",
    "Heath",
    "Ivy",
)
FAMILY = (
    "Demoford",
    "Samplewick",
    "Exampleton",
    "Mockingham",
    "Trialby",
    "Testerly",
    "Specimen",
    "Protoville",
)


def name_of(rng: Random, number: int) -> tuple[str, str, date]:
    """Given name, family name and birth date; the number keeps two people apart."""
    born = date(1955 + rng.randrange(48), 1 + rng.randrange(12), 1 + rng.randrange(28))
    return rng.choice(GIVEN), f"{rng.choice(FAMILY)}-{number + 1}", born
