"""PHQ-9 and PHQ-2: depression over the last two weeks."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Answers, Band, Criterion, Cutoff, Instrument, MissingRule, Option
from outcomes.instruments.basis import basis
from outcomes.instruments.building import MILD, MINIMAL, MODERATE, SEVERE, TWO_WEEKS, choice
from outcomes.instruments.scoring import sum_of_items

FREQUENCY = tuple(
    Option(value, f"LA{code}") for value, code in enumerate(("6568-5", "6569-3", "6570-1", "6571-9"))
)
# LOINC of "not" and "very" difficult were not read in a source, so they stay empty.
DIFFICULTY = (Option(0), Option(1, "LA6573-5"), Option(2), Option(3, "LA6574-3"))
CODES = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8")
SELF_HARM, CORE, SYMPTOM_FROM = 9, 2, 2
PFIZER = (
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
    "with an educational grant from Pfizer Inc."
)


def symptoms(answers: Answers, numbers: range) -> int:
    """How many symptoms count: answers of 2 or more, and of item 9 any above 0."""
    limits = {number: 1 if number == SELF_HARM else SYMPTOM_FROM for number in numbers}
    return sum((answers[f"item_{number}"] or 0) >= limit for number, limit in limits.items())


def major(answers: Answers) -> bool:
    """Item 1 or 2 counts, and five or more of the nine do."""
    return symptoms(answers, range(1, CORE + 1)) > 0 and symptoms(answers, range(1, 10)) >= 5


def other(answers: Answers) -> bool:
    """Item 1 or 2 counts, and two to four of the nine do."""
    return symptoms(answers, range(1, CORE + 1)) > 0 and 2 <= symptoms(answers, range(1, 10)) <= 4


ITEMS = tuple(
    choice(f"item_{number}", 0, 3, options=FREQUENCY, loinc=code, safety=number == SELF_HARM)
    for number, code in enumerate(CODES, start=1)
)
PHQ9 = Instrument(
    key="phq9",
    version="1",
    title="Patient Health Questionnaire-9",
    short="PHQ-9",
    measures=_("Depression"),
    recall=TWO_WEEKS,
    items=(*ITEMS, choice("difficulty", 0, 3, options=DIFFICULTY, loinc="69722-7", scored=False)),
    scoring=sum_of_items,
    scoring_text=_("Sum of items 1 to 9. The difficulty item is not scored."),
    missing_rule=MissingRule(
        2, basis("rec", note="PHQ and GAD-7 instruction manual: the mean for one or two")
    ),
    low=0,
    high=27,
    bands=(
        Band("none", MINIMAL, 0, 4),
        Band("mild", MILD, 5, 9),
        Band("moderate", MODERATE, 10, 14),
        Band("moderately_severe", _("Moderately severe"), 15, 19, _("Mod. severe")),
        Band("severe", SEVERE, 20, 27),
    ),
    scheme="PHQ-9 severity",
    bands_basis=basis("S1", "S3"),
    cutoffs=(
        Cutoff(
            label=_("10 or more: positive screen"),
            low=10,
            basis=basis("S1"),
            note=_("Sensitivity 77 to 88 %, specificity 88 to 94 %"),
        ),
    ),
    higher_is_worse=True,
    criteria={
        "major_syndrome": Criterion(_("Meets the rule for a major depressive syndrome"), major, basis("S1")),
        "other_syndrome": Criterion(_("Meets the rule for another depressive syndrome"), other, basis("S1")),
    },
    attribution=PFIZER,
    basis=basis("S1", "S2", "S3"),
    loinc_panel="44249-1",
    loinc_total="44261-6",
)
PHQ2 = Instrument(
    key="phq2",
    version="1",
    title="Patient Health Questionnaire-2",
    short="PHQ-2",
    measures=_("Depression"),
    recall=TWO_WEEKS,
    items=ITEMS[:2],
    words_of="phq9",
    scoring=sum_of_items,
    scoring_text=_("Sum of both items."),
    low=0,
    high=6,
    cutoffs=(
        Cutoff(label=_("3 or more"), low=3, basis=basis("S4"), note=_("Sensitivity 61 %, specificity 92 %")),
        Cutoff(label=_("2 or more"), low=2, basis=basis("S4"), note=_("Sensitivity 86 %, specificity 78 %")),
    ),
    higher_is_worse=True,
    attribution=PFIZER,
    basis=basis("S4"),
    # The panel's code was not read in a source.
    loinc_total="55758-7",
)
INSTRUMENTS = (PHQ9, PHQ2)
