"""Who calls the API: the middleware has already found out, by token or by session."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication


class RequestUser(SessionAuthentication):
    """The request's user. A session needs the CSRF token, a bearer token does not."""

    def authenticate(self, request):
        """User and token, or None."""
        token = getattr(request._request, "token", None)
        if token is not None:
            return request._request.user, token
        return super().authenticate(request)

    def authenticate_header(self, request) -> str:
        """Makes an unknown caller a 401."""
        return "Bearer"


class RequestUserScheme(OpenApiAuthenticationExtension):
    """How the schema names it."""

    target_class = "clinic.api.authentication.RequestUser"
    name = ["bearer", "session"]

    def get_security_definition(self, auto_schema):
        """Both ways in."""
        return [{"type": "http", "scheme": "bearer"}, {"type": "apiKey", "in": "cookie", "name": "afterward"}]
