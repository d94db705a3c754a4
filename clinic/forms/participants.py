"""Forms about participants: parse and convert, nothing more."""

from typing import cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.forms.widgets import Day
from clinic.forms.writing import WriteForm
from clinic.models import Participant, Programme


class FindForm(forms.Form):
    """Find by code, or by the three that make a person."""

    NEED = _(
        "Enter a code; or family name, given name and birth date together, where your role may search by name."
    )

    code = forms.CharField(label=_("Code"), max_length=20, required=False, help_text=_("Such as P-7KQ4-MRC."))
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    birth_date = forms.DateField(label=_("Birth date"), widget=Day(), required=False)


class ParticipantForm(WriteForm):
    """A new person and the programme."""

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    preferred_name = forms.CharField(
        label=_("Preferred name"),
        max_length=100,
        help_text=_("Shown beside the code, against the wrong chart."),
    )
    birth_date = forms.DateField(label=_("Birth date"), widget=Day())
    sex = forms.ChoiceField(
        label=_("Sex at birth"), choices=Participant.Sex.choices, initial=Participant.Sex.NOT_STATED
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), empty_label=_("Choose one")
    )

    def __init__(self, *arguments, programmes, **options):
        super().__init__(*arguments, **options)
        cast(forms.ModelChoiceField, self.fields["programme"]).queryset = programmes

    def clean_birth_date(self):
        """A birth date lies behind us."""
        day = self.cleaned_data["birth_date"]
        if day > timezone.localdate() or day.year < 1900:
            raise forms.ValidationError(_("Enter a birth date between 1900 and today."))
        return day

    def details(self) -> dict[str, str]:
        """What goes under seal."""
        names = ("given_name", "family_name", "preferred_name", "phone", "email")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "birth_date": self.cleaned_data["birth_date"].isoformat(),
        }


class EnrolForm(WriteForm):
    """Into a programme."""

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), empty_label=_("Choose one")
    )
    enrolled_on = forms.DateField(label=_("Enrolled on"), widget=Day(), initial=timezone.localdate)

    def __init__(self, *arguments, programmes, **options):
        super().__init__(*arguments, **options)
        cast(forms.ModelChoiceField, self.fields["programme"]).queryset = programmes
