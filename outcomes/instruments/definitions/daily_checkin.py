"""The daily check-in: our own ratings of 0 to 10, hours slept and one safety question. Not validated."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument, Item, Kind, Option
from outcomes.instruments.basis import basis
from outcomes.instruments.scoring import no_total

RATINGS_BEFORE_SLEEP = ("mood", "anxiety", "energy", "sleep_quality")
RATINGS_AFTER_SLEEP = ("craving", "sense_of_safety")


def _rating(key: str) -> Item:
    return Item(key=key, kind=Kind.RATING, low=0, high=10, scored=False)


DAILY_CHECKIN = Instrument(
    key="daily_checkin",
    version="1",
    title="Daily check-in",
    short="Check-in",
    measures=_("Daily check-in"),
    recall=_("Since the last check-in"),
    items=(
        *(_rating(key) for key in RATINGS_BEFORE_SLEEP),
        Item(key="hours_slept", kind=Kind.NUMBER, low=0, high=24, step=Decimal("0.5"), scored=False),
        *(_rating(key) for key in RATINGS_AFTER_SLEEP),
        Item(
            key="not_wanting_to_be_alive",
            kind=Kind.YES_NO,
            low=0,
            high=1,
            scored=False,
            safety=True,
            options=(Option(1), Option(0)),
        ),
    ),
    scoring=no_total,
    validated=False,
    attribution="Afterward",
    scoring_text=_("No total: each answer is read by itself, against the person's own days before."),
    basis=basis("ours"),
)
INSTRUMENTS = (DAILY_CHECKIN,)
