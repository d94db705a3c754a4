"""PCL-5: PTSD symptoms over the past month, twenty items of 0 to 4 in four clusters."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Criterion, Cutoff, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import PAST_MONTH, choice
from outcomes.instruments.scoring import sum_of_items

# Cluster of DSM-5 by item number, and how many symptoms of each the provisional rule asks for.
CLUSTERS: Mapping[str, range] = MappingProxyType(
    {"B": range(1, 6), "C": range(6, 8), "D": range(8, 15), "E": range(15, 21)}
)
NEEDED: Mapping[str, int] = MappingProxyType({"B": 1, "C": 1, "D": 2, "E": 2})
SYMPTOM_FROM = 2


def provisional_ptsd(answers: Answers) -> bool:
    """True if items of 2 or more fill every cluster (B 1, C 1, D 2, E 2). Not a diagnosis.

    It can disagree with the total: six items of 2 in the right places fill it with a total of 12.
    """
    return all(_symptoms(answers, cluster) >= needed for cluster, needed in NEEDED.items())


def _symptoms(answers: Answers, cluster: str) -> int:
    return sum((answers[f"item_{number}"] or 0) >= SYMPTOM_FROM for number in CLUSTERS[cluster])


PCL5 = Instrument(
    key="pcl5",
    version="1",
    title="PTSD Checklist for DSM-5",
    short="PCL-5",
    measures=_("PTSD symptoms"),
    recall=PAST_MONTH,
    items=tuple(
        choice(f"item_{number}", 0, 4, subscale=cluster)
        for cluster, numbers in CLUSTERS.items()
        for number in numbers
    ),
    scoring=sum_of_items,
    scoring_text=_("Sum of the twenty items; clusters B 1 to 5, C 6 and 7, D 8 to 14, E 15 to 20."),
    low=0,
    high=80,
    # No bands: "no empirically derived severity ranges" (S6). Those found in public code are invented.
    notes=(_("There are no empirically derived severity ranges, so no mild, moderate or severe is shown."),),
    cutoffs=(
        Cutoff(label=_("31 to 33 or more: probable PTSD"), low=31, basis=basis("S6")),
        Cutoff(label=_("33 or more"), low=33, basis=basis("S1")),
        Cutoff(label=_("34 or more, a German clinical sample"), low=34, basis=basis("S8")),
    ),
    higher_is_worse=True,
    criteria={
        "provisional_ptsd": Criterion(
            _("Meets the symptom rule for provisional PTSD"), provisional_ptsd, basis("S1", "S6")
        )
    },
    reliable_change=5,
    meaningful_change=Decimal(10),
    change_basis=basis("S9"),
    attribution=(
        "Weathers, F. W., Litz, B. T., Keane, T. M., Palmieri, P. A., Marx, B. P., & Schnurr, P. P. (2013). "
        "The PTSD Checklist for DSM-5 (PCL-5) – Standard [Measurement instrument]. "
        "Available from https://www.ptsd.va.gov/"
    ),
    basis=basis("S1", "S6", "S7"),
)
INSTRUMENTS = (PCL5,)
