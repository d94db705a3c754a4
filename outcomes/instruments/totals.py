"""The score-only measures we know: range, and bands where they were read in a source."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument, Label
from outcomes.instruments.score_only import TOTAL_ONLY, bands, given_total, total_item

PAST_MONTH, PAST_WEEK = _("Past month"), _("Past week")
TWO_WEEKS, FOUR_WEEKS = _("Last 2 weeks"), _("Last 4 weeks")
NONE, MILD, MODERATE, SEVERE = _("None"), _("Mild"), _("Moderate"), _("Severe")
NORMAL, EXTREME = _("Normal"), _("Extremely severe")
DASS_BANDS = (
    ("normal", NORMAL),
    ("mild", MILD),
    ("moderate", MODERATE),
    ("severe", SEVERE),
    ("extreme", EXTREME),
)
DASS_SOURCE = "PMC10560014, table 1: undoubled DASS-21 sums"


def _starting(starts: tuple[int, ...]) -> list[tuple[str, Label, int]]:
    return [(*band, start) for band, start in zip(DASS_BANDS, starts, strict=True)]


def _dass(key: str, scale: str, measures: Label, starts: tuple[int, int, int, int, int]) -> Instrument:
    """One scale of the DASS-21 in undoubled units; doubled tables use other limits under the same names."""
    return Instrument(
        key=key,
        version="1",
        title=f"Depression Anxiety Stress Scales 21, {scale} (not doubled)",
        short=f"DASS-21 {scale}",
        measures=measures,
        recall=PAST_WEEK,
        items=total_item(0, 21),
        scoring=given_total,
        low=0,
        high=21,
        bands=bands(*_starting(starts), high=21),
        scheme="DASS-21 undoubled",
        bands_source=DASS_SOURCE,
        higher_is_worse=True,
        licence=TOTAL_ONLY,
        source=DASS_SOURCE,
    )


CAPS5 = Instrument(
    key="caps5",
    version="1",
    title="Clinician-Administered PTSD Scale for DSM-5",
    short="CAPS-5",
    measures=_("PTSD symptoms"),
    recall=PAST_MONTH,
    items=total_item(0, 80),
    scoring=given_total,
    low=0,
    high=80,
    bands=bands(
        ("asymptomatic", _("Asymptomatic"), 0),
        ("mild", MILD, 11),
        ("moderate", MODERATE, 23),
        ("severe", SEVERE, 35),
        ("extreme", _("Extreme"), 47),
        high=80,
    ),
    # Other limits are in use: MAPP2 let people in from 28 as "moderate". So the scheme is named.
    scheme="Tonix AtEase poster",
    bands_source="Tonix AtEase trial, conference poster (not a peer-reviewed paper)",
    higher_is_worse=True,
    clinician_rated=True,
    licence=TOTAL_ONLY,
    source="meddatax.com, NCT04077437 results: total of 20 symptoms, 0 to 80",
)

BDI_II = Instrument(
    key="bdi_ii",
    version="1",
    title="Beck Depression Inventory II",
    short="BDI-II",
    measures=_("Depression"),
    recall=TWO_WEEKS,
    items=total_item(0, 63),
    scoring=given_total,
    low=0,
    high=63,
    higher_is_worse=True,
    licence=TOTAL_ONLY,
    source="21 items of 0 to 3; no band table was read, so there are no bands",
)

SHEEHAN_SDS = Instrument(
    key="sheehan_sds",
    version="1",
    title="Sheehan Disability Scale, total",
    short="Sheehan SDS",
    measures=_("Impairment in daily life"),
    recall=PAST_WEEK,
    # The MAPP trials published a modified SDS on the 0 to 10 mean: not this total.
    items=total_item(0, 30),
    scoring=given_total,
    low=0,
    high=30,
    higher_is_worse=True,
    licence=TOTAL_ONLY,
    source="bio-protocol r9014622: three items of 0 to 10",
)

ISI = Instrument(
    key="isi",
    version="1",
    title="Insomnia Severity Index",
    short="ISI",
    measures=_("Insomnia"),
    recall=TWO_WEEKS,
    items=total_item(0, 28),
    scoring=given_total,
    low=0,
    high=28,
    bands=bands(
        ("none", NONE, 0),
        ("subthreshold", _("Subthreshold"), 8),
        ("moderate", MODERATE, 15),
        ("severe", SEVERE, 22),
        high=28,
    ),
    scheme="ISI severity",
    bands_source="myhealth.va.gov, Insomnia Severity Index",
    higher_is_worse=True,
    meaningful_change=Decimal("8.4"),
    change_source="Morin 2011, Sleep 34:601, abstract: moderate improvement",
    licence=TOTAL_ONLY,
    source="myhealth.va.gov, Insomnia Severity Index",
)

MADRS = Instrument(
    key="madrs",
    version="1",
    title="Montgomery–Åsberg Depression Rating Scale",
    short="MADRS",
    measures=_("Depression"),
    recall=PAST_WEEK,
    items=total_item(0, 60),
    scoring=given_total,
    low=0,
    high=60,
    bands=bands(
        ("normal", NORMAL, 0), ("mild", MILD, 7), ("moderate", MODERATE, 20), ("severe", SEVERE, 35), high=60
    ),
    scheme="MADRS severity",
    bands_source="en.wikipedia.org, Montgomery–Åsberg Depression Rating Scale; medicalalgorithms.com",
    higher_is_worse=True,
    clinician_rated=True,
    licence=TOTAL_ONLY,
    source="en.wikipedia.org, Montgomery–Åsberg Depression Rating Scale: ten items of 0 to 6",
)

K10 = Instrument(
    key="k10",
    version="1",
    title="Kessler Psychological Distress Scale 10, coded 1 to 5",
    short="K10",
    measures=_("Psychological distress"),
    recall=FOUR_WEEKS,
    # Coded 1 to 5, as in Australia. The US coding of 0 to 4 is another measure.
    items=total_item(10, 50),
    scoring=given_total,
    low=10,
    high=50,
    bands=bands(
        ("low", _("Low"), 10),
        ("moderate", MODERATE, 16),
        ("high", _("High"), 22),
        ("very_high", _("Very high"), 30),
        high=50,
    ),
    scheme="Australian Bureau of Statistics",
    bands_source="abs.gov.au 4817.0.55.001",
    higher_is_worse=True,
    licence=TOTAL_ONLY,
    source="abs.gov.au 4817.0.55.001",
)

WHO5 = Instrument(
    key="who5",
    version="1",
    title="WHO-5 Well-Being Index, 0 to 100",
    short="WHO-5",
    measures=_("Well-being"),
    recall=TWO_WEEKS,
    # The index is four times the raw sum, so it comes in fours.
    items=total_item(0, 100, step=Decimal(4)),
    scoring=given_total,
    low=0,
    high=100,
    higher_is_worse=False,
    meaningful_change=Decimal(10),
    change_source="help.valant.com, WHO-5: 10 index points",
    licence=TOTAL_ONLY,
    source="help.valant.com, WHO-5; corc.uk.net, WHO-5",
)

KNOWN_TOTALS = (
    CAPS5,
    BDI_II,
    SHEEHAN_SDS,
    ISI,
    MADRS,
    K10,
    WHO5,
    _dass("dass21_depression", "depression", _("Depression"), (0, 5, 7, 11, 14)),
    _dass("dass21_anxiety", "anxiety", _("Anxiety"), (0, 4, 6, 8, 10)),
    _dass("dass21_stress", "stress", _("Stress"), (0, 8, 10, 13, 17)),
)
