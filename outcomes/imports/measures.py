"""Measures that only the source knows: a map defines them, and the codebook repeats what it says."""

from decimal import Decimal

from django.utils.translation import gettext as _

from clinic.sections import Section, text, texts
from outcomes.imports.values import Measure

LONGEST_CODE = 100
RISKY_STARTS = ("=", "+", "-", "@")
WORDS = ("label", "unit", "minimum", "maximum", "step", "codes")


def titles_of(top: Section) -> dict[str, str]:
    """Instrument -> its title, from [measures.INSTRUMENT] title."""
    found = top.section("measures", optional=True)
    return {key: found.section(key).take("title", text, key) for key in found.table}


def measures_of(top: Section) -> dict[tuple[str, str], Measure]:
    """(instrument, measure) -> its definition, from [measures.INSTRUMENT]."""
    found = top.section("measures", optional=True)
    return {
        (instrument, key): measure_of(found.section(instrument).section(key, *WORDS))
        for instrument in found.table
        for key in found.section(instrument).table
        if key != "title"
    }


def measure_of(part: Section) -> Measure:
    codes = tuple(part.take("codes", texts, []))
    for one in codes:
        # A spreadsheet would read such a text as a formula.
        if not one or len(one) > LONGEST_CODE or one.startswith(RISKY_STARTS) or not one.isprintable():
            raise part.wrong(
                "codes",
                _("{one!r}: a code is short, printable and begins with none of = + - @").format(one=one),
            )
    if codes and any(key in part.table for key in ("minimum", "maximum", "step")):
        raise part.wrong("codes", _("a measure has either codes or a range"))
    return Measure(
        label=part.take("label", text),
        unit=part.take("unit", text, ""),
        minimum=part.take("minimum", number, None),
        maximum=part.take("maximum", number, None),
        step=part.take("step", number, None),
        codes=codes,
    )


def number(value: object) -> Decimal:
    """A TOML number, exactly as written."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(_("must be a number"))
    return Decimal(value)
