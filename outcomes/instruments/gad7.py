"""GAD-7: anxiety over the last two weeks, seven items of 0 to 3."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Band, Instrument, Item, Kind, sum_of_items
from outcomes.instruments.phq9 import FREQUENCY

# Only the first two item codes were read in a source; the others stay empty.
CODES = ("69725-0", "68509-9", None, None, None, None, None)

GAD7 = Instrument(
    key="gad7",
    version="1",
    title="Generalized Anxiety Disorder 7-item scale",
    short="GAD-7",
    measures=_("Anxiety"),
    recall=_("Last 2 weeks"),
    items=tuple(
        Item(key=f"item_{number}", kind=Kind.CHOICE, low=0, high=3, options=FREQUENCY, loinc=code)
        for number, code in enumerate(CODES, start=1)
    ),
    scoring=sum_of_items,
    low=0,
    high=21,
    bands=(
        Band("none", _("None or minimal"), 0, 4),
        Band("mild", _("Mild"), 5, 9),
        Band("moderate", _("Moderate"), 10, 14),
        Band("severe", _("Severe"), 15, 21),
    ),
    scheme="GAD-7 severity",
    bands_source="CamCOPS tasks/gad7.py @56a303e",
    higher_is_worse=True,
    ships_text=True,
    licence="No permission required to reproduce, translate, display or distribute",
    attribution=(
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
        "with an educational grant from Pfizer Inc."
    ),
    source="CamCOPS tasks/gad7.py and docs/source/tasks/gad7.rst @56a303e",
    # 69737-5 is the panel; public code often gives it as the total.
    loinc_panel="69737-5",
    loinc_total="70274-6",
)
