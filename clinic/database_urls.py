"""Turns database addresses into Django's settings, one login at a time."""

from urllib.parse import parse_qsl, unquote, urlsplit

from clinic.environment import ConfigurationError


def database(url: str, *, user: str = "", keep_seconds: int = 60) -> dict:
    """Django's DATABASES entry for a postgresql:// address; `user` replaces the one in it. Raises ConfigurationError."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ConfigurationError(
            f"A database address looks like postgresql://user@host/name, not {parts.scheme}://…"
        )
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    # Another login's password is its own: it comes from its own address, or from libpq's password file.
    password = unquote(parts.password or "") if not user or user == unquote(parts.username or "") else ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": user or unquote(parts.username or ""),
        "PASSWORD": password,
        "HOST": host,
        "PORT": str(query.pop("port", "") or parts.port or ""),
        "CONN_MAX_AGE": keep_seconds,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"connect_timeout": 5, "options": "-c statement_timeout=30000 -c timezone=UTC", **query},
    }
