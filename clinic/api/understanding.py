"""The check of understanding by the API: all answers in one write."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from clinic.api.participants import OfParticipant
from clinic.api.serializers import WriteSerializer, answers
from clinic.models import Understanding
from clinic.permissions import Action
from clinic.services.understanding import record_understanding
from clinic.writes import once


class UnderstandingOut(serializers.ModelSerializer):
    """Answers and how many were right."""

    class Meta:
        model = Understanding
        fields = (
            "id",
            "consent",
            "version",
            "language",
            "answers",
            "asked",
            "score",
            "taken_with",
            "started_at",
            "finished_at",
            "recorded_at",
        )


class UnderstandingIn(WriteSerializer):
    """Every answer of one version of the questions."""

    consent = serializers.UUIDField(help_text=_("The consent to treatment that is in force."))
    version = serializers.CharField(max_length=20)
    language = serializers.CharField(max_length=10, default="en")
    answers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=40), max_length=20),
        help_text=_("Keys of the choices made, by the key of the question."),
    )
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField()


class Understandings(OfParticipant):
    """Checks of understanding of a participant."""

    serializer_class = UnderstandingIn
    queryset = Understanding.objects.none()
    pagination_class = None

    @extend_schema(request=None, responses=answers(UnderstandingOut(many=True)))
    def get(self, request, pk):
        """Newest first, those that are not finished too."""
        rows = self.person(Action.READ_PARTICIPANT).understandings.in_force()[:200]
        return Response(UnderstandingOut(rows, many=True).data)

    @extend_schema(responses=answers(None, status=201))
    def post(self, request, pk):
        """Record one, taken with the sender present."""
        participant, data = self.person(Action.ENROL), self.parsed(request)
        consents = participant.consents.in_force().select_related("participant")
        consent = get_object_or_404(consents, pk=data.pop("consent"))
        answer = once(
            id=data["id"],
            by=request.user,
            site_id=participant.site_id,
            action="record understanding",
            body={"about": pk, **request.data},
            work=lambda: record_understanding(by=request.user, consent=consent, **data),
        )
        return Response(answer, status=201)
