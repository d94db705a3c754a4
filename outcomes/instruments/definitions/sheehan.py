"""Sheehan Disability Scale: three items of 0 to 10. Not the Severity of Dependence Scale, also called SDS."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Cutoff, Derived, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import PAST_WEEK, choice
from outcomes.instruments.scoring import HUNDREDTH, sum_of_items

PARTS = {"work": _("Work or school"), "social": _("Social life"), "family": _("Family and home")}


def mean(answers: Answers, total: Decimal | None) -> Decimal | None:
    """The mean of the three; where there is no work to speak of, of the other two."""
    given = [answers.get(key) for key in PARTS]
    if total is None and (given[1] is None or given[2] is None):
        return None
    known = [Decimal(value) for value in given if value is not None]
    found = total / len(PARTS) if total is not None else sum(known, Decimal(0)) / len(known)
    return found.quantize(HUNDREDTH, ROUND_HALF_UP)


SHEEHAN_SDS = Instrument(
    key="sheehan_sds",
    version="1",
    title="Sheehan Disability Scale, total",
    short="Sheehan SDS",
    measures=_("Impairment in daily life"),
    recall=PAST_WEEK,
    items=tuple(choice(key, 0, 10, label=label) for key, label in PARTS.items()),
    scoring=sum_of_items,
    scoring_text=_(
        "Sum of the three items, and their mean. Where work does not apply, leave it open: the mean is that of the others."
    ),
    low=0,
    high=30,
    derived={"mean": Derived(_("Mean, 0 to 10"), mean, basis("S56", "prop"))},
    cutoffs=tuple(
        Cutoff(label=_("An item of 5 or more: impaired"), low=5, of=key, basis=basis("rec")) for key in PARTS
    ),
    higher_is_worse=True,
    notes=(_("The MAPP trials published a modified scale, on the mean of 0 to 10 (S16): not this total."),),
    basis=basis("S56"),
)
INSTRUMENTS = (SHEEHAN_SDS,)
