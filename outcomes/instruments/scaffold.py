"""Writes a new instrument: its definition, a worked example as a test, and its licence line."""

from dataclasses import dataclass
from pathlib import Path

from outcomes.instruments.licences import FILE as LICENCES
from outcomes.instruments.licences import licences
from outcomes.instruments.score_only import KEY

ROOT = Path(__file__).resolve().parents[2]
DEFINITION = '''"""{title}: {items} items of {low} to {high}."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import ON_THE_FORM, choices
from outcomes.instruments.scoring import sum_of_items

{name} = Instrument(
    key="{key}",
    version="1",
    title="{title}",
    short="{title}",
    measures=_("{title}"),
    recall=ON_THE_FORM,
    items=choices({items}, {low}, {high}),
    scoring=sum_of_items,
    scoring_text=_("Sum of the items."),
    low={least},
    high={most},
    basis=basis("prop"),
)
INSTRUMENTS = ({name},)
'''
EXAMPLE = '''"""{title} by example: replace these with the examples of its publication."""

import pytest

from outcomes.instruments import registry


@pytest.mark.parametrize(("value", "total"), [({low}, {least}), ({high}, {most})])
def test_a_sitting_gives_its_total(value, total):
    answers = {{f"item_{{number}}": value for number in range(1, {items} + 1)}}
    assert registry.get("{key}").score(answers).total == total


def test_a_missing_answer_leaves_no_total():
    assert registry.get("{key}").score({{"item_1": {high}}}).total is None
'''
LICENCE = '{key} = {{ text = "no", licence = "Not read yet: scores only", marks = ["prop"] }}\n'


class ScaffoldError(Exception):
    """Nothing was written, and why."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the new instrument has."""

    key: str
    title: str
    items: int
    low: int
    high: int


def write(shape: Shape, root: Path = ROOT) -> list[Path]:
    """Write the three parts; the files that were written or added to. Raises ScaffoldError, and then nothing is written."""
    refuse(shape)
    words = {
        "key": shape.key,
        "title": shape.title,
        "name": shape.key.upper(),
        "items": shape.items,
        "low": shape.low,
        "high": shape.high,
        "least": shape.items * shape.low,
        "most": shape.items * shape.high,
    }
    definition = root / f"outcomes/instruments/definitions/{shape.key}.py"
    example = root / f"tests/outcomes/instruments/examples/test_{shape.key}.py"
    line = root / LICENCES.relative_to(ROOT)
    if definition.exists() or example.exists():
        raise ScaffoldError(f"{definition.name} or {example.name} is there already.")
    example.parent.mkdir(parents=True, exist_ok=True)
    definition.write_text(DEFINITION.format(**words), encoding="utf-8")
    example.write_text(EXAMPLE.format(**words), encoding="utf-8")
    with line.open("a", encoding="utf-8") as file:
        file.write(LICENCE.format(**words))
    return [definition, example, line]


def refuse(shape: Shape) -> None:
    """Raise ScaffoldError for a key that could not name a variable, or a shape that is none."""
    if not KEY.fullmatch(shape.key):
        raise ScaffoldError(f"{shape.key!r}: use a to z, 0 to 9 and _, beginning with a letter.")
    if shape.key in licences():
        raise ScaffoldError(f"There is an instrument {shape.key} already.")
    if (
        not shape.title.isprintable()
        or any(sign in shape.title for sign in '"\\{}%')
        or not shape.title.strip()
    ):
        raise ScaffoldError("The title must be plain words, without quotation marks, braces or %.")
    if not 1 <= shape.items <= 200 or not 0 <= shape.low < shape.high <= 100:
        raise ScaffoldError(
            "An instrument has 1 to 200 items, and answers from LOW to a HIGH of at most 100."
        )
