"""Contrast, computed from the tokens themselves, in both lights."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "clinic/static/afterward/css/tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
COLOURS = {name: (light, dim) for name, light, dim in PAIR.findall(TOKENS)}
GROUNDS = ("paper", "sheet", "sunk")
TEXT = [(ink, ground) for ink in ("ink", "ink-soft") for ground in GROUNDS]
TEXT += [(name, "sheet") for name in ("act", "act-over", "dose", "s1", "s2", "s3", "red", "amber")]
TEXT += [(name, f"{name}-wash") for name in ("red", "amber", "yellow", "ok", "act", "dose")]
TEXT += [("ink", "plain-wash"), ("ink", "dose-wash")]
TEXT += [("on-fill", f"{name}-fill") for name in ("act", "red", "amber")]
EDGES = [("line-firm", ground) for ground in ("paper", "sheet")] + [("focus", ground) for ground in GROUNDS]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("light", [0, 1], ids=["paper", "dim"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_read_at_seven_to_one(ink, ground, light):
    assert contrast(COLOURS[ink][light], COLOURS[ground][light]) >= 7


@pytest.mark.parametrize("light", [0, 1], ids=["paper", "dim"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_and_focus_are_seen_at_three_to_one(edge, ground, light):
    assert contrast(COLOURS[edge][light], COLOURS[ground][light]) >= 3


def test_a_colour_is_written_only_among_the_tokens():
    """The one exception is the square code, which a camera reads: black on white in any light."""
    css = Path(settings.BASE_DIR, "clinic/static/afterward/css")
    stray = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,6}\b(?!-)", path.read_text())
        for path in css.glob("*.css")
        if path.name not in {"tokens.css", "print.css"}
    }
    assert {name: found for name, found in stray.items() if found} == {"screens.css": ["#fff", "#000"]}
