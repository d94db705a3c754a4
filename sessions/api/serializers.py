"""Bodies and answers of the API of sessions."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from clinic.api.serializers import PersonField, WriteSerializer
from clinic.models import Signature
from sessions.models import Attendance, DoseAdministration, LogEntry, Session, Setting, VitalSign

ROW = (
    "id",
    "occurred_at",
    "recorded_at",
    "recorded_by",
    "replaces",
    "entered_in_error_at",
    "entered_in_error_reason",
)


class Entry(WriteSerializer):
    """An entry. `reason` is needed once the session is closed."""

    occurred_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class AuthorisationField(serializers.UUIDField):
    """The id of an authorisation of the session under which no dose was recorded yet."""

    def to_internal_value(self, data):
        """The DoseDecision. Those of the session come in the context."""
        found = self.context.get("decisions", {}).get(super().to_internal_value(data))
        if found is None:
            raise serializers.ValidationError(_("This session has no unused authorisation with this id."))
        return found


class OpenBody(WriteSerializer):
    """A meeting begins. The session takes the id of the write."""

    enrolment = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Session.Kind.choices)
    occurred_at = serializers.DateTimeField()


class AttendanceBody(Entry):
    """Somebody is in the room."""

    person = PersonField()
    part = serializers.ChoiceField(choices=Attendance.Part.choices)
    left_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class SettingBody(Entry):
    """Where it takes place."""

    place = serializers.ChoiceField(choices=Setting.Place.choices)
    room = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    music = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class NoteBody(Entry):
    """A note."""

    text = serializers.CharField(max_length=20_000)
    private = serializers.BooleanField(required=False, default=False)


class VitalsBody(Entry):
    """One reading; null is not taken."""

    systolic_mmhg = serializers.IntegerField(
        min_value=40, max_value=300, required=False, allow_null=True, default=None
    )
    diastolic_mmhg = serializers.IntegerField(
        min_value=20, max_value=200, required=False, allow_null=True, default=None
    )
    pulse_bpm = serializers.IntegerField(
        min_value=20, max_value=300, required=False, allow_null=True, default=None
    )
    temperature_c = serializers.DecimalField(
        3, 1, min_value=30, max_value=45, required=False, allow_null=True, default=None
    )
    spo2_percent = serializers.IntegerField(
        min_value=50, max_value=100, required=False, allow_null=True, default=None
    )


class DoseBody(Entry):
    """A dose that was given."""

    part = serializers.ChoiceField(choices=DoseAdministration.Part.choices)
    substance = serializers.CharField(max_length=40)
    dose_mg = serializers.DecimalField(6, 2, help_text=_("mg"))
    lot = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    given_by = PersonField()
    witnessed_by = PersonField(required=False, allow_null=True, default=None)
    decision = AuthorisationField(
        required=False,
        allow_null=True,
        default=None,
        help_text=_(
            "The authorisation. Null: none; the dose is stored as a deviation and the physicians are paged."
        ),
    )
    deviation_reason = serializers.CharField(
        max_length=2_000, required=False, default="", allow_blank=True, help_text=_("Why none, if none.")
    )


class CloseBody(WriteSerializer):
    """The session has ended."""

    ended_at = serializers.DateTimeField()


class SignBody(WriteSerializer):
    """A signature, with the signer's password or a code from the signer's app."""

    meaning = serializers.ChoiceField(choices=Signature.Meaning.choices)
    password = serializers.CharField(max_length=1000, write_only=True, trim_whitespace=False)


class ReasonBody(WriteSerializer):
    """Why."""

    reason = serializers.CharField(min_length=5, max_length=500)


class SessionOut(serializers.ModelSerializer):
    """A session."""

    class Meta:
        model = Session
        fields: tuple[str, ...] = (
            "id",
            "participant",
            "enrolment",
            "kind",
            "occurred_at",
            "ended_at",
            "recorded_at",
            "opened_by",
        )


class SignatureOut(serializers.ModelSerializer):
    """A signature."""

    class Meta:
        model = Signature
        fields = ("id", "signer", "signer_name", "meaning", "record_sha256", "signed_at")


class SessionDetail(SessionOut):
    """A session with the state of its record."""

    record_sha256 = serializers.CharField(help_text=_("SHA-256 of the record as it stands."))
    signatures_missing = serializers.IntegerField()
    signatures = SignatureOut(many=True)

    class Meta(SessionOut.Meta):
        fields = (*SessionOut.Meta.fields, "record_sha256", "signatures_missing", "signatures")


class AttendanceOut(serializers.ModelSerializer):
    """Who was in the room."""

    class Meta:
        model = Attendance
        fields = (*ROW, "person", "part", "left_at")


class SettingOut(serializers.ModelSerializer):
    """Where it took place."""

    class Meta:
        model = Setting
        fields = (*ROW, "place", "room", "music")


class NoteOut(serializers.ModelSerializer):
    """A note, opened for those who may read it."""

    text = serializers.SerializerMethodField()

    class Meta:
        model = LogEntry
        fields = (*ROW, "private", "text")

    @extend_schema_field(serializers.CharField())
    def get_text(self, note) -> str:
        """The text under the participant's key, which comes in the context."""
        return self.context["key"].open(note, "text_sealed")


class VitalsOut(serializers.ModelSerializer):
    """One reading."""

    class Meta:
        model = VitalSign
        fields = (*ROW, "systolic_mmhg", "diastolic_mmhg", "pulse_bpm", "temperature_c", "spo2_percent")


class DoseOut(serializers.ModelSerializer):
    """A dose."""

    class Meta:
        model = DoseAdministration
        fields = (*ROW, "part", "substance", "dose_mg", "lot", "given_by", "witnessed_by", "decision")
