"""The environment variables that configure Afterward: one list, read strictly, printed in the README."""

import os
from dataclasses import dataclass


class ConfigurationError(Exception):
    """A variable is missing or wrong; the text says which and what to do."""


@dataclass(frozen=True)
class Variable:
    """One environment variable. `demo` is its value in the demo, `default` elsewhere; None means it must be set."""

    name: str
    help: str
    default: str | None = ""
    demo: str | None = None


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            "DEMO", "`1` runs the demo clinic on a database that the demo made. Never with real people.", "0"
        ),
        Variable("SECRET_KEY", "Signs sessions and forms: 50 random characters or more.", None),
        Variable(
            "KEY_FILE", "File with the keys that wrap participants' keys. Kept apart from the database.", None
        ),
        Variable(
            "DATABASE_URL",
            "`postgresql://user@host/name` for the app login. Unset in a clone: the embedded one.",
            "",
        ),
        Variable(
            "DATABASE_ROLE", "Which login the default connection takes: `app`, or `owner` to migrate.", "app"
        ),
        Variable(
            "DATABASE_ROLE_PREFIX",
            "First word of the logins' names. A second installation on one server needs another.",
            "afterward",
        ),
        Variable(
            "DATABASE_URL_OWNER",
            "The owner's login, used by `migrate`. Unset: DATABASE_URL with that user.",
            "",
        ),
        Variable(
            "DATABASE_URL_ACCOUNTS", "The login that writes accounts. Unset: DATABASE_URL with that user.", ""
        ),
        Variable(
            "DATABASE_URL_RESEARCH", "The research login, best a streaming replica. Unset: as above.", ""
        ),
        Variable("DATABASE_URL_AUDITOR", "The login that reads the audit. Unset: as above.", ""),
        Variable("DATABASE_URL_CHECKIN", "The login of participants' check-in pages. Unset: as above.", ""),
        Variable(
            "ALLOWED_HOSTS",
            "Host names that the site answers to, separated by commas.",
            None,
            "localhost,127.0.0.1",
        ),
        Variable(
            "SITE_URL", "Public address, used in links that leave the clinic.", None, "http://127.0.0.1:8000"
        ),
        Variable(
            "EMAIL_URL",
            "`smtp://user:password@host:587?tls=1`. Unset in the demo: mail is written to a folder.",
            None,
            "",
        ),
        Variable("EMAIL_FROM", "Sender of mail.", "afterward@localhost"),
        Variable(
            "PROXY_HEADERS", "`1` where a proxy in front sets X-Forwarded-Proto and X-Forwarded-For.", "0"
        ),
        Variable("CONNECTION_SECONDS", "How long a database connection is kept for the next request.", "60"),
        Variable(
            "IDLE_MINUTES", "A signed-in person is signed out after so many minutes without a request.", "720"
        ),
    )
}


# Read outside this list, by a clone's launcher and never by a server, each for its reason.
PRIVATE = {
    "PORT": "the demo's port; `make demo` prints the address",
    "WORKERS": "how many processes `make test` takes",
    "AFTERWARD_UNDER_MAKE": "make tells the launcher, so that messages name its commands",
    "AFTERWARD_CHROMIUM": "a browser for the tests that is not on the path",
    "AFTERWARD_POSTGRES_BIN": "other programs of PostgreSQL for the embedded server, such as the oldest supported",
    "DJANGO_SETTINGS_MODULE": "Django's own; there is one settings file",
}


def text(name: str) -> str:
    """The variable's text. Raises ConfigurationError where one that must be set is not."""
    variable = VARIABLES[name]
    value = os.environ.get(name, "").strip()
    if value:
        return value
    default = variable.default
    if variable.demo is not None and name != "DEMO" and flag("DEMO"):
        default = variable.demo
    if default is None:
        raise ConfigurationError(f"{name} is not set. {variable.help}")
    return default


def flag(name: str) -> bool:
    """A variable that is 0 or 1."""
    value = text(name)
    if value not in {"0", "1"}:
        raise ConfigurationError(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def number(name: str) -> int:
    """A whole number of at least 0."""
    value = text(name)
    if not value.isdecimal():
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]
