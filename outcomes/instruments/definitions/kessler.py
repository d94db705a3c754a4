"""K10 and K6. The coding is part of the measure: 1 to 5 in Australia, 0 to 4 in the US, and bands never cross over."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument, Option
from outcomes.instruments.basis import basis
from outcomes.instruments.building import FOUR_WEEKS, HIGH, LOW, MODERATE, bands, choices
from outcomes.instruments.scoring import sum_of_items

KESSLER = (
    "Copyright © Ronald C. Kessler, PhD. All rights reserved. Kessler, R.C., Barker, P.R., Colpe, L.J., Epstein, J.F., "
    "Gfroerer, J.C., Hiripi, E., Howes, M.J, Normand, S-L.T., Manderscheid, R.W., Walters, E.E., Zaslavsky, A.M. (2003). "
    "Screening for serious mental illness in the general population. Archives of General Psychiatry, 60(2), 184-189."
)
DISTRESS, THIRTY_DAYS = _("Psychological distress"), _("Past 30 days")
# As printed: the US form begins with all of the time.
US = tuple(Option(value) for value in (4, 3, 2, 1, 0))

K10 = Instrument(
    key="k10",
    version="1",
    title="Kessler Psychological Distress Scale 10, coded 1 to 5",
    short="K10",
    measures=DISTRESS,
    recall=FOUR_WEEKS,
    items=choices(10, 1, 5),
    scoring=sum_of_items,
    scoring_text=_(
        "Sum of the ten items, coded 1 to 5 as in Australia. The US form has other items and another coding."
    ),
    low=10,
    high=50,
    bands=bands(
        ("low", LOW, 10),
        ("moderate", MODERATE, 16),
        ("high", HIGH, 22),
        ("very_high", _("Very high"), 30),
        high=50,
    ),
    scheme="Australian Bureau of Statistics",
    bands_basis=basis("S48"),
    cutoffs=(
        Cutoff(label=_("20 or more, scheme of general practice"), low=20, basis=basis("S49")),
        Cutoff(label=_("25 or more, scheme of general practice"), low=25, basis=basis("S49")),
        Cutoff(label=_("30 or more, scheme of general practice"), low=30, basis=basis("S49")),
    ),
    higher_is_worse=True,
    attribution=KESSLER,
    basis=basis("S48"),
)
K10_US = Instrument(
    key="k10_us",
    version="1",
    title="Kessler Psychological Distress Scale 10, US form, coded 0 to 4",
    short="K10 (US)",
    measures=DISTRESS,
    recall=THIRTY_DAYS,
    items=choices(10, 0, 4, options=US),
    scoring=sum_of_items,
    scoring_text=_("Sum of the ten items, coded 0 to 4. The bands of 10 to 50 belong to the other coding."),
    low=0,
    high=40,
    higher_is_worse=True,
    attribution=KESSLER,
    basis=basis("S48"),
)
K6 = Instrument(
    key="k6",
    version="1",
    title="Kessler Psychological Distress Scale 6, coded 0 to 4",
    short="K6",
    measures=DISTRESS,
    recall=THIRTY_DAYS,
    items=choices(6, 0, 4, options=US),
    scoring=sum_of_items,
    scoring_text=_("Sum of the six items, coded 0 to 4."),
    low=0,
    high=24,
    cutoffs=(Cutoff(label=_("13 or more"), low=13, basis=basis("S25")),),
    higher_is_worse=True,
    attribution=KESSLER,
    basis=basis("S48", "S25"),
)
INSTRUMENTS = (K10, K10_US, K6)
