"""Makes the logins on the server that DATABASE_URL names. Its own program: only .venv has the driver."""

import os
import sys

import psycopg
import psycopg.sql

from clinic.roles import ROLES


def make_roles(url: str) -> None:
    """Make the logins that are missing. Raises PermissionError where the login named is no superuser."""
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if row is None or not row[0]:
            raise PermissionError(
                "DATABASE_URL must name a superuser for the tests: they take each login in turn."
            )
        present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        for name in set(ROLES.values()) - present:
            connection.execute(psycopg.sql.SQL("CREATE ROLE {} LOGIN").format(psycopg.sql.Identifier(name)))
        backup = psycopg.sql.Identifier(ROLES["backup"])
        connection.execute(psycopg.sql.SQL("ALTER ROLE {} BYPASSRLS").format(backup))
        connection.execute(psycopg.sql.SQL("GRANT pg_read_all_data TO {}").format(backup))


if __name__ == "__main__":
    try:
        make_roles(os.environ["DATABASE_URL"])
    except (psycopg.Error, PermissionError) as error:
        sys.exit(f"The server that DATABASE_URL names cannot be used: {str(error).strip().splitlines()[0]}")
