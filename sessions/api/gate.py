"""The gate over the API: how it stands, the decision on a dose, overrides and their second signature."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic.api.serializers import WriteSerializer, answers
from clinic.permissions import Action
from sessions.api.writing import sent, write
from sessions.gate import State, read_gate
from sessions.gate_page import complete_overrides
from sessions.models import DoseAdministration, DoseDecision, DoseDeviation, GateOverride, Session
from sessions.services import deviations
from sessions.services import gate as service


class ConditionOut(serializers.Serializer):
    """One condition: how it stands and what it rests on."""

    key = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.value for state in State])
    why = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # `source` is also an argument of DRF's fields.
    mark = serializers.CharField()


class GateOut(serializers.Serializer):
    """The gate of one session now."""

    at = serializers.DateTimeField()
    protocol = serializers.CharField()
    is_open = serializers.BooleanField()
    conditions = ConditionOut(many=True)


def password() -> serializers.CharField:
    """The password again, or a code of the app."""
    return serializers.CharField(max_length=1000, write_only=True, trim_whitespace=False)


class DoseDecisionBody(WriteSerializer):
    """What is decided about a dose, in mg at most."""

    outcome = serializers.ChoiceField(choices=DoseDecision.Outcome.choices)
    part = serializers.ChoiceField(choices=DoseAdministration.Part.choices)
    substance = serializers.CharField(max_length=40)
    dose_mg = serializers.DecimalField(6, 2, required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=5_000, required=False, default="", allow_blank=True)
    override = serializers.UUIDField(required=False, allow_null=True, default=None)
    password = password()

    def validate_override(self, value):
        """The override, of those that two people have signed."""
        if value is None:
            return None
        found = self.context["overrides"].get(value)
        if found is None:
            raise serializers.ValidationError(
                "This session has no override with this id that two people signed."
            )
        return found


class OverrideBody(WriteSerializer):
    """Why the gate is overridden."""

    reason = serializers.CharField(min_length=10, max_length=5_000)
    password = password()


class OverrideSignBody(WriteSerializer):
    """The second signature."""

    password = password()


class ExplainBody(WriteSerializer):
    """Why a dose was given without authorisation."""

    reason = serializers.CharField(min_length=5, max_length=5_000)


class ReviewBody(WriteSerializer):
    """What a physician writes about it."""

    words = serializers.CharField(min_length=5, max_length=5_000)


def session_for(request, pk, action: Action) -> Session:
    """The session, for those who may do this."""
    return get_object_or_404(Session.objects.permitted(request.user, action), pk=pk)


class GateNow(APIView):
    """The gate."""

    @extend_schema(responses=answers(GateOut))
    def get(self, request, pk):
        """How the gate stands now."""
        found = session_for(request, pk, Action.READ_SCREENING)
        gate = read_gate(found.pk, timezone.now())
        body = {
            "at": gate.at,
            "protocol": gate.protocol,
            "is_open": gate.is_open,
            "conditions": gate.frozen(),
        }
        return Response(GateOut(body).data)


class Decide(APIView):
    """A decision on a dose."""

    @extend_schema(request=DoseDecisionBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Authorise a dose, or say that it is withheld or was declined."""
        found = session_for(request, pk, Action.AUTHORISE_DOSE)
        return write(
            request,
            DoseDecisionBody(data=request.data, context={"overrides": overrides_for(request, found)}),
            site_id=found.site_id,
            action="gate:decide",
            about=found.pk,
            work=lambda values: service.decide_dose(by=request.user, session=found, **values),
        )


def overrides_for(request, found: Session) -> dict:
    """The overrides that may be named; none are read where none is named."""
    return complete_overrides(found) if sent(request).get("override") else {}


class Override(APIView):
    """An override of the gate."""

    @extend_schema(request=OverrideBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Ask to open the gate against everything that closes it now, with the first signature."""
        found = session_for(request, pk, Action.AUTHORISE_DOSE)
        return write(
            request,
            OverrideBody(data=request.data),
            site_id=found.site_id,
            action="gate:override",
            about=found.pk,
            work=lambda values: service.ask_override(by=request.user, session=found, **values),
        )


class Countersign(APIView):
    """The second signature of an override."""

    @extend_schema(request=OverrideSignBody, responses=answers(None, status=201))
    def post(self, request, pk, override):
        """Sign an override as the second person."""
        rows = GateOverride.objects.permitted(request.user, Action.AUTHORISE_DOSE)
        found = get_object_or_404(rows, pk=override, session_id=pk)
        return write(
            request,
            OverrideSignBody(data=request.data),
            site_id=found.site_id,
            action="gate:countersign",
            about=found.pk,
            work=lambda values: service.countersign_override(by=request.user, override=found, **values),
        )


class Explain(APIView):
    """The reason of a deviation."""

    @extend_schema(request=ExplainBody, responses=answers(None, status=201))
    def post(self, request, pk, row):
        """Say why a dose was given without authorisation."""
        found = deviation_for(request, pk, row, Action.RECORD_DOSE)
        return write(
            request,
            ExplainBody(data=request.data),
            site_id=found.site_id,
            action="deviation:explain",
            about=found.pk,
            work=lambda values: deviations.explain(by=request.user, deviation=found, **values),
        )


class Review(APIView):
    """The review of a deviation."""

    @extend_schema(request=ReviewBody, responses=answers(None, status=201))
    def post(self, request, pk, row):
        """A physician has seen it."""
        found = deviation_for(request, pk, row, Action.REVIEW_DEVIATION)
        return write(
            request,
            ReviewBody(data=request.data),
            site_id=found.site_id,
            action="deviation:review",
            about=found.pk,
            work=lambda values: deviations.review(by=request.user, deviation=found, **values),
        )


def deviation_for(request, pk, row, action: Action) -> DoseDeviation:
    """The deviation of this session, for those who may do this."""
    rows = DoseDeviation.objects.permitted(request.user, action).in_force().select_related("session")
    return get_object_or_404(rows, pk=row, session_id=pk)
