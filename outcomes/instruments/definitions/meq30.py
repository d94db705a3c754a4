"""MEQ30: the dosing session just past, as the means of four factors."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Criterion, Derived, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import number
from outcomes.instruments.scoring import no_total

FACTORS = {
    "mystical": _("Mystical, mean of 15 items"),
    "positive_mood": _("Positive mood, mean of 6 items"),
    "transcendence": _("Transcendence, mean of 6 items"),
    "ineffability": _("Ineffability, mean of 3 items"),
}
COMPLETE_FROM, HIGHEST = Decimal(3), 5  # 60 per cent of 5


def complete(answers: Answers) -> bool:
    """60 per cent or more on each factor."""
    return all((answers[key] or 0) >= COMPLETE_FROM for key in FACTORS)


def percent(key: str) -> Callable[[Answers, Decimal | None], Decimal | None]:
    """A factor's mean as a share of 5."""

    def rule(answers: Answers, total: Decimal | None) -> Decimal | None:
        mean = answers.get(key)
        return None if mean is None else Decimal(mean) * 100 / HIGHEST

    return rule


MEQ30 = Instrument(
    key="meq30",
    version="1",
    title="Mystical Experience Questionnaire, 30 items",
    short="MEQ30",
    measures=_("Mystical experience"),
    recall=_("The dosing session just past"),
    items=tuple(number(key, 0, HIGHEST, step="0.01", label=label) for key, label in FACTORS.items()),
    scoring=no_total,
    scoring_text=_("Four factor means of 0 to 5, each also as per cent of 5."),
    criteria={"complete": Criterion(_("60 % or more on each factor"), complete, basis("rec"))},
    derived={f"{key}_percent": Derived(_("Per cent of 5"), percent(key), basis("rec")) for key in FACTORS},
    basis=basis("S61", "S62", note="the sizes of the factors are recalled"),
)
INSTRUMENTS = (MEQ30,)
