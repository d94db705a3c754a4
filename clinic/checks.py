"""What is checked before the first request: the login is narrow, the keys open, the demo stands on its own database."""

from django.conf import settings
from django.core.checks import Error
from django.db import connection

from clinic.envelope import KeyFileError, keyring
from clinic.environment import ConfigurationError
from clinic.roles import ROLES

DEMO_MARK = "afterward demo"
TOO_MUCH = """SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role(current_user, %s, 'MEMBER')
              FROM pg_roles r WHERE r.rolname = current_user"""


def refuse_unsafe_start() -> None:
    """Raise ConfigurationError where serving would be unsafe."""
    try:
        keyring()
    except KeyFileError as unusable:
        raise ConfigurationError(str(unusable)) from unusable
    with connection.cursor() as cursor:
        cursor.execute(TOO_MUCH, [ROLES["owner"]])
        if cursor.fetchone()[0]:
            raise ConfigurationError(
                "The database login may look past row-level security. Serve as the app login."
            )
        if settings.DEMO and not made_by_demo(cursor):
            raise ConfigurationError(
                "The demo did not make this database, and will not touch it. Unset DEMO or DATABASE_URL."
            )
    connection.close()


def made_by_demo(cursor) -> bool:
    """Whether the demo's launcher made this database."""
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    )
    return cursor.fetchone()[0] == DEMO_MARK


def second_factor_everywhere(app_configs, **kwargs) -> list:
    """The demo lets people in without a second factor: never deploy it."""
    if settings.DEMO:
        return [
            Error(
                "DEMO=1 signs people in without a second factor. Unset it where real people are treated.",
                id="clinic.E001",
            )
        ]
    return []
