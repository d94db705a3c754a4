"""PQ-16 and PQ-B: unusual experiences, and how much they distress."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument, Item, When
from outcomes.instruments.basis import basis
from outcomes.instruments.building import PAST_MONTH, choice, yes_no
from outcomes.instruments.scoring import sum_of_items


def pairs(count: int, lowest: int, highest: int, *, distress_counts: bool) -> tuple[Item, ...]:
    """Each experience with its distress, which is asked of those who had it."""
    found: list[Item] = []
    for number in range(1, count + 1):
        distress = choice(
            f"distress_{number}",
            lowest,
            highest,
            scored=distress_counts,
            subscale="distress",
            asked_when=(When((f"item_{number}",)),),
            label=_("Distress by the item above"),
        )
        found += [yes_no(f"item_{number}", scored=not distress_counts, subscale="endorsed"), distress]
    return tuple(found)


PQ16 = Instrument(
    key="pq16",
    version="1",
    title="Prodromal Questionnaire, 16 items",
    short="PQ-16",
    measures=_("Unusual experiences"),
    recall=_("Lifetime"),
    items=pairs(16, 0, 3, distress_counts=False),
    scoring=sum_of_items,
    scoring_text=_("The number of items endorsed; distress is summed apart, 0 to 48."),
    low=0,
    high=16,
    cutoffs=(
        Cutoff(
            label=_("6 or more endorsed"),
            low=6,
            basis=basis("S37"),
            note=_("Sensitivity 87 %, specificity 87 %"),
        ),
        Cutoff(label=_("Distress 8 or more"), low=8, of="distress", basis=basis("S36")),
        Cutoff(label=_("Distress 9 or more"), low=9, of="distress", basis=basis("S36")),
    ),
    higher_is_worse=True,
    notes=(_("A screen, not made for watching change (S36)."),),
    basis=basis("S36", "S37"),
)
PQ_B = Instrument(
    key="pq_b",
    version="1",
    title="Prodromal Questionnaire, brief, 21 items",
    short="PQ-B",
    measures=_("Unusual experiences"),
    recall=PAST_MONTH,
    items=pairs(21, 1, 5, distress_counts=True),
    scoring=sum_of_items,
    scoring_text=_("The sum of the distress, 1 to 5, of the items endorsed."),
    low=0,
    high=105,
    higher_is_worse=True,
    # No limit: the one we remember was not certain enough to be written here.
    basis=basis("S38", "rec"),
)
INSTRUMENTS = (PQ16, PQ_B)
