"""The text of each consent, by kind, version and language. A released text never changes: it gets a new version."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinic.consents.reading import FOLDER, Source, order, read, sources, text, texts
from clinic.models import Consent

FALLBACK = "en"
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
    """One file. Raises WordingError with the file and the key that is wrong."""
    data = read(path)
    return ConsentText(
        kind=Consent.Kind(data["kind"]),
        version=data["version"],
        language=data["language"],
        title=data["title"],
        asks=text(path.name, data, "asks"),
        paragraphs=texts(path.name, data, "paragraphs"),
        sources=sources(path.name, data),
        by_import=data.get("by_import", False),
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
