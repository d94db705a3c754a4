"""How the API writes: body, once, answer; the same services as the pages."""

from collections.abc import Callable, Mapping

from rest_framework import status
from rest_framework.response import Response

from clinic.writes import once

SECRET = {"id", "password"}


def sent(request) -> Mapping:
    """The body, where it is an object; what is not is refused when it is parsed."""
    return request.data if isinstance(request.data, Mapping) else {}


def write(request, serializer, *, site_id, action: str, about, work: Callable) -> Response:
    """201 with the answer, the first time and every time. Raises ValidationError and WriteConflict."""
    serializer.is_valid(raise_exception=True)
    values = dict(serializer.validated_data)
    body = {name: getattr(value, "pk", value) for name, value in values.items() if name not in SECRET}
    answer = once(
        id=values["id"],
        by=request.user,
        site_id=site_id,
        action=action,
        body={"about": about, **body},
        work=lambda: work(values),
    )
    return Response(answer, status=status.HTTP_201_CREATED)
