"""What a change between two totals may be called, by published limits alone."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument, Label


class Verdict(StrEnum):
    """How a change reads. Without a published limit we say that there is none."""

    MEANINGFUL = "meaningful"
    RELIABLE = "reliable"
    WITHIN_NOISE = "within_noise"
    NO_LIMIT = "no_limit"


TEXTS: dict[tuple[Verdict, bool | None], Label] = {
    (Verdict.MEANINGFUL, True): _("Better, meaningful"),
    (Verdict.MEANINGFUL, False): _("Worse, meaningful"),
    (Verdict.RELIABLE, True): _("Better, reliable"),
    (Verdict.RELIABLE, False): _("Worse, reliable"),
    (Verdict.WITHIN_NOISE, True): _("Within noise"),
    (Verdict.WITHIN_NOISE, False): _("Within noise"),
    (Verdict.WITHIN_NOISE, None): _("Within noise"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Later minus earlier, in points. `better` is None where the direction is not known or nothing moved."""

    points: Decimal
    verdict: Verdict
    better: bool | None
    source: str

    @property
    def text(self) -> Label:
        return TEXTS.get((self.verdict, self.better), _("No published limit"))


def change(instrument: Instrument, before: Decimal, now: Decimal) -> Change:
    """How the change from `before` to `now` reads by the instrument's published limits."""
    points = now - before
    better = None
    if points and instrument.higher_is_worse is not None:
        better = (points < 0) == instrument.higher_is_worse
    return Change(points, _verdict(instrument, abs(points)), better, instrument.change_source)


def _verdict(instrument: Instrument, size: Decimal) -> Verdict:
    reliable, meaningful = instrument.reliable_change, instrument.meaningful_change
    if meaningful is not None and size >= meaningful:
        return Verdict.MEANINGFUL
    if reliable is not None and size >= reliable:
        return Verdict.RELIABLE
    return Verdict.NO_LIMIT if reliable is None and meaningful is None else Verdict.WITHIN_NOISE
