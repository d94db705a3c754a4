"""Strict reading of a TOML table: known keys, right types, and messages that name file, key and reason. For every data file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clinic.refusals import RefusedError, refuse, shown

NOTHING = object()


@dataclass(frozen=True)
class Section:
    """A table of the file under its dotted name."""

    file: str
    path: str
    table: dict[str, Any]

    def wrong(self, key: str, reason: str) -> RefusedError:
        return refuse(self.file, reason, column=f"{self.path}.{key}" if self.path else key)

    def only(self, *keys: str) -> None:
        for key in self.table:
            if key not in keys:
                raise self.wrong(key, _("is not known here; known are {names}").format(names=", ".join(keys)))

    def take(self, key: str, parse: Callable[[Any], Any], default: Any = NOTHING) -> Any:
        """The value under a key, parsed; ValueError of the parser becomes a refusal."""
        if key not in self.table:
            if default is NOTHING:
                raise self.wrong(key, _("is missing"))
            return default
        try:
            return parse(self.table[key])
        except ValueError as error:
            raise self.wrong(key, str(error)) from error

    def section(self, key: str, *keys: str, optional: bool = False) -> "Section":
        """A table below this one; with `keys`, no others are allowed in it."""
        value = self.table.get(key, {} if optional else None)
        if not isinstance(value, dict):
            raise self.wrong(key, _("is missing") if value is None else _("must be a table"))
        found = Section(self.file, f"{self.path}.{key}" if self.path else key, value)
        if keys:
            found.only(*keys)
        return found

    def sections(self, key: str) -> list["Section"]:
        """The tables of an array, [[key]]; at least one."""
        value = self.table.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(part, dict) for part in value):
            raise self.wrong(key, _("at least one [[{key}]] is needed").format(key=key))
        return [Section(self.file, f"{key}[{number}]", part) for number, part in enumerate(value, start=1)]

    def key_like(self, key: str, value: str, pattern: re.Pattern[str]) -> None:
        if not pattern.fullmatch(value):
            raise self.wrong(
                key,
                _("{value} must be lower-case letters, digits and _, and begin with a letter").format(
                    value=shown(value)
                ),
            )


def text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("must be text"))
    return value


def texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise ValueError(_("must be a list of texts"))
    return value


def names_by_name(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not value or not all(isinstance(part, str) for part in value.values()):
        raise ValueError(_('must be a table of names, as in source = "ours"'))
    return value


def choice(*allowed: str) -> Callable[[object], str]:
    def parse(value: object) -> str:
        if value not in allowed:
            raise ValueError(
                _("must be one of {names}").format(names=", ".join(repr(one) for one in allowed))
            )
        return str(value)

    return parse
