"""The form of a decision on eligibility: nothing is chosen beforehand, and it knows the results that it was shown with."""

from collections.abc import Iterable, Sequence
from typing import cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clinic.forms.people import Person
from clinic.forms.widgets import Day, Prose, Words
from clinic.forms.writing import WriteForm
from sessions.deciding import CHANGED, Outcome
from sessions.evidence import OTHER, Facts
from sessions.forms.entries import LONGEST_NOTE
from sessions.screening.verdicts import Verdict
from sessions.services.evaluation import Evaluation

LONGEST_KEY = 100
OVERRIDING = ("override_reason", "physician")
# What stays when the results changed.
TYPED = ("id", "csrfmiddlewaretoken", "rationale", "override_reason", "dosing_on")
SECOND_SIGNS = _("A decision that overrides a rule does not count until another person has signed it too.")


class Ticks(forms.MultipleChoiceField):
    """Results, each with its sentence, and what is offered `beside` them; none is ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, beside: Sequence[tuple[str, Words]] = (), **options):
        super().__init__(choices=beside, **options)
        self.beside = beside

    def valid_value(self, value: str) -> bool:
        """The service knows the results; a form that is parsed has not asked for them."""
        return len(value) <= LONGEST_KEY

    def offer(self, results: Iterable[Facts]) -> None:
        offered = [(one["key"], format_html("<bdi>{}</bdi>", one["sentence"])) for one in results]
        self.choices = [*offered, *self.beside]


class PasswordForm(WriteForm):
    """A signature: the password or a code again."""

    password = forms.CharField(
        label=_("Your password or a code from your app"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password or a code")},
    )


class DecideForm(PasswordForm):
    """Eligible, not eligible or deferred, on the results shown."""

    results_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    dosing_on = forms.DateField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide")},
    )
    defer_until = forms.DateField(
        label=_("Deferred until"), widget=Day(), required=False, help_text=_("Only where you defer.")
    )
    weighed = Ticks(
        label=_("Weighed"),
        required=False,
        help_text=_("Tick each that you have weighed. “Eligible” needs all of them."),
    )
    reasons = Ticks(
        label=_("What turned this person away"),
        required=False,
        beside=[(OTHER, _("Another reason, written below"))],
        help_text=_("Only where you decide “not eligible” or defer. The register counts it."),
    )
    rationale = forms.CharField(
        label=_("Why you decide so"),
        max_length=LONGEST_NOTE,
        widget=Prose(rows=6),
        help_text=_("Kept encrypted, and shown with the decision."),
        error_messages={"required": _("Write why you decide so.")},
    )
    overridden = Ticks(label=_("Override"), required=False, help_text=SECOND_SIGNS)
    override_reason = forms.CharField(
        label=_("Why it is overridden"), max_length=LONGEST_NOTE, required=False, widget=Prose(rows=3)
    )
    physician = Person(label=_("Physician who answers for it"), required=False, empty_value=None)
    field_order = ("outcome", "defer_until", "weighed", "reasons", "rationale", "overridden", "override_reason",
                   "physician", "password")  # fmt: skip

    def __init__(self, *args, people: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.person.offer(people)

    @property
    def person(self) -> Person:
        """The field that names the physician."""
        return cast(Person, self.fields["physician"])

    def show(self, found: Evaluation, overriders: dict) -> None:
        """Get ready to be shown beside these results. What was ticked beside others is not kept."""
        self.initial.update(results_sha256=found.sha256, dosing_on=found.facts["dosing_on"])
        if self.is_bound and self.data.get("results_sha256") not in ("", None, found.sha256):
            self.start_again(found.sha256)
        offered = offers(found)
        for name, results in offered.items():
            cast(Ticks, self.fields[name]).offer(results)
        self.person.offer(overriders)
        unused = [name for name in ("weighed", "overridden") if not offered[name]]
        for name in [*unused, *(OVERRIDING if "overridden" in unused else ())]:
            self.fields.pop(name)

    def start_again(self, results_sha256: str) -> None:
        """Keep what was typed and nothing that was ticked: the results that it was about are no longer shown."""
        kept = cast(QueryDict, self.data).copy()
        for name in [name for name in kept if name not in TYPED]:
            del kept[name]
        kept["results_sha256"] = results_sha256
        self.data, self._errors = kept, ErrorDict()
        self.add_error(None, CHANGED)


def offers(found: Evaluation) -> dict[str, list[Facts]]:
    """What may be ticked, by field."""
    return {
        "weighed": [one for one in found.results if one["verdict"] == Verdict.SIGN_OFF],
        "reasons": [one for one in found.results if one["verdict"] != Verdict.CLEAR],
        "overridden": [one for one in found.results if one["blocks"]],
    }


class DosingDayForm(forms.Form):
    """The day of the dose that is thought of: washouts are counted to it."""

    dosing_on = forms.DateField(label=_("Planned day of the dose"), widget=Day(), required=False)
