"""Forms of the medicine list: which one, the whole line, and a physician's clearance."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.forms.widgets import Day, Moment, Prose
from clinic.forms.writing import WriteForm
from sessions.models import Medication

YES, NO, NOT_ASKED = "yes", "no", "not-asked"
YES_NO = ((YES, _("Yes")), (NO, _("No")))
INFORMED = {YES: True, NO: False, NOT_ASKED: None}
COPIED = ("name", "dose", "last_taken_on", "planned_stop_on", "resumed_on")


class WhichForm(forms.Form):
    """The name alone: what it is is shown before anything is stored."""

    name = forms.CharField(
        label=_("Which medicine?"),
        max_length=80,
        help_text=_("As it was said or stands on the box: a name, a brand, or a class."),
        error_messages={"required": _("Enter a name")},
    )


class DosingDayForm(forms.Form):
    """The day on which the calendar looks."""

    day = forms.DateField(label=_("Dosing day"), widget=Day, required=False)


class MedicineForm(WriteForm):
    """One line of the list. A change is a new line in the place of the old one, with a reason."""

    name = forms.CharField(label=_("Medicine"), max_length=80, error_messages={"required": _("Enter a name")})
    dose = forms.CharField(
        label=_("Dose"), max_length=60, required=False, help_text=_("Such as 20 mg in the morning.")
    )
    taken = forms.ChoiceField(
        label=_("Is it still taken?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is still taken")},
    )
    last_taken_on = forms.DateField(label=_("Last taken on"), widget=Day, required=False)
    planned_stop_on = forms.DateField(
        label=_("Planned end"),
        widget=Day,
        required=False,
        help_text=_("The last day, as the prescriber has planned it. Empty where nothing is planned."),
    )
    resumed_on = forms.DateField(label=_("Resumed on"), widget=Day, required=False)
    prescriber_informed = forms.ChoiceField(
        label=_("Does the prescriber know of this treatment?"),
        choices=(*YES_NO, (NOT_ASKED, _("Not asked"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the prescriber knows")},
    )
    words = forms.CharField(label=_("Note"), max_length=4_000, required=False, widget=Prose(rows=2))
    occurred_at = forms.DateTimeField(
        label=_("Told or seen on"),
        widget=Moment,
        initial=timezone.now,
        error_messages={"required": _("Enter a time")},
    )
    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=500,
        min_length=5,
        error_messages={"required": _("Give a reason")},
    )

    def __init__(self, *args, changes: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["reason"]

    @property
    def values(self) -> dict:
        """What the service takes."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "taken"}
        informed = INFORMED[self.cleaned_data["prescriber_informed"]]
        return {**values, "stopped": self.cleaned_data["taken"] == NO, "prescriber_informed": informed}


def former_values(row: Medication, words: str) -> dict:
    """What the form of a change begins with: the line as it stands."""
    informed = next(key for key, value in INFORMED.items() if value is row.prescriber_informed)
    return {
        **{name: getattr(row, name) for name in COPIED},
        "taken": NO if row.stopped else YES,
        "prescriber_informed": informed,
        "words": words,
    }


class ClearForm(WriteForm):
    """Why a medicine may stand, and the physician's password or a code."""

    words = forms.CharField(
        label=_("Why it may stand before a dose"),
        max_length=4_000,
        widget=Prose(rows=4),
        error_messages={"required": _("Write why it may stand.")},
    )
    password = forms.CharField(
        label=_("Your password or a code from your app"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password or a code")},
    )
