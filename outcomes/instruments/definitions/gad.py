"""GAD-7 and GAD-2: anxiety over the last two weeks."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import MILD, MINIMAL, MODERATE, SEVERE, TWO_WEEKS, bands, choices
from outcomes.instruments.definitions.phq import FREQUENCY, PFIZER
from outcomes.instruments.scoring import sum_of_items

# Only the first two item codes were read in a source; the others stay empty.
ITEMS = choices(7, 0, 3, codes=("69725-0", "68509-9", *[None] * 5), options=FREQUENCY)
GAD7 = Instrument(
    key="gad7",
    version="1",
    title="Generalized Anxiety Disorder 7-item scale",
    short="GAD-7",
    measures=_("Anxiety"),
    recall=TWO_WEEKS,
    items=ITEMS,
    scoring=sum_of_items,
    scoring_text=_("Sum of the seven items."),
    low=0,
    high=21,
    bands=bands(
        ("none", MINIMAL, 0), ("mild", MILD, 5), ("moderate", MODERATE, 10), ("severe", SEVERE, 15), high=21
    ),
    scheme="GAD-7 severity",
    bands_basis=basis("S1"),
    cutoffs=(
        Cutoff(
            label=_("10 or more: positive screen"),
            low=10,
            basis=basis("S1"),
            note=_(
                "Sensitivity and specificity: GAD 89 and 82 %, PTSD 66 and 81 %, panic 74 and 81 %, social 72 and 80 %"
            ),
        ),
    ),
    higher_is_worse=True,
    attribution=PFIZER,
    basis=basis("S1"),
    # 69737-5 is the panel; public code often gives it as the total.
    loinc_panel="69737-5",
    loinc_total="70274-6",
)
GAD2 = Instrument(
    key="gad2",
    version="1",
    title="Generalized Anxiety Disorder 2-item scale",
    short="GAD-2",
    measures=_("Anxiety"),
    recall=TWO_WEEKS,
    items=ITEMS[:2],
    words_of="gad7",
    scoring=sum_of_items,
    scoring_text=_("Sum of both items."),
    low=0,
    high=6,
    cutoffs=(Cutoff(label=_("3 or more"), low=3, basis=basis("rec")),),
    higher_is_worse=True,
    attribution=PFIZER,
    basis=basis("S1"),
)
INSTRUMENTS = (GAD7, GAD2)
