"""The codebook: one line a variable, made from the instruments and the imported maps, never by hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from outcomes.exports.columns import AGE_ITEMS, ALLOCATION, COLUMNS, OLDEST, Profile
from outcomes.exports.files import csv_bytes
from outcomes.instruments import registry
from outcomes.instruments.base import Instrument, Item, Kind
from outcomes.instruments.score_only import IMPORTED
from outcomes.instruments.wording_types import Question
from outcomes.instruments.wordings import wording

NAME = "codebook.csv"
UNANSWERED = "empty value: not answered, or not in the source"
NOT_SCORED = "empty value: not scorable, since too many answers are missing"
TOTAL = "total"


@dataclass(frozen=True, order=True)
class Used:
    """One instrument, version and item that the export holds."""

    instrument: str
    version: str
    item: str


@dataclass(frozen=True)
class Variable:
    """One line of the codebook."""

    variable: str
    label: str
    type: str
    unit: str = ""
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    codes: str = ""
    missing: str = ""
    instrument: str = ""
    version: str = ""
    source: str = ""


HEADER = tuple(field.name for field in fields(Variable))


def codebook(used: Iterable[Used], imported: Mapping[str, Mapping], *, profile: str) -> bytes:
    """The codebook as CSV: the columns of the master first, then every item in it, in the master's order.

    `imported` holds what maps say of measures that only a source knows: instrument -> title, source, item.
    """
    columns = (Variable(column.name, column.label, column.type) for column in COLUMNS[profile])
    items = (variable(one, imported, profile) for one in sorted(used))
    return csv_bytes(HEADER, (asdict(line).values() for line in (*columns, *items)))


def variable(one: Used, imported: Mapping[str, Mapping], profile: str) -> Variable:
    if one.instrument == ALLOCATION:
        return Variable(
            f"{ALLOCATION}.{one.item}", "Arm of the programme", "code", source="Record of the clinic"
        )
    if one.version == IMPORTED:
        found = of_import(one, imported.get(one.instrument, {}))
    else:
        found = of_instrument(one, registry.get(one.instrument, one.version))
    if profile == Profile.SAFE_HARBOR and one.item in AGE_ITEMS:
        return Variable(**(asdict(found) | {"codes": "90+ = 90 years or more", "maximum": OLDEST}))
    return found


def of_import(one: Used, instrument: Mapping) -> Variable:
    measure = instrument.get(one.item, {})
    codes = measure.get("codes", ())
    return Variable(
        f"{one.instrument}.{one.item}",
        measure.get("label") or one.item,
        "code" if codes else "number",
        unit=measure.get("unit", ""),
        minimum=measure.get("minimum"),
        maximum=measure.get("maximum"),
        codes=" | ".join(codes),
        missing=UNANSWERED,
        instrument=instrument.get("title") or one.instrument,
        version=one.version,
        source=instrument.get("source", ""),
    )


def of_instrument(one: Used, instrument: Instrument) -> Variable:
    item = next((item for item in instrument.items if item.key == one.item), None)
    if item is None or item.kind == Kind.TOTAL:
        return of_score(one, instrument)
    question = questions_of(instrument).get(item.key)
    return Variable(
        f"{one.instrument}.{one.item}",
        str(question.text) if question else f"{instrument.short}, {item.key}",
        "integer" if item.step == 1 else "number",
        minimum=item.low,
        maximum=item.high,
        codes=codes_of(item, question),
        missing=UNANSWERED,
        instrument=instrument.title,
        version=one.version,
        source=instrument.source,
    )


def of_score(one: Used, instrument: Instrument) -> Variable:
    total = one.item == TOTAL
    return Variable(
        f"{one.instrument}.{one.item}",
        f"{instrument.short}, {one.item}",
        "number",
        unit="points",
        minimum=instrument.low if total else None,
        maximum=instrument.high if total else None,
        codes=" | ".join(bands_of(instrument)) if total else "",
        missing=NOT_SCORED,
        instrument=instrument.title,
        version=one.version,
        source=instrument.source,
    )


def bands_of(instrument: Instrument) -> Iterator[str]:
    for band in instrument.bands:
        yield f"{band.low} to {band.high} = {band.label} ({instrument.scheme})"


def codes_of(item: Item, question: Question | None) -> str:
    words = {choice.value: choice.label for choice in question.choices} if question else {}
    return " | ".join(f"{option.value} = {words.get(option.value, option.value)}" for option in item.options)


def questions_of(instrument: Instrument) -> dict[str, Question]:
    """The English questions, for instruments whose text may be shipped."""
    if not instrument.ships_text:
        return {}
    return {question.key: question for question in wording(instrument.key).questions}
