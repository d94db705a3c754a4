"""Consents of a participant by the API."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from clinic.api.participants import OfParticipant
from clinic.api.serializers import PersonField, WriteSerializer, answers
from clinic.models import Consent
from clinic.permissions import Action
from clinic.selectors import people_at
from clinic.services import consents as service
from clinic.writes import once


class ConsentOut(serializers.ModelSerializer):
    """A consent."""

    class Meta:
        model = Consent
        fields = (
            "id",
            "kind",
            "text_version",
            "language",
            "explained_by",
            "given_at",
            "withdrawn_at",
            "recorded_at",
        )


class ConsentIn(WriteSerializer):
    """A consent that was given, by a text that is released here."""

    kind = serializers.ChoiceField(choices=Consent.Kind.choices)
    text_version = serializers.CharField(max_length=20)
    language = serializers.CharField(max_length=10, default="en")
    explained_by = PersonField()
    given_at = serializers.DateTimeField()


class WithdrawalIn(WriteSerializer):
    """A withdrawal; nobody has to say why."""

    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class Consents(OfParticipant):
    """Consents of a participant."""

    serializer_class = ConsentIn
    queryset = Consent.objects.none()
    pagination_class = None

    @extend_schema(request=None, responses=answers(ConsentOut(many=True)))
    def get(self, request, pk):
        """Those in force, and those withdrawn."""
        rows = self.person(Action.READ_PARTICIPANT).consents.in_force().in_list()[:200]
        return Response(ConsentOut(rows, many=True).data)

    @extend_schema(responses=answers(None, status=201))
    def post(self, request, pk):
        """Record one."""
        participant = self.person(Action.ENROL)
        data = self.parsed(request, people=people_at(participant.site_id))
        answer = once(
            id=data["id"],
            by=request.user,
            site_id=participant.site_id,
            action="record consent",
            body={"about": pk, **request.data},
            work=lambda: service.record_consent(by=request.user, participant=participant, **data),
        )
        return Response(answer, status=201)


class Withdrawal(OfParticipant):
    """The end of one consent."""

    serializer_class = WithdrawalIn
    queryset = Consent.objects.none()
    pagination_class = None

    @extend_schema(responses=answers(None, status=201))
    def post(self, request, pk, consent):
        """Withdraw it."""
        participant = self.person(Action.ENROL)
        row = get_object_or_404(participant.consents.in_force(), pk=consent)
        data = self.parsed(request)
        answer = once(
            id=data["id"],
            by=request.user,
            site_id=participant.site_id,
            action="withdraw consent",
            body={"about": consent, **data},
            work=lambda: service.withdraw_consent(by=request.user, consent=row, reason=data["reason"]),
        )
        return Response(answer, status=201)
