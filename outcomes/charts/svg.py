"""SVG of our own: percentages, classes, escaped text, well-formed by construction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as escape_html
from math import ceil, floor, log10

# XML 1.0 knows no other control characters; one of them would make the whole page unreadable.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
REFUSED_ATTRIBUTES = ("style", "href")


class Markup(str):
    """Finished markup; templates show it without escaping it again."""

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of values laid over 0 to 100 per cent; `flip` for the upright axis, whose 0 is below."""

    low: float
    high: float
    flip: bool = False

    def share(self, value: float) -> float:
        """Where `value` lies, 0 to 1, kept inside."""
        part = (value - self.low) / (self.high - self.low)
        part = min(1.0, max(0.0, part))
        return 1 - part if self.flip else part

    def percent(self, value: float) -> str:
        return percent(self.share(value))

    def thousandth(self, value: float) -> str:
        """For the inner drawing, whose sides are 1000."""
        return number(self.share(value) * 1000)


def number(value: float) -> str:
    """A coordinate: at most two decimals, always a point, whatever the language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    return f"{number(share * 100)}%"


def identifier_of(text: str) -> str:
    """`text`, if it may begin the ids of a page; ValueError otherwise."""
    if not IDENTIFIER.fullmatch(text):
        raise ValueError(f"{text!r} cannot begin an id: use letters, digits, _ and -, a letter first")
    return text


def text_of(value: object) -> Markup:
    """Any text as markup."""
    return Markup(escape_html(FORBIDDEN.sub("\ufffd", str(value)), quote=True))


def element(name: str, *children: Markup, **attributes: object) -> Markup:
    """One element. `class_` gives class, `text_anchor` text-anchor; None leaves an attribute out.

    Inline style, links and event handlers are refused: the content security policy would block them.
    """
    parts = [name]
    for key, value in attributes.items():
        spelt = key.rstrip("_").replace("_", "-")
        if spelt in REFUSED_ATTRIBUTES or spelt.startswith("on"):
            raise ValueError(f"{spelt} is not allowed in a chart")
        if value is not None:
            parts.append(f'{spelt}="{text_of(value)}"')
    inner = "".join(child if isinstance(child, Markup) else text_of(child) for child in children)
    return Markup(f"<{' '.join(parts)}>{inner}</{name}>" if inner else f"<{' '.join(parts)}/>")


def join(parts: Sequence[Markup]) -> Markup:
    return Markup("".join(parts))


def label(
    value: object,
    *,
    x: str,
    y: str,
    dx: int = 0,
    dy: int = 0,
    anchor: str | None = None,
    class_: str | None = None,
) -> Markup:
    """Text at a point, moved by pixels."""
    return element(
        "text", text_of(value), class_=class_, x=x, y=y, dx=dx or None, dy=dy or None, text_anchor=anchor
    )


def across(y: str, class_: str) -> Markup:
    """A line from left to right."""
    return element("line", class_=class_, x1="0", x2="100%", y1=y, y2=y)


def upright(x: str, class_: str) -> Markup:
    """A line from top to bottom."""
    return element("line", class_=class_, x1=x, x2=x, y1="0", y2="100%")


def stripe(y: str, height: str, class_: str) -> Markup:
    """A band over the whole width."""
    return element("rect", class_=class_, x="0", width="100%", y=y, height=height)


def disc(x: str, y: str, class_: str, radius: float) -> Markup:
    return element("circle", class_=class_, cx=x, cy=y, r=number(radius))


def cross(x: str, y: str, class_: str) -> Markup:
    """A missed occasion. A small drawing of its own, so that its size is in pixels."""
    return element(
        "svg", element("path", class_=class_, d="M-5 -5 5 5M-5 5 5 -5"), x=x, y=y, width="1", height="1"
    )


def polyline(points: Sequence[tuple[str, str]], class_: str) -> Markup:
    """A line through points of 0 to 1000; for use inside `stretched`."""
    return element("polyline", class_=class_, points=" ".join(f"{x},{y}" for x, y in points))


def stretched(*lines: Markup) -> Markup:
    """The inner drawing, 1000 by 1000, stretched to the plot; its strokes do not scale."""
    return (
        element("svg", *lines, viewBox="0 0 1000 1000", preserveAspectRatio="none") if lines else Markup("")
    )


def nice_ticks(low: float, high: float, at_most: int = 6) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, about `at_most` of them."""
    raw = max(high - low, 1e-9) / (at_most - 1)
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    first, last = floor(low / step), ceil(high / step)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]
