"""Findings and medicines over the API: the same services as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from clinic.api.serializers import WriteSerializer, answers, has_control_characters
from clinic.models import Enrolment, User
from clinic.permissions import Action
from sessions.api.writing import write
from sessions.forms.factors import LONGEST_WORDS
from sessions.models import Medication, ScreeningFinding, Session
from sessions.models.screening import CorrectedRow
from sessions.screening.catalogue import catalogue
from sessions.screening_record import find, key_in, open_words
from sessions.services.findings import Answer, record_finding
from sessions.services.medicines import record_medicine

ROW = (
    "id",
    "occurred_at",
    "recorded_at",
    "recorded_by",
    "replaces",
    "reason",
    "words",
    "entered_in_error_at",
    "entered_in_error_reason",
)
# What a value of the catalogue looks like in JSON: sessions/screening/values.py.
VALUE: dict[str, Any] = {
    "oneOf": [
        {"type": "string"},
        {"type": "number"},
        {"type": "array", "items": {}},
        {"type": "object", "additionalProperties": {}},
    ],
    "nullable": True,
}


@extend_schema_field(VALUE)
class ValueField(serializers.JSONField):
    """A value as the catalogue types it."""

    def to_internal_value(self, data):
        """The value, without signs that cannot be stored at any depth."""
        if any(has_control_characters(text) for text in texts_in(data)):
            raise serializers.ValidationError(_("This text holds signs that cannot be stored."))
        return super().to_internal_value(data)


def texts_in(data) -> list[str]:
    """Every text in a JSON value, keys too. A value has a few levels; a deeper one is refused by its parser anyway."""
    if isinstance(data, dict):
        return [text for pair in data.items() for one in pair for text in texts_in(one)]
    if isinstance(data, list):
        return [text for one in data for text in texts_in(one)]
    return [data] if isinstance(data, str) else []


class StatementBody(WriteSerializer):
    """What findings and medicines have in common. `reason` is needed where it replaces another."""

    occurred_at = serializers.DateTimeField()
    words = serializers.CharField(max_length=LONGEST_WORDS, required=False, default="", allow_blank=True)
    replaces = serializers.UUIDField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class FindingBody(StatementBody):
    """One factor. It takes the id of the write."""

    factor = serializers.ChoiceField(choices=[(key, one.label) for key, one in catalogue().factors.items()])
    occasion = serializers.ChoiceField(choices=ScreeningFinding.Occasion.choices)
    # A field's own `source` is another thing; the serializer's metaclass takes this one out of its way.
    source = serializers.ChoiceField(choices=ScreeningFinding.Source.choices)  # type: ignore[assignment]
    value = ValueField(required=False, allow_null=True, default=None)
    session = serializers.UUIDField(required=False, allow_null=True, default=None)
    assessment_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class MedicineBody(StatementBody):
    """One line of the list. It takes the id of the write."""

    name = serializers.CharField(max_length=80)
    dose = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    stopped = serializers.BooleanField()
    last_taken_on = serializers.DateField(required=False, allow_null=True, default=None)
    planned_stop_on = serializers.DateField(required=False, allow_null=True, default=None)
    resumed_on = serializers.DateField(required=False, allow_null=True, default=None)
    prescriber_informed = serializers.BooleanField(required=False, allow_null=True, default=None)


class StatementOut(serializers.ModelSerializer):
    """A row with its words opened."""

    words = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_words(self, row) -> str:
        """The words under the participant's key, which comes in the context."""
        return open_words(row, self.context.get("key"))


class FindingOut(StatementOut):
    """A finding."""

    value = ValueField(read_only=True)

    class Meta:
        model = ScreeningFinding
        fields = (*ROW, "factor", "catalogue", "occasion", "session", "value", "source", "assessment_id")


class MedicineOut(StatementOut):
    """A line of the medicine list."""

    class Meta:
        model = Medication
        fields = (
            *ROW,
            "name",
            "substance",
            "dose",
            "stopped",
            "last_taken_on",
            "planned_stop_on",
            "resumed_on",
            "prescriber_informed",
        )


class Statements(ListAPIView):
    """Rows of one enrolment, newest first. What was replaced or entered in error is listed too, marked."""

    model: type[CorrectedRow]

    def get_queryset(self):
        """The rows that the caller may read."""
        rows = self.model.objects
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        self.enrolment = find(caller(self.request), Action.READ_SCREENING, self.kwargs["pk"])
        return rows.filter(enrolment=self.enrolment)

    def get_serializer_context(self):
        """The participant's key, which came with the enrolment."""
        context = super().get_serializer_context()
        return {**context, "key": key_in(self.enrolment)} if hasattr(self, "enrolment") else context


def caller(request) -> User:
    """Who calls; the grid has refused whoever is not signed in."""
    return request.user


def former(model, enrolment: Enrolment, pk):
    """The row that a body replaces. Raises ValidationError for one of another person."""
    if pk is None:
        return None
    row = model.objects.filter(enrolment=enrolment, pk=pk).first()
    if row is None:
        raise serializers.ValidationError({"replaces": [_("There is no such row of this enrolment.")]})
    return row


def session_in(enrolment: Enrolment, pk) -> Session | None:
    """The session that a body names, or 404."""
    return None if pk is None else get_object_or_404(Session.objects.filter(enrolment=enrolment), pk=pk)


class Findings(Statements):
    """What was found of a person."""

    model, serializer_class = ScreeningFinding, FindingOut

    @extend_schema(responses=answers(FindingOut(many=True)))
    def get(self, request, pk):
        """List findings."""
        return self.list(request)

    @extend_schema(request=FindingBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Record a finding."""
        enrolment = find(request.user, Action.RECORD_SCREENING, pk)
        return write(
            request,
            FindingBody(data=request.data),
            site_id=enrolment.site_id,
            action="screening:finding",
            about=enrolment.pk,
            work=lambda values: self.record(enrolment, **values),
        )

    def record(self, enrolment: Enrolment, *, occasion, occurred_at, session, replaces, **values):
        """One answer, as the service takes it."""
        return record_finding(
            by=caller(self.request),
            enrolment=enrolment,
            occasion=occasion,
            occurred_at=occurred_at,
            session=session_in(enrolment, session),
            answer=Answer(**values, replaces=former(ScreeningFinding, enrolment, replaces)),
        )


class Medicines(Statements):
    """What a person takes or took."""

    model, serializer_class = Medication, MedicineOut

    @extend_schema(responses=answers(MedicineOut(many=True)))
    def get(self, request, pk):
        """List medicines."""
        return self.list(request)

    @extend_schema(request=MedicineBody, responses=answers(None, status=201))
    def post(self, request, pk):
        """Put a medicine onto the list."""
        enrolment = find(request.user, Action.RECORD_SCREENING, pk)
        return write(
            request,
            MedicineBody(data=request.data),
            site_id=enrolment.site_id,
            action="screening:medicine",
            about=enrolment.pk,
            work=lambda values: record_medicine(
                by=request.user,
                enrolment=enrolment,
                **{**values, "replaces": former(Medication, enrolment, values["replaces"])},
            ),
        )
