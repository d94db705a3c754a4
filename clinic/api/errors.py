"""Errors of the API, met once: a service's ValidationError is 400, a write's conflict 409, guessing 429."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from clinic.services.signing import Throttled, WrongAnswer, count_wrong
from clinic.writes import WriteConflict


def handle(error: Exception, context: dict) -> Response | None:
    """The response for an error, or None for one that is ours to mend."""
    if isinstance(error, WrongAnswer):
        # `once` has taken its work back. A rollback of the whole request would forget the wrong answer.
        count_wrong(error)
        return Response(details_of(error), status=status.HTTP_400_BAD_REQUEST)
    if isinstance(error, Throttled):
        return refused(429, str(error), {"Retry-After": str(error.seconds)})
    if isinstance(error, WriteConflict | IntegrityError):
        return refused(409, _("This id was already used for something else. Make a new one."))
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(details_of(error))
    return exception_handler(error, context)


def refused(code: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """A refusal of the whole request: nothing of it is stored."""
    set_rollback()
    return Response({"detail": words}, status=code, headers=headers)


def details_of(error: ValidationError) -> dict | list:
    """Messages by field; those of no field under `detail`."""
    if hasattr(error, "error_dict"):
        return {
            ("detail" if field == "__all__" else field): messages
            for field, messages in error.message_dict.items()
        }
    return {"detail": error.messages}
