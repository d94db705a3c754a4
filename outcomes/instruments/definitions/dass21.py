"""DASS-21: three scales of seven items; sums of 0 to 21, and doubled to the units of the DASS-42."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Band, Derived, Instrument, Label
from outcomes.instruments.basis import basis
from outcomes.instruments.building import MILD, MODERATE, PAST_WEEK, SEVERE, bands, choice, total_item
from outcomes.instruments.scoring import given_total, no_total, sum_of

SCALES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "depression": (3, 5, 10, 13, 16, 17, 21),
        "anxiety": (2, 4, 7, 9, 15, 19, 20),
        "stress": (1, 6, 8, 11, 12, 14, 18),
    }
)
NAMES: Mapping[str, Label] = {"depression": _("Depression"), "anxiety": _("Anxiety"), "stress": _("Stress")}
# Where each band begins, in undoubled sums. Another table in circulation differs; the scheme is named.
STARTS: Mapping[str, tuple[int, ...]] = {
    "depression": (0, 5, 7, 11, 14),
    "anxiety": (0, 4, 6, 8, 10),
    "stress": (0, 8, 10, 13, 17),
}
WORDS: tuple[tuple[str, Label], ...] = (
    ("normal", _("Normal")),
    ("mild", MILD),
    ("moderate", MODERATE),
    ("severe", SEVERE),
    ("extreme", _("Extremely severe")),
)
SCHEME, HIGHEST = "DASS-21 undoubled", 21


def bands_of(scale: str) -> tuple[Band, ...]:
    """The bands of one scale."""
    parts = [(*words, start) for words, start in zip(WORDS, STARTS[scale], strict=True)]
    return bands(*parts, high=HIGHEST)


def doubled(scale: str) -> Derived:
    """Twice the sum of a scale: the units of the DASS-42."""

    def rule(answers: Answers, total: Decimal | None) -> Decimal | None:
        found = sum_of(answers.get(f"item_{number}") for number in SCALES[scale])
        return None if found is None else found * 2

    return Derived(_("Doubled, in units of the DASS-42"), rule, basis("S50", "S51"))


def alone(scale: str) -> Instrument:
    """One scale entered as its undoubled sum."""
    return Instrument(
        key=f"dass21_{scale}",
        version="1",
        title=f"Depression Anxiety Stress Scales 21, {scale} (not doubled)",
        short=f"DASS-21 {scale}",
        measures=NAMES[scale],
        recall=PAST_WEEK,
        items=(total_item(0, HIGHEST),),
        scoring=given_total,
        scoring_text=_("The undoubled sum of the seven items of this scale, as entered."),
        low=0,
        high=HIGHEST,
        bands=bands_of(scale),
        scheme=SCHEME,
        bands_basis=basis("S52"),
        higher_is_worse=True,
        basis=basis("S52"),
    )


DASS21 = Instrument(
    key="dass21",
    version="1",
    title="Depression Anxiety Stress Scales, 21 items",
    short="DASS-21",
    measures=_("Depression, anxiety and stress"),
    recall=PAST_WEEK,
    items=tuple(
        choice(
            f"item_{number}", 0, 3, subscale=next(name for name, items in SCALES.items() if number in items)
        )
        for number in range(1, 22)
    ),
    scoring=no_total,
    scoring_text=_(
        "Three sums of seven items. Bands are those of undoubled sums; the doubled sums are stored beside them."
    ),
    subscale_bands={scale: bands_of(scale) for scale in SCALES},
    scheme=SCHEME,
    bands_basis=basis("S52"),
    derived={f"{scale}_doubled": doubled(scale) for scale in SCALES},
    higher_is_worse=True,
    basis=basis("S50", "S51", "S52"),
)
INSTRUMENTS = (DASS21, *(alone(scale) for scale in SCALES))
