"""Amendments over the API."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.views import APIView

from clinic.api.serializers import answers
from clinic.permissions import Action
from sessions.amending import entry_of, kind_of, split
from sessions.api import serializers as bodies
from sessions.api.writing import sent, write
from sessions.models import Session
from sessions.services import amending as service

BODIES = {
    "attendance": bodies.AttendanceBody,
    "setting": bodies.SettingBody,
    "notes": bodies.NoteBody,
    "vitals": bodies.VitalsBody,
    "doses": bodies.DoseBody,
}
ANY_BODY = PolymorphicProxySerializer(
    component_name="AmendBody", serializers=list(BODIES.values()), resource_type_field_name=None
)


class Amend(APIView):
    """Replace an entry. `table` is attendance, setting, notes, vitals or doses."""

    @extend_schema(request=ANY_BODY, responses=answers(None, status=201))
    def post(self, request, pk, table, row):
        """Amend an entry: the whole entry as it should be, and the reason. A note stays as private as it was."""
        kind = kind_of(table)
        old = entry_of(request.user, kind, pk, row)
        return write(
            request,
            BODIES[table](data=request.data, context=kind.choices(old.session, {})),
            site_id=old.site_id,
            action=f"session:amend:{table}",
            about=old.pk,
            work=lambda values: service.amend(by=request.user, row=old, **split(values)),
        )


class Withdraw(APIView):
    """Mark an entry as entered in error. `table` is attendance, setting, notes, vitals or doses."""

    @extend_schema(request=bodies.ReasonBody, responses=answers(None, status=201))
    def post(self, request, pk, table, row):
        """Withdraw an entry: nothing replaces it, and the reason says why."""
        old = entry_of(request.user, kind_of(table), pk, row)
        return write(
            request,
            bodies.ReasonBody(data=request.data),
            site_id=old.site_id,
            action=f"session:withdraw:{table}",
            about=old.pk,
            work=lambda values: service.withdraw(by=request.user, row=old, **values),
        )


class Add(APIView):
    """Add to a signed record. `table` is attendance, setting, notes, vitals or doses."""

    @extend_schema(request=ANY_BODY, responses=answers(None, status=201))
    def post(self, request, pk, table):
        """Add what was forgotten: an entry like any other, and the reason why it comes after signing."""
        kind = kind_of(table)
        session = get_object_or_404(Session.objects.permitted(request.user, Action.SIGN_SESSION), pk=pk)
        return write(
            request,
            BODIES[table](data=request.data, context=kind.choices(session, sent(request))),
            site_id=session.site_id,
            action=f"session:add:{table}",
            about=session.pk,
            work=lambda values: service.add_forgotten(
                by=request.user, session=session, model=kind.model, **split(values)
            ),
        )
