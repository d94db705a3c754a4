"""One question of the check of understanding."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.consents.questions import Question


class QuestionForm(forms.Form):
    """Nothing is chosen at first, and a former choice is never shown."""

    def __init__(self, question: Question, *arguments, **options):
        super().__init__(*arguments, **options)
        self.key = question.key
        kind, widget = (
            (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
            if question.several
            else (forms.ChoiceField, forms.RadioSelect)
        )
        self.fields[question.key] = kind(
            label=question.text,
            help_text=question.hint,
            choices=[(choice.key, choice.label) for choice in question.choices],
            widget=widget,
            error_messages={"required": _("Choose an answer.")},
        )

    @property
    def chosen(self) -> list[str]:
        """The keys of the choices made."""
        found = self.cleaned_data[self.key]
        return found if isinstance(found, list) else [found]
