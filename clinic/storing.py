"""Saves one row: Python checks the fields, the database checks the rest, and its refusal becomes a plain message."""

from collections.abc import Iterable
from types import TracebackType
from typing import Literal, Self, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from clinic import seeding

Row = TypeVar("Row", bound=models.Model)


def insert(row: Row, using: str = "default") -> Row:
    """Store a new row. Raises ValidationError.

    No query asks beforehand whether a constraint would hold: the constraint itself answers, under load as well.
    """
    seeding.stamp(row)
    _clean(row)
    with explained(row), transaction.atomic(using=using):
        row.save(force_insert=True, using=using)
    return row


def update(row: Row, fields: Iterable[str], using: str = "default") -> Row:
    """Store the named fields of a row that is there. Raises ValidationError."""
    _clean(row)
    with explained(row), transaction.atomic(using=using):
        row.save(force_update=True, update_fields=list(fields), using=using)
    return row


def _clean(row: models.Model) -> None:
    """Types, choices, lengths and the model's own `clean`; foreign keys are left to the database."""
    relations = {field.name for field in row._meta.fields if field.is_relation}
    row.full_clean(exclude=relations, validate_unique=False, validate_constraints=False)


class explained:  # noqa: N801 - reads as a word in `with explained(row):`
    """Turns a constraint's IntegrityError into the ValidationError that its model words."""

    def __init__(self, row: models.Model | type[models.Model]):
        self.row = row

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        if not isinstance(error, IntegrityError):
            return False
        raise self.message(error) from error

    def message(self, error: IntegrityError) -> Exception:
        """What the constraint says to a person; the error itself where no constraint of this model is named."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for constraint in self.row._meta.constraints:
            if constraint.name == name:
                return ValidationError(
                    {NON_FIELD_ERRORS: [constraint.get_violation_error_message()]}, code=name
                )
        if name and name.endswith("_fk"):
            return ValidationError(_("This belongs to another site."), code="other-site")
        return error
