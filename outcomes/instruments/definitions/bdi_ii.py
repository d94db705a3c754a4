"""BDI-II: depression, as a total alone."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import TWO_WEEKS, total_item
from outcomes.instruments.scoring import given_total

BDI_II = Instrument(
    key="bdi_ii",
    version="1",
    title="Beck Depression Inventory II",
    short="BDI-II",
    measures=_("Depression"),
    recall=TWO_WEEKS,
    items=(total_item(0, 63),),
    scoring=given_total,
    scoring_text=_(
        "The total of 21 items of 0 to 3, as entered. No band table was read, so there are no bands."
    ),
    low=0,
    high=63,
    higher_is_worse=True,
    basis=basis("rec"),
)
INSTRUMENTS = (BDI_II,)
