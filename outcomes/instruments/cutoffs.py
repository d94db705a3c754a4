"""Which published limits a sitting reaches. A limit is no diagnosis."""

from collections.abc import Mapping
from decimal import Decimal

from outcomes.instruments.base import Cutoff, Instrument

Values = Mapping[str, Decimal | int | float | None]


def reached(
    instrument: Instrument, total: Decimal | None, *, subscales: Values, answers: Values, sex: str = ""
) -> tuple[Cutoff, ...]:
    """The limits that the total, a subscale or an answer reaches. `sex` narrows those made for one; "": not known."""
    values: dict[str, Decimal | int | float | None] = {**answers, **subscales, "total": total}
    return tuple(
        cutoff
        for cutoff in instrument.cutoffs
        if _applies(cutoff, answers, sex) and _reaches(cutoff, values.get(cutoff.of))
    )


def _applies(cutoff: Cutoff, answers: Values, sex: str) -> bool:
    return cutoff.sex in ("", sex) and all(answers.get(key) == value for key, value in cutoff.where.items())


def _reaches(cutoff: Cutoff, value: Decimal | int | float | None) -> bool:
    if value is None:
        return False
    return (cutoff.low is None or value >= cutoff.low) and (cutoff.high is None or value <= cutoff.high)
