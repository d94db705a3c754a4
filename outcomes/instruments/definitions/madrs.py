"""MADRS: a rater's total of ten items of 0 to 6, and item 10 by itself, for it must be acted on."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import MILD, MODERATE, SEVERE, bands, choice, total_item
from outcomes.instruments.scoring import given_total

MADRS = Instrument(
    key="madrs",
    version="1",
    title="Montgomery–Åsberg Depression Rating Scale",
    short="MADRS",
    measures=_("Depression"),
    recall=_("Past 7 days; a form for 24 hours exists"),
    items=(
        total_item(0, 60),
        choice(
            "item_10", 0, 6, scored=False, safety=True, safety_from=4, label=_("Item 10, suicidal thoughts")
        ),
    ),
    scoring=given_total,
    scoring_text=_(
        "The rater's total of ten items, as entered. Item 10 of 4 or more is acted on: a proposal of ours."
    ),
    low=0,
    high=60,
    bands=bands(
        ("normal", _("Normal"), 0),
        ("mild", MILD, 7),
        ("moderate", MODERATE, 20),
        ("severe", SEVERE, 35),
        high=60,
    ),
    scheme="MADRS severity",
    bands_basis=basis("S58"),
    cutoffs=(Cutoff(label=_("Below 10: remission"), high=9, basis=basis("S59")),),
    higher_is_worse=True,
    clinician_rated=True,
    basis=basis("S58", "S60"),
)
INSTRUMENTS = (MADRS,)
