"""Parsers of single values in a protocol file. Each raises ValueError with what must be so."""

from collections.abc import Callable
from decimal import Decimal

from clinic.permissions import Role
from clinic.sections import texts


def whole(low: int, high: int) -> Callable[[object], int]:
    """A parser of whole numbers from `low` to `high`."""

    def parse(value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return value

    return parse


def amount(value: object) -> Decimal:
    """A number that is not below 0."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value < 100_000:
        raise ValueError("must be a number from 0 on")
    return Decimal(value)


def yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def minutes(value: object) -> tuple[int, ...]:
    """Whole numbers that rise."""
    if not isinstance(value, list) or not all(type(one) is int and 0 <= one <= 10_000 for one in value):
        raise ValueError("must be a list of whole numbers from 0 on")
    if sorted(set(value)) != value:
        raise ValueError("must rise, each number once")
    return tuple(value)


def roles(value: object) -> tuple[str, ...]:
    """Roles of the clinic, at least one."""
    found = texts(value)
    if not found or not set(found) <= set(Role.values):
        raise ValueError(f"must be a list of roles, of {', '.join(Role.values)}")
    return tuple(found)
