"""The text of each consent, by kind, version and language. A released text never changes: it gets a new version."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinic.consents.reading import FALLBACK, FOLDER, Source, order, read, some, sources
from clinic.models import Consent
from clinic.sections import choice, text

# The version that imports record: the person agreed elsewhere.
SOURCE_STUDY = "source-study"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What somebody agrees to. `by_import`: recorded by imports, never offered to a person."""

    kind: str
    version: str
    language: str
    title: str
    asks: str
    paragraphs: tuple[str, ...]
    sources: tuple[Source, ...]
    by_import: bool = False

    @property
    def whole(self) -> str:
        """What is stored with the consent."""
        return "\n\n".join(self.paragraphs)

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.version}/{self.language}"


@cache
def load(path: Path) -> ConsentText:
    """One file. Raises RefusedError with the file and the key that is wrong."""
    top = read(path, "asks", "paragraphs", "by_import")
    return ConsentText(
        kind=top.take("kind", choice(*Consent.Kind.values)),
        version=top.take("version", text),
        language=top.take("language", text),
        title=top.take("title", text),
        asks=top.take("asks", text),
        paragraphs=top.take("paragraphs", some),
        sources=sources(top),
        by_import=top.take("by_import", bool, False),
    )


@cache
def all_texts() -> dict[tuple[str, str, str], ConsentText]:
    """Every released text, by kind, version and language."""
    files = [path for kind in Consent.Kind.values for path in FOLDER.glob(f"{kind}.*.toml")]
    return {(one.kind, one.version, one.language): one for one in map(load, files)}


def text_of(kind: str, version: str, language: str) -> ConsentText | None:
    """The text of one version; None where there is none, such as for a form that was signed elsewhere."""
    return all_texts().get((kind, version, language))


def offered(kind: str) -> list[ConsentText]:
    """The texts that a person can be asked with: the newest version first, English before other languages."""
    found = [one for one in all_texts().values() if one.kind == kind and not one.by_import]
    found.sort(key=lambda one: (one.language != FALLBACK, one.language))
    return sorted(found, key=lambda one: order(one.version), reverse=True)


def kinds() -> list[Consent.Kind]:
    """The kinds that are asked, in the order of the page."""
    return [kind for kind in Consent.Kind if offered(kind)]
