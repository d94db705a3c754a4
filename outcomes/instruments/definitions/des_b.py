"""DES-B (APA, modified): dissociation over the past seven days, eight items of 0 to 4, read by their average."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Derived, Instrument, MissingRule
from outcomes.instruments.basis import basis
from outcomes.instruments.building import EXTREME, MILD, MODERATE, NONE, SEVERE, bands, choices
from outcomes.instruments.scoring import HUNDREDTH, sum_of_items

ITEMS = 8


def average(answers: Answers, total: Decimal | None) -> Decimal | None:
    """The total over eight."""
    return None if total is None else (total / ITEMS).quantize(HUNDREDTH, ROUND_HALF_UP)


DES_B = Instrument(
    key="des_b",
    version="1",
    title="Brief Dissociative Experiences Scale (DES-B), modified",
    short="DES-B",
    measures=_("Dissociation"),
    recall=_("Past 7 days"),
    items=choices(ITEMS, 0, 4),
    scoring=sum_of_items,
    scoring_text=_(
        "Sum of the eight items; the average is the sum over eight, and the band is that of the average, rounded half up."
    ),
    missing_rule=MissingRule(2, basis("S43", note="the sum times 8 over the items answered")),
    low=0,
    high=32,
    bands=bands(
        ("none", NONE, 0),
        ("mild", MILD, 4),
        ("moderate", MODERATE, 12),
        ("severe", SEVERE, 20),
        ("extreme", EXTREME, 28),
        high=32,
    ),
    scheme="DES-B average",
    bands_basis=basis("S42", "prop", note="averages 0 to 4; rounding half up is proposed by us"),
    # A published "raw 30 or more" belongs to the 28-item DES in per cent, and means nothing here.
    derived={"average": Derived(_("Average"), average, basis("S42"))},
    higher_is_worse=True,
    notes=(_("The 28-item DES, scored in per cent, is another form; its limit of 30 means nothing here."),),
    basis=basis("S42", "S43"),
)
INSTRUMENTS = (DES_B,)
