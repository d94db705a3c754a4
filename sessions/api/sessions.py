"""Sessions over the API: list, open, see, close, sign."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic.api.serializers import answers
from clinic.models import Enrolment
from clinic.permissions import Action
from sessions.api import serializers as bodies
from sessions.api.writing import write
from sessions.models import Session
from sessions.record import read_record
from sessions.services.sessions import close_session, open_session
from sessions.services.signing import sign_session, signatures_missing


class Sessions(ListAPIView):
    """Every session that the caller may read."""

    serializer_class = bodies.SessionOut
    queryset = Session.objects.none()

    def get_queryset(self):
        """Newest first by id, those entered in error left out."""
        return Session.objects.permitted(self.request.user, Action.READ_SESSION).in_force()

    @extend_schema(responses=answers(bodies.SessionOut(many=True)))
    def get(self, request):
        """List sessions."""
        return self.list(request)

    @extend_schema(request=bodies.OpenBody, responses=answers(None, status=201))
    def post(self, request):
        """Open a session."""
        rows = Enrolment.objects.permitted(request.user, Action.RECORD_SESSION).in_force()
        body = bodies.OpenBody(data=request.data)
        body.is_valid(raise_exception=True)
        enrolment = get_object_or_404(rows, pk=body.validated_data["enrolment"])
        return write(
            request,
            body,
            site_id=enrolment.site_id,
            action="session:open",
            about=enrolment.pk,
            work=lambda values: open_session(by=request.user, **{**values, "enrolment": enrolment}),
        )


class OneSession(APIView):
    """One session."""

    @extend_schema(responses=answers(bodies.SessionDetail))
    def get(self, request, pk):
        """A session, its signatures and the digest that they cover."""
        session = get_object_or_404(Session.objects.permitted(request.user, Action.READ_SESSION), pk=pk)
        record = read_record(session.pk)
        session.record_sha256, session.signatures = record.sha256, record.rows("signature")
        session.signatures_missing = signatures_missing(session, record)
        return Response(bodies.SessionDetail(session).data)


class Close(APIView):
    """The end of a session."""

    @extend_schema(request=bodies.CloseBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Close a session."""
        session = get_object_or_404(Session.objects.permitted(request.user, Action.RECORD_SESSION), pk=pk)
        return write(
            request,
            bodies.CloseBody(data=request.data),
            site_id=session.site_id,
            action="session:close",
            about=session.pk,
            work=lambda values: close_session(by=request.user, session=session, **values),
        )


class Sign(APIView):
    """A signature."""

    @extend_schema(request=bodies.SignBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Sign the record as it stands."""
        session = get_object_or_404(Session.objects.permitted(request.user, Action.SIGN_SESSION), pk=pk)
        return write(
            request,
            bodies.SignBody(data=request.data),
            site_id=session.site_id,
            action="session:sign",
            about=session.pk,
            work=lambda values: sign_session(by=request.user, session=session, **values),
        )
