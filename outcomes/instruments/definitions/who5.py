"""WHO-5: well-being over the last two weeks; the index is four times the raw sum."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Cutoff, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import TWO_WEEKS, choices
from outcomes.instruments.parts import Option
from outcomes.instruments.scoring import Result, sum_of_items

TIMES = 4


def index(instrument: Instrument, answers: Answers) -> Result:
    """Four times the raw sum, so that it comes in fours from 0 to 100."""
    raw, reason = sum_of_items(instrument, answers)
    return (None if raw is None else raw * TIMES), reason


WHO5 = Instrument(
    key="who5",
    version="1",
    title="WHO-5 Well-Being Index, 0 to 100",
    short="WHO-5",
    measures=_("Well-being"),
    recall=TWO_WEEKS,
    # As printed: all of the time comes first.
    items=choices(5, 0, 5, subscale="raw", options=tuple(Option(value) for value in range(5, -1, -1))),
    scoring=index,
    scoring_text=_("Four times the sum of the five items. No item is reversed: 5 is all of the time."),
    low=0,
    high=100,
    total_step=Decimal(TIMES),
    cutoffs=(
        Cutoff(label=_("Raw sum below 13: poor well-being"), high=12, of="raw", basis=basis("S21")),
        Cutoff(label=_("Index 50 or less: poor well-being"), high=50, basis=basis("S23")),
        Cutoff(label=_("Index 28 or less suggests depression"), high=28, basis=basis("S24")),
    ),
    higher_is_worse=False,
    meaningful_change=Decimal(10),
    change_basis=basis("S21"),
    attribution=(
        "© World Health Organization 1998. WHO (Five) Well-Being Index (1998 version), Psychiatric Research Unit, "
        "WHO Collaborating Centre in Mental Health, Frederiksborg General Hospital, DK-3400 Hillerød."
    ),
    # No LOINC: public repositories disagree on it.
    basis=basis("S21", "S22"),
)
INSTRUMENTS = (WHO5,)
