"""Errors of the API, met once: a service's ValidationError is 400, a write's conflict 409."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from clinic.writes import WriteConflict


def handle(error: Exception, context: dict) -> Response | None:
    """The response for an error, or None for one that is ours to mend."""
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(details_of(error))
    if isinstance(error, WriteConflict | IntegrityError):
        set_rollback()
        return Response(
            {"detail": _("This id was already used for something else. Make a new one.")},
            status=status.HTTP_409_CONFLICT,
        )
    return exception_handler(error, context)


def details_of(error: ValidationError) -> dict | list:
    """Messages by field; those of no field under `detail`."""
    if hasattr(error, "error_dict"):
        return {
            ("detail" if field == "__all__" else field): messages
            for field, messages in error.message_dict.items()
        }
    return {"detail": error.messages}
