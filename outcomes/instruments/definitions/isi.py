"""ISI: insomnia over the last two weeks, seven items of 0 to 4."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import MODERATE, NONE, SEVERE, TWO_WEEKS, bands, choices
from outcomes.instruments.scoring import sum_of_items

ISI = Instrument(
    key="isi",
    version="1",
    title="Insomnia Severity Index",
    short="ISI",
    measures=_("Insomnia"),
    recall=TWO_WEEKS,
    items=choices(7, 0, 4),
    scoring=sum_of_items,
    scoring_text=_("Sum of the seven items."),
    low=0,
    high=28,
    bands=bands(
        ("none", NONE, 0),
        ("subthreshold", _("Subthreshold"), 8),
        ("moderate", MODERATE, 15),
        ("severe", SEVERE, 22),
        high=28,
    ),
    scheme="ISI severity",
    bands_basis=basis("S45"),
    cutoffs=(
        Cutoff(label=_("10 or more: found in the community"), low=10, basis=basis("S46")),
        Cutoff(label=_("Below 8: remission"), high=7, basis=basis("S47")),
    ),
    higher_is_worse=True,
    meaningful_change=Decimal("8.4"),
    change_basis=basis("S46", note="moderate improvement"),
    basis=basis("S45"),
)
INSTRUMENTS = (ISI,)
