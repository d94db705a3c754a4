"""Forms for a sitting with an instrument: item by item in its own words, or a total alone."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.forms.widgets import Amount, Moment
from clinic.forms.writing import WriteForm
from outcomes.instruments.base import Instrument, Item
from outcomes.instruments.wording_types import Question, Wording


class SittingForm(WriteForm):
    """What every sitting has. Times are read in the time zone that is active."""

    occurred_at = forms.DateTimeField(
        label=_("When it was answered"),
        widget=Moment(),
        initial=lambda: timezone.localtime().replace(tzinfo=None),
    )
    visit = forms.SlugField(
        label=_("Visit"),
        max_length=40,
        required=False,
        help_text=_("Its key in the protocol, such as baseline."),
    )

    def sitting(self) -> dict:
        """What the service takes."""
        return {"occurred_at": self.cleaned_data["occurred_at"], "visit": self.cleaned_data["visit"]}


class ItemField(forms.TypedChoiceField):
    """An item may stay open, and no "(optional)" of ours is put into its verbatim words."""

    def validate(self, value):
        """Whatever was chosen must be a choice."""
        if value not in self.empty_values:
            super().validate(value)


class ItemsForm(SittingForm):
    """Every item with its question. An item may stay open: the rule for missing items decides."""

    use_required_attribute = False

    def __init__(self, instrument: Instrument, wording: Wording, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instrument, self.language = instrument, wording.language
        one_stem = {question.stem for question in wording.questions} == {wording.stem}
        for number, question in enumerate(wording.questions, start=1):
            # A text in somebody's words is numbered as the form is; our own labels name the item already.
            label = f"{number}. {question.text}" if wording.language else question.text
            self.fields[question.key] = field_of(
                instrument.item(question.key), question, label=label, help_text=around(question, not one_stem)
            )

    def clean(self):
        """At least one answer: a sitting without any is a missed one."""
        cleaned = super().clean()
        if not self.errors and not self.answers():
            raise forms.ValidationError(_("Enter at least one answer."))
        return cleaned

    def answers(self) -> dict[str, int | Decimal]:
        """The answers that were given."""
        keys = [item.key for item in self.instrument.items]
        return {key: self.cleaned_data[key] for key in keys if self.cleaned_data.get(key) is not None}

    def sitting(self) -> dict:
        """What the service takes."""
        return {**super().sitting(), "answers": self.answers(), "language": self.language}


def around(question: Question, with_stem: bool) -> str:
    """What the printed form has around a question, line by line."""
    parts = [question.stem if with_stem else "", question.before, question.prompt, question.after]
    return "\n".join(str(part) for part in [*parts, question.hint] if part)


def field_of(item: Item, question: Question, **words) -> forms.Field:
    """The control of an item: its answers to choose from, or a number."""
    if question.choices:
        choices = [(choice.value, choice.label) for choice in question.choices]
        return ItemField(choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **words)
    whole = item.step is not None and item.step % 1 == 0
    widget = Amount("", whole=whole)
    return forms.DecimalField(max_digits=12, decimal_places=4, required=False, widget=widget, **words)


class TotalForm(SittingForm):
    """A total, for a measure whose text may not be shown here."""

    total = forms.DecimalField(label=_("Total"), max_digits=12, decimal_places=4)

    def __init__(self, instrument: Instrument, *args, **kwargs):
        super().__init__(*args, **kwargs)
        low, high = instrument.low, instrument.high
        known = low is not None and high is not None
        unit = _("from %(low)s to %(high)s") % {"low": low, "high": high} if known else _("points")
        field = self.fields["total"]
        field.widget = Amount(unit)
        field.widget.is_required = True

    def sitting(self) -> dict:
        """What the service takes."""
        return {**super().sitting(), "total": Decimal(self.cleaned_data["total"])}
