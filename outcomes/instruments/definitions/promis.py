"""PROMIS Cognitive Function short forms: the T-score by its table; higher is better."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import ON_THE_FORM, number, total_item
from outcomes.instruments.parts import WHOLE
from outcomes.instruments.scoring import given_total


def short_form(items: int) -> Instrument:
    """The form of so many items."""
    return Instrument(
        key=f"promis_cog_{items}a",
        version="1",
        title=f"PROMIS Cognitive Function, short form {items}a",
        short=f"PROMIS Cog {items}a",
        measures=_("Cognitive function"),
        recall=ON_THE_FORM,
        items=(
            total_item(0, 100, step=WHOLE / 10),
            number("raw", items, items * 5, scored=False, label=_("Raw sum")),
            number(
                "table_version",
                0,
                99,
                step="0.1",
                scored=False,
                label=_("Version of the scoring table, such as 2.0"),
            ),
        ),
        scoring=given_total,
        scoring_text=_(
            "The T-score as the scoring table gives it, with the raw sum and the table's version."
        ),
        low=0,
        high=100,
        total_step=WHOLE / 10,
        cutoffs=(
            Cutoff(
                label=_("T below 40: more than one standard deviation worse"),
                high=WHOLE * 399 / 10,
                basis=basis("rec"),
            ),
        ),
        higher_is_worse=False,
        basis=basis("S55", "rec"),
    )


INSTRUMENTS = (short_form(4), short_form(8))
