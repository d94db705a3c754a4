"""Reads a map: a TOML file, checked word by word."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clinic.refusals import refuse
from clinic.sections import Section, choice, names_by_name, text, texts
from outcomes.imports.mapping import ENTRY, PLACEHOLDERS, Mapping, Target, Visit, WideColumn
from outcomes.imports.measures import measures_of, titles_of
from outcomes.imports.reader import ENCODINGS, SEPARATORS, Format

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
TABLES = (
    "name", "programme", "source", "licence", "shape", "file", "columns", "values", "visits", "instruments",
    "wide", "participant_values", "measures",
)  # fmt: skip
COLUMNS = ("participant", "visit", "instrument", "item", "date", "date_format", "ignore")


def load(content: bytes, *, file: str) -> Mapping:
    """The map in a TOML file. Raises RefusedError, which names the file, the key and the reason."""
    try:
        table = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise refuse(file, _("the map is not UTF-8 text")) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(file, _("the map is not TOML: {error}").format(error=error)) from error
    top = Section(file, "", table)
    top.only(*TABLES)
    made = mapping_of(top)
    check(top, made)
    return made


def mapping_of(top: Section) -> Mapping:
    shape = top.take("shape", choice("long", "wide"))
    return Mapping(
        file=top.file,
        name=top.take("name", text),
        programme=top.take("programme", text, ""),
        source=top.take("source", text, ""),
        licence=top.take("licence", text, ""),
        shape=shape,
        format=format_of(top),
        **columns_of(top.section("columns", *COLUMNS)),
        **shaped(top, shape),
        visits=visits_of(top),
        participant_values=participant_values_of(top),
        titles=titles_of(top),
        measures=measures_of(top),
    )


def format_of(top: Section) -> Format:
    found = top.section("file", "separator", "decimal", "encoding", "missing", optional=True)
    separator = found.take("separator", choice(*SEPARATORS), None)
    decimal = found.take("decimal", choice(".", ","), ".")
    if separator == decimal:
        raise found.wrong("separator", _("must differ from the decimal sign"))
    encoding = found.take("encoding", choice(*ENCODINGS), "utf-8")
    return Format(separator, decimal, encoding, frozenset({"", *found.take("missing", texts, [])}))


def columns_of(columns: Section) -> dict[str, Any]:
    return {
        "participant": columns.take("participant", text),
        "visit": columns.take("visit", text, ""),
        "instrument": columns.take("instrument", text, ""),
        "item": columns.take("item", text, ""),
        "date_column": columns.take("date", text, ""),
        "date_format": columns.take("date_format", text, "%Y-%m-%d"),
        "ignored": frozenset(columns.take("ignore", texts, [])),
    }


def shaped(top: Section, shape: str) -> dict[str, Any]:
    """What only one of the two shapes has; the other's tables are refused, lest they be thought to work."""
    for key in ("wide",) if shape == "long" else ("values", "instruments"):
        if key in top.table:
            raise top.wrong(key, _("does not belong to the {shape} shape").format(shape=shape))
    if shape == "wide":
        return {"wide": tuple(wide_column(part) for part in top.sections("wide"))}
    values, instruments = top.take("values", names_by_name), top.take("instruments", names_by_name)
    for part, table in (("values", values), ("instruments", instruments)):
        for source, key in table.items():
            top.key_like(f"{part}.{source}", key, KEY)
    return {"values": values, "instruments": instruments}


def wide_column(part: Section) -> WideColumn:
    part.only("column", "pattern", "instrument", "measure", "visit")
    instrument, measure = part.take("instrument", text), part.take("measure", text)
    part.key_like("instrument", instrument, KEY)
    part.key_like("measure", measure, KEY)
    if ("column" in part.table) == ("pattern" in part.table):
        raise part.wrong("column", _("give either column, with its visit, or pattern"))
    if "column" in part.table:
        return WideColumn(part.take("column", text), instrument, measure, part.take("visit", text))
    pattern = part.take("pattern", text)
    if sum(pattern.count(placeholder) for placeholder in PLACEHOLDERS) != 1:
        raise part.wrong("pattern", _("must hold {visit} or {n} once, as in bdi_{visit}"))
    if "visit" in part.table:
        raise part.wrong("visit", _("the pattern already names the visit"))
    return WideColumn(pattern, instrument, measure)


def visits_of(top: Section) -> dict[str, Visit]:
    """Source name -> "key", or -> {key, day}."""
    found = top.section("visits", optional=True)
    return {name: visit_of(found, name, value) for name, value in found.table.items()}


def visit_of(found: Section, name: str, value: object) -> Visit:
    if isinstance(value, str):
        found.key_like(name, value, KEY)
        return Visit(value)
    part = found.section(name, "key", "day")
    key, day = part.take("key", text), part.table.get("day")
    part.key_like("key", key, KEY)
    if day is not None and (type(day) is not int or not -3650 <= day <= 36500):
        raise part.wrong("day", _("must be a whole number of days"))
    return Visit(key, day)


def participant_values_of(top: Section) -> dict[str, Target]:
    """Source column -> "instrument.measure", kept at the visit "entry"."""
    found = top.take("participant_values", names_by_name, {})
    targets = {}
    for column, target in found.items():
        instrument, _dot, measure = target.partition(".")
        top.key_like(f"participant_values.{column}", instrument, KEY)
        top.key_like(f"participant_values.{column}", measure, KEY)
        targets[column] = Target(instrument, measure, ENTRY)
    return targets


def check(top: Section, made: Mapping) -> None:
    """What no single key can be wrong about."""
    columns = Section(top.file, "columns", {})
    if made.shape == "long" and not (made.visit or made.date_column):
        raise columns.wrong("visit", _("a long file needs the column of the visit, or of the date"))
    if made.shape == "long" and not made.instrument:
        raise columns.wrong("instrument", _("a long file needs the column of the instrument"))
    if made.shape == "wide" and (made.visit or made.instrument or made.item or made.date_column):
        raise columns.wrong(
            "visit", _("a wide file names visits and instruments by its columns; see [[wide]]")
        )
    if made.item and set(made.values.values()) != {"item"}:
        raise top.wrong("values", _('with a column of items there is one column of values, mapped to "item"'))
    if not made.visits and (made.visit or made.shape == "wide"):
        raise top.wrong("visits", _("must say which visit each of the source's names means"))
    named = [*made.fixed_columns, *made.ignored]
    for name in named:
        if named.count(name) > 1:
            raise columns.wrong(name, _("is given two meanings"))
