"""Forms for bringing a file in and for sending one out."""

from typing import cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from clinic.forms.writing import WriteForm
from clinic.models import Programme
from outcomes.exports.columns import Profile
from outcomes.services.import_drafts import shipped_maps

OWN_MAP = "own"
# The rest of the form needs a little of what a request may hold.
LARGEST_FILE = settings.UPLOAD_LIMIT_BYTES - 131_072
LARGEST_MAP = 65_536


class ProgrammeField(forms.ModelChoiceField):
    """A programme by code and site."""

    def label_from_instance(self, programme: Programme) -> str:
        return f"{programme.code}, {programme.site.name}"


def limited(upload, largest: int):
    """Refuse a file that is too large."""
    if upload and upload.size > largest:
        raise ValidationError(
            _("The file is larger than %(most)s."), params={"most": filesizeformat(largest)}
        )
    return upload


class UploadForm(WriteForm):
    """A file, the programme it belongs to, and the map that says what its columns mean."""

    programme = ProgrammeField(Programme.objects.none(), label=_("Programme"), empty_label=_("Choose one"))
    map = forms.ChoiceField(label=_("Map"), help_text=_("It says what each column of the file means."))
    own_map = forms.FileField(
        label=_("Your own map"), required=False, help_text=_("A TOML file, for the choice “My own map”.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, 10 MB or less. Nothing is stored before you have seen a preview."),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["programme"]).queryset = programmes
        cast(forms.ChoiceField, self.fields["map"]).choices = [
            *shipped_maps().items(),
            (OWN_MAP, _("My own map")),
        ]

    def clean_file(self):
        return limited(self.cleaned_data["file"], LARGEST_FILE)

    def clean_own_map(self):
        return limited(self.cleaned_data["own_map"], LARGEST_MAP)

    def clean(self):
        data = super().clean()
        if data.get("map") == OWN_MAP and not data.get("own_map") and "own_map" not in self.errors:
            self.add_error("own_map", _("Choose the file of your map."))
        return data


class ConfirmForm(WriteForm):
    """Import what the preview shows."""

    skip_bad_rows = forms.BooleanField(
        label=_("Leave out the rows that are refused: they are stored nowhere"), required=False
    )

    def __init__(self, *args, refused: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not refused:
            del self.fields["skip_bad_rows"]


class ExportForm(WriteForm):
    """Which programme, and how much of it may leave."""

    programme = ProgrammeField(Programme.objects.none(), label=_("Programme"), empty_label=_("Choose one"))
    profile = forms.ChoiceField(
        label=_("Profile"),
        widget=forms.RadioSelect,
        choices=[
            (Profile.LIMITED.value, _("Limited: participants' codes and dates")),
            (
                Profile.SAFE_HARBOR.value,
                _("Safe harbor: random ids, days since enrolment, ages over 89 as 90+"),
            ),
        ],
    )

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["programme"]).queryset = programmes
