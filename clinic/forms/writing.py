"""What every form that writes has: the id of the write, and no signs that no keyboard types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.api.serializers import has_control_characters
from clinic.uuid7 import uuid7

# What Django says of any field in its own words, and what stands here in its place.
PLAIN = {
    "required": _("%(label)s is missing."),
    "min_value": _("%(label)s must be %(limit)s or more."),
    "max_value": _("%(label)s must be %(limit)s or less."),
}


def plain_messages(field: forms.Field, label) -> dict[str, str]:
    """Messages that name the field and its unit, where the field has none of its own."""
    unit = getattr(field.widget, "unit", "")
    found = {}
    for code, words in PLAIN.items():
        bound = getattr(field, code, None)
        if code == "required" and field.error_messages[code] != forms.Field.default_error_messages[code]:
            continue
        if code == "required" or (bound is not None and code not in field.error_messages):
            found[code] = words % {"label": label, "limit": f"{bound} {unit}".strip()}
    return found


class WriteForm(forms.Form):
    """A form that may be sent twice. `values` is what the service takes."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages.update(plain_messages(field, field.label or name))

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


class ReasonForm(WriteForm):
    """Why something is ended."""

    reason = forms.CharField(label=_("Reason"), min_length=5, max_length=200)
