"""Eligibility over the API: the results as they are now, a decision, its second signature."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic.api.serializers import answers
from clinic.permissions import Action
from clinic.selectors import people_at
from sessions.api import eligibility_bodies as bodies
from sessions.api.writing import write
from sessions.decisions import decision_of, enrolment_of
from sessions.models import EligibilityDecision
from sessions.services import eligibility as service


class Eligibility(APIView):
    """What the rules say of one enrolment, and the decisions on it."""

    @extend_schema(
        parameters=[OpenApiParameter("dosing_on", str, description="Day of the dose that is thought of.")],
        responses=answers(bodies.EligibilityOut),
    )
    def get(self, request, pk):
        """The results as they are now, with the digest that a decision names, and the latest decision."""
        enrolment = enrolment_of(request.user, pk, Action.READ_SCREENING)
        asked = bodies.DayQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = service.evaluate_enrolment(
            enrolment,
            timezone.now(),
            born=service.born_of(request.user, enrolment),
            dosing_on=asked.validated_data["dosing_on"],
        )
        decided = found.standing.decision
        latest = EligibilityDecision.objects.filter(pk=decided).first() if decided else None
        return Response(bodies.EligibilityOut(bodies.answer(found, latest)).data)

    @extend_schema(request=bodies.DecideBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Decide on the results whose digest is sent, and sign. With other results nothing is stored."""
        enrolment = enrolment_of(request.user, pk, Action.DECIDE)
        people = people_at(enrolment.site_id)
        return write(
            request,
            bodies.DecideBody(data=request.data, context={"people": people}),
            site_id=enrolment.site_id,
            action="eligibility:decide",
            about=enrolment.pk,
            work=lambda values: service.decide(by=request.user, enrolment=enrolment, **values),
        )


class Countersign(APIView):
    """The second signature."""

    @extend_schema(request=bodies.CountersignBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Sign a decision that overrides a rule, as the second person."""
        decision = decision_of(request.user, pk, Action.DECIDE)
        return write(
            request,
            bodies.CountersignBody(data=request.data),
            site_id=decision.site_id,
            action="eligibility:countersign",
            about=decision.pk,
            work=lambda values: service.countersign(by=request.user, decision=decision, **values),
        )
