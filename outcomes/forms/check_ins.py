"""Forms of check-ins: one question a page for the participant, a lifetime for staff."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.api.serializers import has_control_characters
from clinic.forms.widgets import Amount, Prose, Scale
from clinic.forms.writing import WriteForm
from outcomes.instruments.base import Item, Kind
from outcomes.instruments.daily_wording import DAILY_WORDING
from outcomes.instruments.wording_types import Question

NOT_CHOSEN = _("Choose an answer, or choose “I would rather not say”.")


class LinkForm(WriteForm):
    """How long a new link lives."""

    hours = forms.IntegerField(
        label=_("How long the link lives"),
        initial=24,
        widget=Amount(_("hours"), whole=True),
        help_text=_("From 1 to 168 hours. It ends sooner when the answers are submitted."),
    )

    def link(self) -> dict:
        """What the service takes."""
        return {"id": self.cleaned_data["id"], "hours": self.cleaned_data["hours"]}


class QuestionForm(forms.Form):
    """One question. It never shows a former answer."""

    def __init__(self, item: Item, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields[item.key] = _field(item, DAILY_WORDING.question(item.key))

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
        return forms.DecimalField(max_digits=6, decimal_places=2, widget=Amount(_("hours")), **words)
    if item.kind == Kind.RATING:
        widget = Scale(lowest=question.low_end, highest=question.high_end)
        return forms.TypedChoiceField(choices=widget.choices, coerce=int, widget=widget, **words)
    choices = [(choice.value, choice.label) for choice in question.choices]
    return forms.TypedChoiceField(choices=choices, coerce=int, widget=forms.RadioSelect, **words)
