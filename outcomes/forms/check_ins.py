"""Forms of check-ins: one question a page for the participant, a lifetime for staff."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.api.serializers import has_control_characters
from clinic.forms.widgets import Amount, Prose, Scale
from clinic.forms.writing import WriteForm
from outcomes.asking import Step
from outcomes.instruments.base import Instrument, Item, Kind
from outcomes.instruments.wording_types import Question

NOT_CHOSEN = _("Choose an answer, or choose “I would rather not say”.")


class AskForm(WriteForm):
    """Which instruments are asked; in the order of the list."""

    field_order = ("instruments", "hours")

    def __init__(self, choices: list[Instrument], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in choices]
        self.fields["instruments"] = forms.MultipleChoiceField(
            label=_("What is asked"),
            choices=[(one.key, one.title) for one in choices],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("One question a page, in this order."),
        )
        self.order_fields(self.field_order)

    def asked(self) -> list[str]:
        """The keys, in the order of the list."""
        return [key for key in self.keys if key in self.cleaned_data["instruments"]]


class LinkForm(AskForm):
    """What a new link asks, and how long it lives."""

    hours = forms.IntegerField(
        label=_("How long the link lives"),
        initial=24,
        widget=Amount(_("hours"), whole=True),
        help_text=_("From 1 to 168 hours. It ends sooner when the answers are submitted."),
    )

    def link(self) -> dict:
        """What the service takes."""
        data = self.cleaned_data
        return {"id": data["id"], "hours": data["hours"], "instruments": self.asked()}


class QuestionForm(forms.Form):
    """One question. It never shows a former answer."""

    def __init__(self, step: Step, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.item = step.item
        self.fields[step.item.key] = _field(step.item, step.question)

    def value(self) -> int | Decimal:
        """The answer."""
        return self.cleaned_data[self.item.key]

    def clean(self):
        """The instrument itself says what an answer may be."""
        cleaned = super().clean() or {}
        problem = self.item.problem(cleaned.get(self.item.key))
        if problem:
            self.add_error(self.item.key, problem)
        return cleaned


class WordsForm(forms.Form):
    """The participant's own words, which nobody has to give."""

    words = forms.CharField(
        label=_("Is there anything else you would like your team to read?"),
        required=False,
        max_length=2000,
        widget=Prose(rows=4),
        help_text=_("Up to 2,000 characters. Leave out names and addresses."),
    )

    def clean_words(self) -> str:
        """Text that a keyboard can type."""
        words = self.cleaned_data["words"]
        if has_control_characters(words):
            raise forms.ValidationError(_("This text holds signs that cannot be stored. Type it again."))
        return words


def _field(item: Item, question: Question) -> forms.Field:
    """The control for an item."""
    words: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "error_messages": {"required": NOT_CHOSEN},
    }
    if item.kind == Kind.NUMBER:
        unit = _("hours") if item.key == "hours_slept" else ""
        return forms.DecimalField(max_digits=6, decimal_places=2, widget=Amount(unit), **words)
    if item.kind == Kind.RATING:
        widget = Scale(lowest=question.low_end, highest=question.high_end)
        return forms.TypedChoiceField(choices=widget.choices, coerce=int, widget=widget, **words)
    choices = [(choice.value, choice.label) for choice in question.choices]
    return forms.TypedChoiceField(choices=choices, coerce=int, widget=forms.RadioSelect, **words)
