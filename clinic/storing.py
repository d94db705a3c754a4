"""Saves one row: Python checks the fields, the database checks the rest, and its refusal becomes a plain message."""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Literal, Self, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connections, models, transaction
from django.db.models.sql import InsertQuery
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


def insert_together(rows: Sequence[models.Model], using: str = "default") -> None:
    """Store new rows of several tables in one statement: a set of them costs what one costs. Raises ValidationError.

    Their references are checked at its end, so that a row may belong to another of the same set.
    """
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        seeding.stamp(row)
        _clean(row)
        by_model.setdefault(type(row), []).append(row)
    parts = [_insertion(model, group, using) for model, group in by_model.items()]
    named = ", ".join(f"part_{number} AS ({sql})" for number, (sql, _values) in enumerate(parts))
    with explained(*by_model), transaction.atomic(using=using), connections[using].cursor() as cursor:
        # The statements are Django's own; the values travel beside them.
        cursor.execute(f"WITH {named} SELECT 1", [value for _sql, values in parts for value in values])


def _insertion(model: type[models.Model], rows: list[models.Model], using: str) -> tuple[str, Sequence]:
    """The INSERT that Django makes for rows of one table, and its values."""
    query = InsertQuery(model)
    query.insert_values(model._meta.concrete_fields, rows)
    ((sql, values),) = query.get_compiler(using=using).as_sql()
    return sql, values


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

    def __init__(self, *rows: models.Model | type[models.Model]):
        self.rows = rows

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        if not isinstance(error, IntegrityError):
            return False
        raise self.message(error) from error

    def message(self, error: IntegrityError) -> Exception:
        """What the constraint says to a person; the error itself where no constraint of these models is named."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for row in self.rows:
            # What a trigger refuses carries the name that its model words in `refusals`.
            if words := getattr(row, "refusals", {}).get(name):
                return ValidationError({NON_FIELD_ERRORS: [words]}, code=name)
        for constraint in [one for row in self.rows for one in row._meta.constraints]:
            if constraint.name == name:
                return ValidationError(
                    {NON_FIELD_ERRORS: [constraint.get_violation_error_message()]}, code=name
                )
        if name and name.endswith("_fk"):
            return ValidationError(_("This belongs to another site."), code="other-site")
        return error
