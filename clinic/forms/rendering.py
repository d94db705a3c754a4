"""How every form is drawn: label, hint, error, control, in that order, with an error summary on top."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

TICKED_ALONE = forms.CheckboxInput
CHOSEN_FROM = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Field(BoundField):
    """A field that knows its family and where focus goes when it is wrong."""

    @property
    def family(self) -> str:
        """Which markup the field takes: tick, choice, or the plain label over a control."""
        widget = self.field.widget
        if isinstance(widget, TICKED_ALONE):
            return "tick"
        return "choice" if isinstance(widget, CHOSEN_FROM) else "plain"

    @property
    def focus_id(self) -> str:
        """The id of the control that the error summary links to: of a group, its first choice."""
        return f"{self.auto_id}_0" if self.family == "choice" else self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs, widget=None):
        """Give every typed-in control the class that draws it, beside Django's own attributes."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if self.family == "plain" and not widget.is_hidden:
            given = widget.attrs.get("class", "")
            attrs["class"] = f"input {given}".strip()
            # A placeholder vanishes as one types: words that matter stand in the label and the hint.
            attrs["placeholder"] = False
        return attrs


class Renderer(TemplatesSetting):
    """The project's form renderer; FORM_RENDERER names it."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = Field
