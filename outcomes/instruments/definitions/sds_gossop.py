"""Severity of Dependence Scale (Gossop), for one named drug. Not the Sheehan Disability Scale, also called SDS."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument, Option
from outcomes.instruments.basis import basis
from outcomes.instruments.building import choice, choices
from outcomes.instruments.scoring import sum_of_items

DRUGS = (
    _("Alcohol"),
    _("Cannabis"),
    _("Amphetamine"),
    _("Cocaine"),
    _("Opioids"),
    _("Benzodiazepines"),
    _("MDMA"),
    _("Ketamine"),
    _("Nicotine"),
    _("Another substance, named in the record"),
)
ALCOHOL, CANNABIS = 1, 2
PERIODS = (Option(1, label=_("Past 12 months")), Option(2, label=_("Past 3 months")))

SDS_GOSSOP = Instrument(
    key="sds_gossop",
    version="1",
    title="Severity of Dependence Scale, for one drug",
    short="SDS (Gossop)",
    measures=_("Dependence"),
    recall=_("Past 12 months; past 3 months in one form"),
    items=(
        choice(
            "drug",
            1,
            len(DRUGS),
            scored=False,
            label=_("Which drug"),
            options=tuple(Option(value, label=label) for value, label in enumerate(DRUGS, start=1)),
        ),
        choice("period", 1, 2, scored=False, label=_("Which period the form asks about"), options=PERIODS),
        *choices(5, 0, 3),
    ),
    scoring=sum_of_items,
    scoring_text=_(
        "Sum of the five items, for the drug that is named. Item 4 is answered in abstinence as well."
    ),
    low=0,
    high=15,
    cutoffs=(
        Cutoff(label=_("Alcohol, 3 or more"), low=3, where={"drug": ALCOHOL}, basis=basis("S34")),
        Cutoff(
            label=_("Cannabis, 4 or more"),
            low=4,
            where={"drug": CANNABIS},
            basis=basis("S35"),
            note=_("Weak: sensitivity 61 %, specificity 64 %; not recommended as a screener"),
        ),
    ),
    higher_is_worse=True,
    basis=basis("S31", "S32", "S33"),
)
INSTRUMENTS = (SDS_GOSSOP,)
