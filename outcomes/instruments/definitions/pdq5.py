"""PDQ-5: perceived cognitive deficits, five items of 0 to 4."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import ON_THE_FORM, choices
from outcomes.instruments.scoring import sum_of_items

PDQ5 = Instrument(
    key="pdq5",
    version="1",
    title="Perceived Deficits Questionnaire, 5 items",
    short="PDQ-5",
    measures=_("Perceived cognitive deficits"),
    recall=ON_THE_FORM,
    items=choices(5, 0, 4),
    scoring=sum_of_items,
    scoring_text=_("Sum of the five items. There are no official bands."),
    low=0,
    high=20,
    higher_is_worse=True,
    basis=basis("rec"),
)
INSTRUMENTS = (PDQ5,)
