"""A language made at test time: each translated text stands in brackets; what does not was forgotten."""

import re
from contextlib import ExitStack, contextmanager
from html.parser import HTMLParser
from unittest.mock import patch

from django.utils import translation

OPEN, CLOSE = "⟦", "⟧"
WORD = re.compile(r"[^\W\d_]{2,}")
# Data, not interface: codes, times, a participant's words, code to scan or type.
DATA_TAGS = {"script", "style", "time", "bdi", "q", "output", "textarea", "symbol"}
DATA_CLASSES = {"code", "secret", "data-text", "unit"}
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label")
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BRAND = "Afterward"


def bracketed(text: str) -> str:
    """The pseudo-translation of one message."""
    return f"{OPEN}{text}{CLOSE}" if text else text


@contextmanager
def language():
    """While it lasts, every gettext call answers in brackets."""
    answers = {
        "gettext": lambda message: bracketed(message),
        "pgettext": lambda context, message: bracketed(message),
        "ngettext": lambda one, many, number: bracketed(one if number == 1 else many),
        "npgettext": lambda context, one, many, number: bracketed(one if number == 1 else many),
    }
    with ExitStack() as stack:
        for name, answer in answers.items():
            stack.enter_context(patch.object(translation._trans, name, answer))
        yield


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What of a text stands outside all brackets, and how many brackets are open at its end."""
    loose = []
    for character in text:
        depth += (character == OPEN) - (character == CLOSE)
        if depth <= 0 and character != CLOSE:
            loose.append(character)
            depth = 0
    return "".join(loose), max(depth, 0)


class Reader(HTMLParser):
    """Collects the words of a page that are neither bracketed nor data."""

    def __init__(self, data: tuple[str, ...] = ()):
        super().__init__()
        self.data = sorted(filter(None, {BRAND, *data}), key=len, reverse=True)
        self.depth = 0
        self.silent: list[bool] = []
        self.found: list[str] = []

    def judge(self, text: str, depth: int = 0) -> int:
        """Note the text if words of it are loose; returns the brackets left open."""
        loose, depth = outside(text, depth)
        for known in self.data:
            loose = loose.replace(known, " ")
        if WORD.search(loose):
            self.found.append(" ".join(text.split()))
        return depth

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        data = tag in DATA_TAGS or given.get("translate") == "no"
        data = data or bool(DATA_CLASSES & set((given.get("class") or "").split()))
        for name in SPOKEN:
            self.judge(given.get(name) or "")
        if tag not in INLINE:
            self.depth = 0
        if tag not in VOID:
            self.silent.append(data)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self.depth = 0
        if self.silent and tag not in VOID:
            self.silent.pop()

    def handle_data(self, text):
        if any(self.silent):
            self.depth = outside(text, self.depth)[1]
        else:
            self.depth = self.judge(text, self.depth)


def untranslated(html: str, data: tuple[str, ...] = ()) -> list[str]:
    """Texts of a page in the pseudo-language that no catalogue could reach; `data` are known values."""
    reader = Reader(tuple(data))
    reader.feed(html)
    reader.close()
    return reader.found
