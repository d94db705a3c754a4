"""DAST-10: drug use over the past twelve months. Item 3 is reversed, so somebody without drugs needs a way past it."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument, When
from outcomes.instruments.basis import basis
from outcomes.instruments.building import LOW, MODERATE, NONE, PAST_YEAR, SEVERE, bands, yes_no
from outcomes.instruments.scoring import sum_of_items

NO_USE = "no_drug_use"
DAST10 = Instrument(
    key="dast10",
    version="1",
    title="Drug Abuse Screening Test, 10 items",
    short="DAST-10",
    measures=_("Drug use"),
    recall=PAST_YEAR,
    items=(
        yes_no(NO_USE, scored=False, label=_("No drug use at all, so the form was not filled in")),
        *(
            yes_no(f"item_{number}", reverse=number == 3, asked_when=(When((NO_USE,), low=0, high=0),))
            for number in range(1, 11)
        ),
    ),
    scoring=sum_of_items,
    scoring_text=_(
        "One point for each yes, and for no in item 3. Ten times no is therefore 1. No drug use at all gives 0: a proposal of ours."
    ),
    low=0,
    high=10,
    bands=bands(
        ("none", NONE, 0),
        ("low", LOW, 1),
        ("moderate", MODERATE, 3),
        ("substantial", _("Substantial"), 6),
        ("severe", SEVERE, 9),
        high=10,
    ),
    scheme="DAST-10 degree of problems",
    bands_basis=basis("S29", "S30"),
    higher_is_worse=True,
    # The panel's code was not read in a source.
    loinc_total="82667-7",
    basis=basis("S29", note="the path without drug use is proposed by us"),
)
INSTRUMENTS = (DAST10,)
