"""Forms for a clinic's permission to show an instrument's text."""

import hashlib
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms.widgets import Day, Prose
from clinic.forms.writing import WriteForm
from clinic.models import Site
from outcomes.forms.imports import limited
from outcomes.instruments.base import Instrument
from outcomes.instruments.licences import Text
from outcomes.instruments.wording_file import LARGEST


class PermissionForm(WriteForm):
    """Who gave it, when, where it can be found, what it allows; and the wording where none is held here."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), empty_label=_("Choose one"))
    given_by = forms.CharField(label=_("Who gave the permission"), max_length=200)
    given_on = forms.DateField(label=_("When it was given"), widget=Day())
    reference = forms.CharField(
        label=_("Where it can be found"), max_length=200, help_text=_("Letter, contract or mail.")
    )
    terms = forms.CharField(label=_("Its text, or what it allows"), max_length=4000, widget=Prose(rows=6))
    file = forms.FileField(
        label=_("Wording"),
        required=False,
        help_text=_("TOML in the form of the project's own files, or a FHIR R4 Questionnaire in JSON."),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, instrument: Instrument, sites, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["site"]).queryset = sites
        self.fields["file"].required = instrument.text_licence.text is not Text.ASK
        self.content: bytes | None = None

    def clean_file(self):
        """Read the file once; its digest stands for it in what the write is known by."""
        upload = limited(self.cleaned_data["file"], LARGEST)
        if upload:
            self.content, self.file_name = upload.read(), upload.name
            return hashlib.sha256(self.content).hexdigest()
        return ""

    def permission(self) -> dict:
        """What the service takes."""
        found = {
            name: self.cleaned_data[name]
            for name in ("id", "site", "given_by", "given_on", "reference", "terms")
        }
        return found | (
            {"content": self.content, "file_name": self.file_name} if self.content is not None else {}
        )


class WithdrawForm(WriteForm):
    """Why a permission ends."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
