"""The words of our own daily check-in; being ours, they go through gettext."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN
from outcomes.instruments.wording_types import Choice, Question, Wording

NOTICE = _("This is our own daily check-in, not a validated scale.")

QUESTIONS = (
    Question(
        "mood",
        _("How has your mood been today?"),
        hint=_("Think of today as a whole."),
        low_end=_("is the lowest I can imagine"),
        high_end=_("is the best I can imagine"),
    ),
    Question(
        "anxiety",
        _("How anxious have you felt today?"),
        hint=_("Think of today as a whole."),
        low_end=_("is not anxious at all"),
        high_end=_("is the most anxious I can imagine"),
    ),
    Question(
        "energy",
        _("How much energy have you had today?"),
        hint=_("Think of today as a whole."),
        low_end=_("is none at all"),
        high_end=_("is the most I can imagine"),
    ),
    Question(
        "sleep_quality",
        _("How well did you sleep last night?"),
        low_end=_("is the worst I can imagine"),
        high_end=_("is the best I can imagine"),
    ),
    Question(
        "hours_slept",
        _("How many hours did you sleep last night?"),
        hint=_("A guess is fine. You can use half hours, such as 6.5."),
    ),
    Question(
        "craving",
        _("How strong has any craving been today?"),
        hint=_("For alcohol, a medicine or another substance."),
        low_end=_("is no craving at all"),
        high_end=_("is the strongest I can imagine"),
    ),
    Question(
        "sense_of_safety",
        _("How safe have you felt today?"),
        low_end=_("is not safe at all"),
        high_end=_("is as safe as I can imagine"),
    ),
    Question(
        "not_wanting_to_be_alive",
        _("Have you had any thoughts of not wanting to be alive?"),
        (Choice(1, _("Yes")), Choice(0, _("No"))),
        hint=_("Think of the time since your last check-in."),
    ),
)

DAILY_WORDING = Wording(
    instrument=DAILY_CHECKIN.key,
    language="",
    locale="",
    title=_("Daily check-in"),
    version=DAILY_CHECKIN.version,
    recall=DAILY_CHECKIN.recall,
    stem="",
    questions=QUESTIONS,
    attribution=DAILY_CHECKIN.attribution,
    licence=DAILY_CHECKIN.licence,
    notice=NOTICE,
)
