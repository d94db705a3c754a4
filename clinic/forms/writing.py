"""What every form that writes has: the id of the write, and no signs that no keyboard types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.api.serializers import has_control_characters
from clinic.uuid7 import uuid7


class WriteForm(forms.Form):
    """A form that may be sent twice. `values` is what the service takes."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def clean_id(self):
        """Version 7 only: other versions would scatter over the index."""
        if self.cleaned_data["id"].version != 7:
            raise ValidationError(_("This form cannot be sent. Open the page again."))
        return self.cleaned_data["id"]

    def clean(self):
        """Refuse control characters in any text."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and has_control_characters(value):
                self.add_error(name, _("This text holds signs that cannot be stored. Type it again."))
        return self.cleaned_data

    @property
    def values(self) -> dict:
        """The cleaned values, the id among them."""
        return dict(self.cleaned_data)
