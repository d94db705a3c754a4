"""Amendments over the API."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from clinic.api.serializers import answers
from clinic.permissions import Action
from sessions.amending import readable
from sessions.api import serializers as bodies
from sessions.api.writing import write
from sessions.kinds import KINDS
from sessions.services.sessions import people_at
from sessions.services.signing import amend

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
        """Amend an entry: the whole entry as it should be, and the reason."""
        if table not in KINDS:
            raise Http404
        kind = KINDS[table]
        rows = kind.model.objects.permitted(request.user, Action.SIGN_SESSION).select_related("session")
        old = get_object_or_404(readable(rows, request.user), pk=row, session_id=pk)
        people = people_at(old.site_id) if kind.names_people else {}
        return write(
            request,
            BODIES[table](data=request.data, context={"people": people}),
            site_id=old.site_id,
            action=f"session:amend:{table}",
            about=old.pk,
            work=lambda values: replace(request.user, old, values),
        )


def replace(by, old, values: dict) -> None:
    """Call the service. Raises ValidationError where no reason is given."""
    values.pop("private", None)
    reason = values.pop("reason").strip()
    if not reason:
        raise serializers.ValidationError({"reason": [_("Give a reason.")]})
    amend(by=by, row=old, id=values.pop("id"), reason=reason, values=values)
