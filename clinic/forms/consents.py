"""Forms about consent: parse and convert, nothing more."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clinic.consents.texts import ConsentText
from clinic.forms.people import Person
from clinic.forms.widgets import Moment
from clinic.forms.writing import WriteForm


def language_name(code: str) -> str:
    """A language as it is called here; the code itself where nobody knows it."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


class ConsentForm(WriteForm):
    """A consent that was given: with which text, when, and who explained it."""

    text = forms.ChoiceField(label=_("Text that was explained"))
    explained_by = Person(label=_("Who explained it"), error_messages={"required": _("Choose a person")})
    given_at = forms.DateTimeField(label=_("Given at"), widget=Moment(), initial=timezone.now)

    def __init__(self, *arguments, texts: Sequence[ConsentText], people: dict, **options):
        super().__init__(*arguments, **options)
        cast(forms.ChoiceField, self.fields["text"]).choices = [
            (one.key, _t("Version {version}, {language}").format(
                version=one.version, language=language_name(one.language)
            ))
            for one in texts
        ]  # fmt: skip
        cast(Person, self.fields["explained_by"]).offer(people)

    def consent(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        version, language = data.pop("text").split("/")
        return {**data, "text_version": version, "language": language}


class WithdrawForm(WriteForm):
    """A withdrawal. Nobody has to say why."""

    reason = forms.CharField(
        label=_("Reason, if one was given"),
        max_length=500,
        required=False,
        help_text=_("In the participant's words. It is sealed."),
    )
