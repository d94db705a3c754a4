"""What every form that writes has: the id of the write, made with the page, and no signs that no keyboard types."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.api.serializers import has_control_characters
from clinic.uuid7 import uuid7


class WriteForm(forms.Form):
    """A form that may be sent twice. `values` is what the service takes, `body` what makes two sendings equal."""

    # Never part of the body: a digest of a password must not be stored.
    secret = ("password",)

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

    @property
    def body(self) -> dict:
        """The values as JSON can hold them, without the id and without secrets."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in (*self.secret, "id")}
        return {name: getattr(value, "pk", value) for name, value in kept.items()}

    def refuse(self, refusal: ValidationError) -> None:
        """Put a service's refusal at its fields; what belongs to no field of this form stands on top."""
        if not hasattr(refusal, "error_dict"):
            return self.add_error(None, refusal)
        for name, errors in refusal.error_dict.items():
            known = name in self.fields and name != NON_FIELD_ERRORS
            self.add_error(name if known else None, errors)
