"""MDQ: a screen for bipolar disorder, positive by three conditions together and not by a total."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Criterion, Instrument, Option
from outcomes.instruments.basis import basis
from outcomes.instruments.building import choice, yes_no
from outcomes.instruments.scoring import no_total

SYMPTOMS = tuple(f"item_{number}" for number in range(1, 14))
PROBLEM = (
    Option(0, label=_("No problem")),
    Option(1, label=_("Minor problem")),
    Option(2, label=_("Moderate problem")),
    Option(3, label=_("Serious problem")),
)


def positive(answers: Answers) -> bool:
    """Seven or more of the thirteen, in the same period, and a moderate or serious problem."""
    endorsed = sum(answers[key] or 0 for key in SYMPTOMS)
    return endorsed >= 7 and answers["same_period"] == 1 and (answers["problem"] or 0) >= 2


MDQ = Instrument(
    key="mdq",
    version="1",
    title="Mood Disorder Questionnaire",
    short="MDQ",
    measures=_("Bipolar screen"),
    recall=_("Lifetime"),
    items=(
        *(yes_no(key, scored=False, subscale="endorsed") for key in SYMPTOMS),
        yes_no("same_period", scored=False, label=_("Several of these in the same period")),
        choice("problem", 0, 3, scored=False, options=PROBLEM, label=_("How much of a problem they caused")),
    ),
    scoring=no_total,
    scoring_text=_("Positive: 7 or more of 13 yes, in the same period, and a moderate or serious problem."),
    criteria={
        "positive": Criterion(
            _("Positive screen by all three conditions"),
            positive,
            basis("S39", "S40"),
            (*SYMPTOMS, "same_period", "problem"),
        )
    },
    notes=(
        _(
            "Sensitivity 73 %, specificity 90 %; better for bipolar I than II (S40). A screen, made for no follow-up."
        ),
    ),
    basis=basis("S39", "S40"),
)
INSTRUMENTS = (MDQ,)
