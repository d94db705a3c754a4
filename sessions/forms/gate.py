"""Forms of the gate: authorise or withhold a dose, override, countersign, explain and review a deviation."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms.widgets import Amount, Prose
from clinic.forms.writing import WriteForm
from sessions.models import DoseAdministration, DoseDecision, GateOverride


def password() -> forms.CharField:
    """The password again, or a code from the app."""
    return forms.CharField(
        label=_("Your password, or a code from your app"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password or a code")},
    )


def words(label, *, required: bool = True, **options) -> forms.CharField:
    """Free text, sealed when it is stored."""
    return forms.CharField(label=label, max_length=5_000, required=required, widget=Prose(rows=3), **options)


class Override(forms.TypedChoiceField):
    """An override of the session that two people have signed; the value is the GateOverride."""

    def offer(self, overrides: dict[UUID, GateOverride]) -> None:
        """Let these be chosen."""
        self.choices = [("", _("None")), *((str(pk), str(row)) for pk, row in overrides.items())]
        self.coerce = lambda text: overrides[UUID(text)]


class DoseDecisionForm(WriteForm):
    """What is decided about a dose. Nothing is chosen beforehand, and no amount is suggested."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=DoseDecision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided")},
    )
    part = forms.ChoiceField(
        label=_("Dose of the session"),
        choices=DoseAdministration.Part.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which dose")},
    )
    substance = forms.CharField(label=_("Substance"), max_length=40, initial="MDMA")
    dose_mg = forms.DecimalField(
        label=_("At most"),
        max_digits=6,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=Amount("mg"),
        help_text=_("Only where it is authorised."),
    )
    override = Override(label=_("Override"), required=False, empty_value=None)
    reason = words(_("Reason"), required=False, help_text=_("Needed where no dose is given."))
    password = password()

    def __init__(self, *args, overrides: dict[UUID, GateOverride], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["override"]
        if overrides and isinstance(field, Override):
            field.offer(overrides)
        else:
            del self.fields["override"]


class OverrideForm(WriteForm):
    """Why the gate is overridden."""

    reason = words(_("Why it is right to go on"), min_length=10)
    password = password()


class CountersignForm(WriteForm):
    """The second signature."""

    password = password()


class ExplainForm(WriteForm):
    """Why a dose was given without authorisation."""

    reason = words(_("Why it was given without authorisation"), min_length=5)


class ReviewForm(WriteForm):
    """What the physician writes."""

    words = words(_("What you found, and what follows"), min_length=5)
