"""Participants and enrolments by the API."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from clinic.api.serializers import WriteSerializer, answers
from clinic.models import Enrolment, Participant, Programme
from clinic.permissions import Action
from clinic.services import participants as service
from clinic.writes import once


class ParticipantOut(serializers.ModelSerializer):
    """A participant by code. Identity is not part of the API."""

    class Meta:
        model = Participant
        fields = ("id", "code", "sex", "birth_year", "language", "time_zone", "recorded_at")


class EnrolmentOut(serializers.ModelSerializer):
    """An enrolment."""

    programme = serializers.CharField(source="programme.code")

    class Meta:
        model = Enrolment
        fields = ("id", "programme", "enrolled_on", "ended_on", "recorded_at")


class EnrolmentIn(WriteSerializer):
    """An enrolment, by the programme's code."""

    programme = serializers.SlugField(max_length=32)
    enrolled_on = serializers.DateField()


class Participants(generics.ListAPIView):
    """The participants of the sites where one may find them, newest first."""

    serializer_class = ParticipantOut
    queryset = Participant.objects.none()

    def get_queryset(self):
        """Permitted rows."""
        return Participant.objects.permitted(self.request.user, Action.READ_PARTICIPANT)


class OneParticipant(generics.RetrieveAPIView):
    """One participant."""

    serializer_class = ParticipantOut
    queryset = Participant.objects.none()

    def get_queryset(self):
        """Permitted rows."""
        return Participant.objects.permitted(self.request.user, Action.READ_PARTICIPANT)


class OfParticipant(generics.GenericAPIView):
    """Rows of one participant."""

    def person(self, action: Action) -> Participant:
        """The participant where one may do this; 404 otherwise."""
        rows = Participant.objects.permitted(self.request.user, action).select_related("site")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def parsed(self, request, **context) -> dict:
        """The body; `context` is what its fields look things up in. Raises ValidationError."""
        context = {**self.get_serializer_context(), **context}
        body = self.get_serializer(data=request.data, context=context)
        body.is_valid(raise_exception=True)
        return body.validated_data


class Enrolments(OfParticipant):
    """Enrolments of a participant."""

    serializer_class = EnrolmentIn
    queryset = Enrolment.objects.none()
    pagination_class = None

    @extend_schema(request=None, responses=answers(EnrolmentOut(many=True)))
    def get(self, request, pk):
        """All of them."""
        rows = self.person(Action.READ_PARTICIPANT).enrolments.in_force().select_related("programme")[:200]
        return Response(EnrolmentOut(rows, many=True).data)

    @extend_schema(responses=answers(None, status=201))
    def post(self, request, pk):
        """Add one."""
        participant, data = self.person(Action.ENROL), self.parsed(request)
        programmes = Programme.objects.permitted(request.user, Action.ENROL).filter(site=participant.site_id)
        programme = programmes.filter(code=data["programme"]).first()
        if programme is None:
            raise serializers.ValidationError(
                {"programme": [_("This site has no programme with that code.")]}
            )
        answer = once(
            id=data["id"],
            by=request.user,
            site_id=participant.site_id,
            action="enrol",
            body={"about": pk, **data},
            work=lambda: service.enrol(
                by=request.user,
                participant=participant,
                programme=programme,
                enrolled_on=data["enrolled_on"],
                id=data["id"],
            ),
        )
        return Response(answer, status=201)
