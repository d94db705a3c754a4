"""ACE-10: adverse experiences before the age of 18. A marker of risk and never a reason to exclude."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument
from outcomes.instruments.basis import basis
from outcomes.instruments.building import yes_no
from outcomes.instruments.scoring import sum_of_items

# By subject and not by number, for forms differ in their order. Two codes were not read in a source.
EXPERIENCES = (
    ("emotional_abuse", _("Emotional abuse"), "82814-5"),
    ("physical_abuse", _("Physical abuse"), "82815-2"),
    ("sexual_abuse", _("Sexual abuse"), "82816-0"),
    ("emotional_neglect", _("Emotional neglect"), "82817-8"),
    ("physical_neglect", _("Physical neglect"), "82818-6"),
    ("separation", _("Parents separated"), None),
    ("domestic_violence", _("Violence at home"), "82820-2"),
    ("substance_use", _("Substance use at home"), None),
    ("mental_illness", _("Mental illness at home"), "82822-8"),
    ("criminal_member", _("Crime at home"), "82823-6"),
)
ACE10 = Instrument(
    key="ace10",
    version="1",
    title="Adverse Childhood Experiences, 10 items",
    short="ACE-10",
    measures=_("Adverse childhood experiences"),
    recall=_("Before the age of 18"),
    items=tuple(yes_no(key, label=label, loinc=code) for key, label, code in EXPERIENCES),
    scoring=sum_of_items,
    scoring_text=_("The number of yes. Somebody may prefer not to say, and then there is no total."),
    low=0,
    high=10,
    cutoffs=(
        Cutoff(label=_("4 or more: a marker of risk, never a reason to exclude"), low=4, basis=basis("S64")),
    ),
    higher_is_worse=True,
    staff_asks=True,
    sensitive=True,
    notes=(
        _("Answered with somebody near. Single answers are shown to those who treat, and to nobody else."),
    ),
    basis=basis("S63", "S64"),
)
INSTRUMENTS = (ACE10,)
