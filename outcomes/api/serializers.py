"""Bodies of assessments and check-ins, in and out."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from clinic.api.serializers import Answer, WriteSerializer
from outcomes.instruments import registry
from outcomes.models import Assessment, CheckIn
from outcomes.services.check_ins import LONGEST_HOURS, State, state_of

ENTERABLE = sorted(key for key in registry.INSTRUMENTS if key != "daily_checkin")


class NewAssessment(WriteSerializer):
    """A sitting: either answers by item key, or a total."""

    enrolment = serializers.UUIDField()
    instrument = serializers.ChoiceField(choices=ENTERABLE)
    answers = serializers.DictField(
        child=serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True),
        required=False,
        help_text=_("Item key to number; null or absent: not answered."),
    )
    total = serializers.DecimalField(max_digits=12, decimal_places=4, required=False)
    visit = serializers.SlugField(max_length=40, required=False, default="")
    occurred_at = serializers.DateTimeField(required=False, help_text=_("When it was answered; absent: now."))
    language = serializers.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?$", max_length=10, required=False, default=""
    )


class AssessmentOut(serializers.ModelSerializer):
    """A sitting as stored."""

    class Meta:
        model = Assessment
        fields = (
            "id", "enrolment", "instrument", "version", "language", "visit", "occurred_at", "recorded_at",
            "mode", "answers", "score", "prorated", "band", "scheme", "subscales", "missing_reason", "safety",
        )  # fmt: skip
        read_only_fields = fields


class NewCheckIn(WriteSerializer):
    """A link to make."""

    enrolment = serializers.UUIDField()
    hours = serializers.IntegerField(min_value=1, max_value=LONGEST_HOURS, default=24)
    instruments = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(registry.INSTRUMENTS)),
        required=False,
        min_length=1,
        max_length=len(registry.INSTRUMENTS),
        help_text=_("Keys in the order of asking; absent: the daily check-in."),
    )


class CheckInOut(serializers.ModelSerializer):
    """A check-in without its link."""

    state = serializers.SerializerMethodField()

    class Meta:
        model = CheckIn
        fields = (
            "id",
            "enrolment",
            "day",
            "recorded_at",
            "expires_at",
            "opened_at",
            "submitted_at",
            "withdrawn_at",
            "state",
        )
        read_only_fields = fields

    def get_state(self, row) -> State:
        """Where it stands now."""
        return state_of(row)


class Made(Answer):
    """The answer to a link that was made. The link is in the first answer only."""

    link = serializers.URLField(required=False, help_text=_("Shown once: only its digest is kept."))
