"""CAPS-5: a blinded rater's interview. Totals are recorded, never its text."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Criterion, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import (
    EXTREME,
    MILD,
    MODERATE,
    PAST_MONTH,
    SEVERE,
    bands,
    number,
    total_item,
    yes_no,
)
from outcomes.instruments.scoring import given_total

CAPS5 = Instrument(
    key="caps5",
    version="1",
    title="Clinician-Administered PTSD Scale for DSM-5",
    short="CAPS-5",
    measures=_("PTSD symptoms"),
    recall=PAST_MONTH,
    items=(
        total_item(0, 80),
        number("cluster_b", 0, 20, scored=False, label=_("Cluster B")),
        number("cluster_c", 0, 8, scored=False, label=_("Cluster C")),
        number("cluster_d", 0, 28, scored=False, label=_("Cluster D")),
        number("cluster_e", 0, 24, scored=False, label=_("Cluster E")),
        number("dissociative_1", 0, 4, scored=False, label=_("Dissociative subtype, first item")),
        number("dissociative_2", 0, 4, scored=False, label=_("Dissociative subtype, second item")),
        yes_no("diagnosis", scored=False, label=_("PTSD diagnosis by this interview")),
        yes_no("rater_blinded", scored=False, label=_("The rater was blinded")),
    ),
    scoring=given_total,
    scoring_text=_(
        "The rater's total of twenty severities of 0 to 4, as entered. The rater resolves what is missing."
    ),
    low=0,
    high=80,
    bands=bands(
        ("asymptomatic", _("Asymptomatic"), 0),
        ("mild", MILD, 11),
        ("moderate", MODERATE, 23),
        ("severe", SEVERE, 35),
        ("extreme", EXTREME, 47),
        high=80,
    ),
    # Other limits are in use: MAPP2 let people in from 28 as "moderate". So the scheme is named.
    scheme="Tonix AtEase poster",
    bands_basis=basis("S15"),
    notes=(_("MAPP2 took people in from 28 as moderate or higher (S16): not the 23 of this scheme."),),
    higher_is_worse=True,
    clinician_rated=True,
    criteria={
        "remission": Criterion(
            _("Remission: no diagnosis and a total of 11 or less"),
            lambda answers: answers["diagnosis"] == 0 and (answers["total"] or 0) <= 11,
            basis("rec"),
            needs=("total", "diagnosis"),
        )
    },
    basis=basis("S13", "S14"),
)
INSTRUMENTS = (CAPS5,)
