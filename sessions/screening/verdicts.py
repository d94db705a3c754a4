"""What a rule can come to, and the source that each rule carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.sections import Section, text
from sessions.protocol import Mark
from sessions.screening.files import HERE, member, read, words


class Verdict(StrEnum):
    """What a rule comes to, in the order of a page: what is not known stands first."""

    NOT_KNOWN = "not-known"
    EXCLUDE = "exclude"
    SIGN_OFF = "sign-off"
    CAUTION = "caution"
    CLEAR = "clear"


# As people read them. No word here says that a person may be dosed.
LABELS: Mapping[Verdict, Promise] = {
    Verdict.NOT_KNOWN: _("Not known"),
    Verdict.EXCLUDE: _("Exclude"),
    Verdict.SIGN_OFF: _("A physician decides and signs"),
    Verdict.CAUTION: _("Caution, with a plan"),
    Verdict.CLEAR: _("No rule triggered"),
}
# The strictest first. An exclusion stays one whatever else is still open.
STRICTNESS = (Verdict.EXCLUDE, Verdict.NOT_KNOWN, Verdict.SIGN_OFF, Verdict.CAUTION, Verdict.CLEAR)
# The verdicts that a rule or a class of medicines may give by itself.
ACTIONS = (Verdict.EXCLUDE, Verdict.SIGN_OFF, Verdict.CAUTION)


@dataclass(frozen=True)
class Basis:
    """Where something was read, as printed, and how it is known."""

    source: str
    mark: Mark


@cache
def sources() -> Mapping[str, str]:
    """Every source by its short name. Raises RefusedError."""
    found = read((HERE / "sources.toml").read_bytes(), file="sources.toml")
    return {name: text(value) for name, value in found.table.items()}


def basis_of(part: Section) -> Basis:
    """The `source` (one name or several) and the `mark` of an entry; both are needed."""
    return Basis(part.take("source", source_text), part.take("mark", member(Mark)))


def source_text(value: object) -> str:
    named = words([value] if isinstance(value, str) else value)
    if not named:
        raise ValueError("must name at least one source")
    for one in named:
        if one not in sources():
            raise ValueError(f"{one!r} is not in sources.toml")
    return "; ".join(sources()[one] for one in named)


def action(value: object) -> Verdict:
    """EXCLUDE, SIGN-OFF or CAUTION, as a file names them."""
    known = {one.value.upper(): one for one in ACTIONS}
    if value not in known:
        raise ValueError(f"must be one of {', '.join(known)}")
    return known[str(value)]
