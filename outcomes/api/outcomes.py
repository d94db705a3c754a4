"""Assessments and check-ins of a participant."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.response import Response

from clinic.api.serializers import Answer, answers
from clinic.models import Enrolment, Participant
from clinic.permissions import Action, may
from clinic.writes import once
from outcomes.api.serializers import (
    AssessmentOut,
    CheckInOut,
    Made,
    NewAssessment,
    NewCheckIn,
)
from outcomes.instruments import registry
from outcomes.models import Assessment, CheckIn
from outcomes.selectors import with_permissions
from outcomes.services.assessments import action_for, record_assessment
from outcomes.services.check_ins import address_of, make_check_in


class OfParticipant(generics.GenericAPIView):
    """Rows of one participant. Permission is asked before a body is read."""

    model: type[Assessment] | type[CheckIn] = Assessment
    read = Action.READ_OUTCOMES

    def get_queryset(self):
        """The participant's rows; 404 for another site's participant."""
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        user, pk = self.request.user, self.kwargs["pk"]
        rows = self.model.objects.permitted(user, self.read).in_force()
        get_object_or_404(Participant.objects.permitted(user, self.read).in_force().distinct(), pk=pk)
        return rows.filter(enrolment__participant_id=pk)

    def answer_list(self):
        """A page of rows."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def enrolment(self, user, action: Action, pk) -> Enrolment:
        """The participant's enrolment of the body, where the user may do this."""
        rows = Enrolment.objects.permitted(user, action).in_force().filter(participant_id=self.kwargs["pk"])
        return get_object_or_404(with_permissions(rows.select_related("participant", "programme")), pk=pk)


def body_of(serializer_class, request):
    """The checked body. Raises a ValidationError of the API."""
    body = serializer_class(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def visible(user, pk, *actions: Action) -> None:
    """403 where the user may do none of it anywhere, 404 where the participant is another site's."""
    allowed = [action for action in actions if may(user, action)]
    get_object_or_404(
        Participant.objects.permitted(user, (allowed or actions)[0]).in_force().distinct(), pk=pk
    )


class Assessments(OfParticipant):
    """Sittings with an instrument."""

    serializer_class = AssessmentOut

    @extend_schema(responses=answers(AssessmentOut(many=True)))
    def get(self, request, pk):
        """Newest first."""
        return self.answer_list()

    @extend_schema(request=NewAssessment, responses=answers(Answer, status=201))
    def post(self, request, pk):
        """Score and store one; an interview is for raters, the rest for those who treat."""
        visible(request.user, pk, Action.RECORD_OUTCOMES, Action.RATE)
        data = body_of(NewAssessment, request)
        instrument = registry.get(data["instrument"])
        enrolment = self.enrolment(request.user, action_for(instrument), data.pop("enrolment"))
        mode = Assessment.Mode.RATER if instrument.clinician_rated else Assessment.Mode.STAFF

        def work():
            record_assessment(by=request.user, **{**data, "enrolment": enrolment, "mode": mode})

        answer = once(id=data["id"], by=request.user, site_id=enrolment.site_id, body=request.data,
                      action="record assessment", work=work)  # fmt: skip
        return Response(answer, status=status.HTTP_201_CREATED)


class CheckIns(OfParticipant):
    """Check-ins by link."""

    model = CheckIn
    serializer_class = CheckInOut

    @extend_schema(responses=answers(CheckInOut(many=True)))
    def get(self, request, pk):
        """Newest first, without their links."""
        return self.answer_list()

    @extend_schema(request=NewCheckIn, responses=answers(Made, status=201))
    def post(self, request, pk):
        """Make a link, in the demo only. The first answer holds it; sending again does not."""
        visible(request.user, pk, Action.SEND_CHECK_IN)
        data, made = body_of(NewCheckIn, request), []
        enrolment = self.enrolment(request.user, Action.SEND_CHECK_IN, data.pop("enrolment"))

        def work():
            made.append(make_check_in(by=request.user, enrolment=enrolment, **data))

        answer = once(id=data["id"], by=request.user, site_id=enrolment.site_id, body=request.data,
                      action="make check-in", work=work)  # fmt: skip
        link = {"link": address_of(made[0][1])} if made else {}
        return Response({**answer, **link}, status=status.HTTP_201_CREATED)
