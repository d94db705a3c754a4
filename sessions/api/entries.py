"""The entries of a session over the API: list one kind, add one, amend one."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView

from clinic.api.serializers import answers
from clinic.permissions import Action
from clinic.services.participants import keys_of
from sessions.amending import readable
from sessions.api import serializers as bodies
from sessions.api.writing import sent, write
from sessions.kinds import KINDS
from sessions.models import Session


class Entries(ListAPIView):
    """One kind of entry. Those entered in error are listed too, marked."""

    name = ""
    body: type[bodies.Entry]

    def fetch(self, action: Action) -> Session:
        """The session, for those who may do `action`."""
        return get_object_or_404(Session.objects.permitted(self.request.user, action), pk=self.kwargs["pk"])

    def get_queryset(self):
        """The rows of this session that the caller may read."""
        model = KINDS[self.name].model
        if getattr(self, "swagger_fake_view", False):
            return model.objects.none()
        self.session = self.fetch(Action.READ_SESSION)
        return readable(model.objects.filter(session=self.session), self.request.user)

    def add(self, request):
        """Record one entry."""
        kind = KINDS[self.name]
        session = self.fetch(kind.action)
        return write(
            request,
            self.body(data=request.data, context=kind.choices(session, sent(request))),
            site_id=session.site_id,
            action=f"session:{self.name}",
            about=session.pk,
            work=lambda values: kind.record(by=request.user, session=session, **values),
        )


class Attendances(Entries):
    """Who was in the room."""

    name, body, serializer_class = "attendance", bodies.AttendanceBody, bodies.AttendanceOut

    @extend_schema(responses=answers(bodies.AttendanceOut(many=True)))
    def get(self, request, pk):
        """List who was in the room."""
        return self.list(request)

    @extend_schema(request=bodies.AttendanceBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Record who is in the room."""
        return self.add(request)


class Settings(Entries):
    """Where it took place."""

    name, body, serializer_class = "setting", bodies.SettingBody, bodies.SettingOut

    @extend_schema(responses=answers(bodies.SettingOut(many=True)))
    def get(self, request, pk):
        """List the settings."""
        return self.list(request)

    @extend_schema(request=bodies.SettingBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Record the setting."""
        return self.add(request)


class Notes(Entries):
    """Notes, without other people's private ones."""

    name, body, serializer_class = "notes", bodies.NoteBody, bodies.NoteOut

    def get_serializer_context(self):
        """The participant's key, fetched once for all notes."""
        context = super().get_serializer_context()
        return (
            {**context, "key": keys_of(self.session.participant_id)} if hasattr(self, "session") else context
        )

    @extend_schema(responses=answers(bodies.NoteOut(many=True)))
    def get(self, request, pk):
        """List notes."""
        return self.list(request)

    @extend_schema(request=bodies.NoteBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Write a note."""
        return self.add(request)


class Vitals(Entries):
    """Vital signs."""

    name, body, serializer_class = "vitals", bodies.VitalsBody, bodies.VitalsOut

    @extend_schema(responses=answers(bodies.VitalsOut(many=True)))
    def get(self, request, pk):
        """List vital signs."""
        return self.list(request)

    @extend_schema(request=bodies.VitalsBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Record vital signs."""
        return self.add(request)


class Doses(Entries):
    """Doses that were given."""

    name, body, serializer_class = "doses", bodies.DoseBody, bodies.DoseOut

    @extend_schema(responses=answers(bodies.DoseOut(many=True)))
    def get(self, request, pk):
        """List doses."""
        return self.list(request)

    @extend_schema(request=bodies.DoseBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Record a dose."""
        return self.add(request)
