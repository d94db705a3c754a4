"""Forms of a session: opening it, each kind of entry, closing and signing."""

from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.forms.people import Person
from clinic.forms.widgets import Amount, Moment, Prose, Words
from clinic.forms.writing import WriteForm
from clinic.models import Signature
from sessions.models import Attendance, DoseAdministration, DoseDecision, Session, Setting

LONGEST_NOTE = 20_000


class Authorisation(forms.TypedChoiceField):
    """An authorisation of the session, or none. Nothing is chosen beforehand; the value is the DoseDecision or None."""

    NONE = "none"

    def offer(self, decisions: dict) -> None:
        """Let these be chosen."""
        self.choices = [
            *((str(pk), authorised(row)) for pk, row in decisions.items()),
            (self.NONE, _("No authorisation: I record what happened, and the physicians are told")),
        ]
        self.coerce = lambda text: None if text == self.NONE else decisions[UUID(text)]


def authorised(row: DoseDecision) -> str:
    """What an authorisation allows."""
    return _("%(part)s, %(substance)s, at most %(mg)s mg") % {
        "part": row.get_part_display(),
        "substance": row.substance,
        "mg": row.amount,
    }


def moment(label: Words, **options) -> forms.DateTimeField:
    """A time at the site."""
    return forms.DateTimeField(
        label=label, widget=Moment, error_messages={"required": _("Enter a time")}, **options
    )


class OpenForm(WriteForm):
    """A meeting begins."""

    kind = forms.ChoiceField(
        label=_("Kind of session"),
        choices=Session.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of session")},
    )
    occurred_at = moment(_("Began at"), initial=timezone.now)


class EntryForm(WriteForm):
    """An entry of a session. `reason` is asked where it comes late or replaces another."""

    occurred_at = moment(_("Time"), initial=timezone.now)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, min_length=5, error_messages={"required": _("Give a reason")}
    )

    def __init__(self, *args, choices: dict[str, dict] | None = None, ask_reason: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not ask_reason:
            del self.fields["reason"]
        else:
            self.order_fields([name for name in self.fields if name != "reason"])
        for field in self.fields.values():
            if isinstance(field, Person):
                field.offer((choices or {}).get("people", {}))
            if isinstance(field, Authorisation):
                field.offer((choices or {}).get("decisions", {}))


class AttendanceForm(EntryForm):
    """Somebody is in the room."""

    person = Person(label=_("Person"), error_messages={"required": _("Choose a person")})
    part = forms.ChoiceField(label=_("Part"), choices=Attendance.Part.choices)
    left_at = moment(_("Left at"), required=False, help_text=_("Leave empty for somebody who stays."))
    field_order = ("person", "part", "occurred_at", "left_at")


class SettingForm(EntryForm):
    """Where it takes place."""

    place = forms.ChoiceField(label=_("Place"), choices=Setting.Place.choices)
    room = forms.CharField(label=_("Room"), max_length=60, required=False)
    music = forms.CharField(label=_("Music"), max_length=200, required=False)


class NoteForm(EntryForm):
    """A note."""

    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=Prose(rows=6),
        error_messages={"required": _("Write the note.")},
    )
    private = forms.BooleanField(
        label=_("Private process note"),
        required=False,
        help_text=_("Only you can read it. It is no part of the signed record and is never exported."),
    )
    field_order = ("text", "private", "occurred_at")


class VitalsForm(EntryForm):
    """One reading. What was not taken stays empty."""

    systolic_mmhg = forms.IntegerField(
        label=_("Systolic pressure"),
        required=False,
        min_value=40,
        max_value=300,
        widget=Amount("mmHg", whole=True),
    )
    diastolic_mmhg = forms.IntegerField(
        label=_("Diastolic pressure"),
        required=False,
        min_value=20,
        max_value=200,
        widget=Amount("mmHg", whole=True),
    )
    pulse_bpm = forms.IntegerField(
        label=_("Pulse"), required=False, min_value=20, max_value=300, widget=Amount("/min", whole=True)
    )
    temperature_c = forms.DecimalField(
        label=_("Temperature"),
        required=False,
        min_value=30,
        max_value=45,
        max_digits=3,
        decimal_places=1,
        widget=Amount("°C"),
    )
    spo2_percent = forms.IntegerField(
        label=_("Oxygen saturation"),
        required=False,
        min_value=50,
        max_value=100,
        widget=Amount("%", whole=True),
    )


class DoseForm(EntryForm):
    """A dose that was given."""

    part = forms.ChoiceField(label=_("Dose of the session"), choices=DoseAdministration.Part.choices)
    substance = forms.CharField(label=_("Substance"), max_length=40, initial="MDMA")
    dose_mg = forms.DecimalField(
        label=_("Dose"),
        max_digits=6,
        decimal_places=2,
        min_value=0,
        widget=Amount("mg"),
        error_messages={"required": _("Enter the dose in mg")},
    )
    lot = forms.CharField(
        label=_("Lot"), max_length=40, required=False, help_text=_("As on the container, such as H-0417.")
    )
    given_by = Person(label=_("Given by"), error_messages={"required": _("Choose who gave it")})
    witnessed_by = Person(label=_("Second person"), required=False, empty_value=None)
    decision = Authorisation(
        label=_("Authorised by"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the authorisation, or say that there is none")},
    )
    deviation_reason = forms.CharField(
        label=_("Why without authorisation"),
        max_length=2_000,
        required=False,
        widget=Prose(rows=2),
        help_text=_(
            "Only where there is none. The dose is stored without it too; say it as soon as you can."
        ),
    )


class CloseForm(WriteForm):
    """The session has ended."""

    ended_at = moment(_("Ended at"), initial=timezone.now)


class SignForm(WriteForm):
    """What the signer says, and the password or a code again."""

    meaning = forms.ChoiceField(
        label=_("What you say"),
        choices=Signature.Meaning.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you say with your signature")},
    )
    password = forms.CharField(
        label=_("Your password or a code from your app"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password or a code")},
    )
