"""PC-PTSD-5: a gate (a traumatic event, ever), then five questions of yes and no."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Cutoff, Instrument, When
from outcomes.instruments.basis import basis
from outcomes.instruments.building import PAST_MONTH, yes_no
from outcomes.instruments.parts import Reason
from outcomes.instruments.scoring import Result, sum_of_items

GATE = "gate"


def count_after_gate(instrument: Instrument, answers: Answers) -> Result:
    """No at the gate is 0 whatever follows; a gate that was not answered leaves no score."""
    if answers[GATE] is None:
        return None, Reason.TOO_MANY_MISSING
    return sum_of_items(instrument, answers if answers[GATE] else {GATE: 0})


PC_PTSD5 = Instrument(
    key="pc_ptsd5",
    version="1",
    title="Primary Care PTSD Screen for DSM-5",
    short="PC-PTSD-5",
    measures=_("PTSD screen"),
    recall=PAST_MONTH,
    items=(
        yes_no(GATE, scored=False, label=_("Gate: ever such an event")),
        *(yes_no(f"item_{number}", asked_when=(When((GATE,)),)) for number in range(1, 6)),
    ),
    scoring=count_after_gate,
    scoring_text=_(
        "No at the gate gives 0 and ends the screen; otherwise the number of yes in items 1 to 5."
    ),
    low=0,
    high=5,
    cutoffs=(
        Cutoff(
            label=_("3 or more: the most sensitive"),
            low=3,
            basis=basis("S10", "S11"),
            note=_("Women may need 3 (S12)"),
        ),
        Cutoff(label=_("4 or more: the most efficient"), low=4, basis=basis("S10", "S11")),
    ),
    higher_is_worse=True,
    attribution=(
        "Prins, A., Bovin, M. J., Kimerling, R., Kaloupek, D. G., Marx, B. P., Pless Kaiser, A., & Schnurr, P. P. "
        "(2015). Primary Care PTSD Screen for DSM-5 (PC-PTSD-5) [Measurement instrument]. "
        "Available from https://www.ptsd.va.gov"
    ),
    basis=basis("S10", "S11"),
)
INSTRUMENTS = (PC_PTSD5,)
