"""PCL-5: PTSD symptoms over the past month, twenty items of 0 to 4 in four clusters."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Instrument, Item, Kind, Option, sum_of_items

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
    recall=_("Past month"),
    items=tuple(
        Item(
            key=f"item_{number}",
            kind=Kind.CHOICE,
            low=0,
            high=4,
            subscale=cluster,
            options=tuple(Option(value) for value in range(5)),
        )
        for cluster, numbers in CLUSTERS.items()
        for number in numbers
    ),
    scoring=sum_of_items,
    low=0,
    high=80,
    # No bands: "no empirically derived severity ranges". Those found in public code are invented.
    scheme="",
    higher_is_worse=True,
    criteria=MappingProxyType({"provisional_ptsd": provisional_ptsd}),
    reliable_change=5,
    meaningful_change=Decimal(10),
    change_source="calculate.qxmd.com, PCL-5 (684), quoting the National Center for PTSD",
    ships_text=True,
    licence="Work of the US Government; in the public domain and not copyrighted",
    attribution=(
        "Weathers, F. W., Litz, B. T., Keane, T. M., Palmieri, P. A., Marx, B. P., & Schnurr, P. P. (2013). "
        "The PTSD Checklist for DSM-5 (PCL-5) – Standard [Measurement instrument]. "
        "Available from https://www.ptsd.va.gov/"
    ),
    source="comorbidityguidelines.org.au, appendix S; CamCOPS tasks/pcl5.py @56a303e",
)
