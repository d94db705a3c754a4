"""What a reader says when it refuses: where, and why, in words that tell what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Refusal:
    """One reason why a row, or a whole file, is not taken. `line` counts from 1; 0 is the file itself.

    `cells` is the refused row as it stood, so that it can be given back.
    """

    file: str
    line: int
    column: str
    reason: str
    cells: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        if self.line and self.column:
            pattern = _("{file}, line {line}, column {column}: {reason}")
        elif self.line:
            pattern = _("{file}, line {line}: {reason}")
        elif self.column:
            pattern = _("{file}, column {column}: {reason}")
        else:
            pattern = _("{file}: {reason}")
        return pattern.format(file=self.file, line=self.line, column=self.column, reason=self.reason)


class RefusedError(Exception):
    """Nothing of the file is taken. Carries the refusals."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("\n".join(str(refusal) for refusal in self.refusals))


def refuse(file: str, reason: str, *, line: int = 0, column: str = "") -> RefusedError:
    """A refusal of the whole file, ready to raise."""
    return RefusedError([Refusal(file, line, column, reason)])


def shown(text: str, length: int = 40) -> str:
    """A cell as a message may show it: quoted, short, without control characters."""
    whole = text if len(text) <= length else text[:length] + "…"
    return repr(whole)
