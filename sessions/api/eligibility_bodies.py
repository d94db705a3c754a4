"""Bodies and answers of the API of eligibility."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from clinic.api.serializers import WriteSerializer
from sessions.api.serializers import PersonField
from sessions.forms.entries import LONGEST_NOTE
from sessions.models import EligibilityDecision
from sessions.services.evaluation import Evaluation

MOST = 500


class DayQuery(serializers.Serializer):
    """The day to which washouts are counted."""

    dosing_on = serializers.DateField(required=False, default=None)


class Keys(serializers.ListField):
    """Keys of results."""

    def __init__(self, **options):
        child = serializers.CharField(max_length=100)
        super().__init__(child=child, required=False, default=list, max_length=MOST, **options)


class CountersignBody(WriteSerializer):
    """A signature, with the signer's password or a code from the signer's app."""

    password = serializers.CharField(max_length=1000, write_only=True, trim_whitespace=False)


class DecideBody(CountersignBody):
    """A decision on the results with this digest. `weighed`, `reasons` and `overridden` are keys of those results."""

    results_sha256 = serializers.CharField(max_length=64, help_text=_("As GET gave it."))
    dosing_on = serializers.DateField(required=False, allow_null=True, default=None)
    outcome = serializers.ChoiceField(choices=EligibilityDecision.Outcome.choices)
    defer_until = serializers.DateField(required=False, allow_null=True, default=None)
    weighed = Keys(help_text=_("Results that a physician decides: “eligible” needs all of them."))
    reasons = Keys(help_text=_("What turned this person away; “other” may be among them."))
    rationale = serializers.CharField(max_length=LONGEST_NOTE)
    overridden = Keys(help_text=_("Results that stand in the way and are overridden."))
    override_reason = serializers.CharField(
        max_length=LONGEST_NOTE, required=False, default="", allow_blank=True
    )
    physician = PersonField(required=False, allow_null=True, default=None)


class ResultOut(serializers.Serializer):
    """What one rule says."""

    key = serializers.CharField()
    rule = serializers.CharField()
    verdict = serializers.CharField(
        help_text=_("not-known, exclude, sign-off, caution or clear: no rule triggered.")
    )
    sentence = serializers.CharField()
    rests_on = serializers.ListField(child=serializers.CharField())
    read_in = serializers.CharField(source="source", help_text=_("The source, in words."))
    mark = serializers.CharField(help_text=_("How the source is known."))
    threshold = serializers.CharField()
    blocks = serializers.BooleanField()


class DecisionOut(serializers.ModelSerializer):
    """A decision."""

    class Meta:
        model = EligibilityDecision
        fields = (
            "id",
            "outcome",
            "defer_until",
            "reasons",
            "overridden",
            "rules",
            "protocol",
            "occurred_at",
            "recorded_by",
            "sha256",
        )


class EligibilityOut(serializers.Serializer):
    """The results now, and the latest decision. `state` is green where that decision counts."""

    results_sha256 = serializers.CharField()
    protocol = serializers.UUIDField()
    results = ResultOut(many=True)
    latest = DecisionOut(allow_null=True)
    state = serializers.CharField()
    standing = serializers.CharField()


def answer(found: Evaluation, latest: EligibilityDecision | None) -> dict:
    """What GET gives."""
    return {
        "results_sha256": found.sha256,
        "protocol": found.version.pk,
        "results": found.results,
        "latest": latest,
        "state": found.standing.state,
        "standing": found.standing.words,
    }
