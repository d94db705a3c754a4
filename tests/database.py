"""The app's rights on a superuser's connection: logins, shared connections and the flush that spares the audit."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from clinic.roles import ROLES

state = {"setting_up": False}
LOGIN = {
    "default": "app",
    "accounts": "accounts",
    "research": "research",
    "auditor": "auditor",
    "checkin": "checkin",
}
FREE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
ASIDE = ("set_config", "SESSION AUTHORIZATION")
SEEN_THROUGH = ("accounts", "research", "auditor", "checkin")


def take_role(sender, connection, **kwargs) -> None:
    """Every new connection takes its login's rights at once; '__no_db__', which makes databases, stays superuser."""
    if connection.alias not in LOGIN:
        return
    role = ROLES["owner"] if state["setting_up"] else ROLES[LOGIN[connection.alias]]
    with connection.cursor() as cursor:
        if state["setting_up"]:
            name = connection.settings_dict["NAME"]
            cursor.execute(f'ALTER DATABASE "{name}" OWNER TO {ROLES["owner"]}')
        cursor.execute(f"SET SESSION AUTHORIZATION {role}")


@contextmanager
def database_role(role: str | None = None) -> Iterator[None]:
    """Another login inside the test's own transaction; None is the superuser, for tampering and for looking."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {ROLES[role] if role else 'DEFAULT'}")
        yield
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {ROLES['app']}")


@contextmanager
def standing() -> Iterator[None]:
    """A transaction round many tests: what each does is a savepoint in it, and none closes the connection."""
    stage = connections["default"]
    with transaction.atomic():
        stage.close = lambda: None
        try:
            yield
        finally:
            del stage.close
            transaction.set_rollback(True)


class SharedLogin:
    """Runs each statement of an alias on the test's own connection, under the alias's login and its own sites."""

    def __init__(self, alias: str):
        self.role, self.sites, self.actor = ROLES[LOGIN[alias]], "", ""

    def __call__(self, execute, sql, params, many, context):
        if sql.split(" ", 1)[0] in {"SAVEPOINT", "RELEASE", "ROLLBACK"}:
            return execute(sql, params, many, context)
        raw = connections["default"].connection
        with raw.cursor() as cursor:
            former = self._put(cursor, self.sites, self.actor)
            cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {self.role}")
            # On an error nothing is put back: the savepoint does it.
            answer = execute(sql, params, many, context)
            cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {ROLES['app']}")
            self.sites, self.actor = self._put(cursor, *former)
        return answer

    @staticmethod
    def _put(cursor, sites: str, actor: str) -> tuple[str, str]:
        """Swap the sites and the actor; the former ones."""
        cursor.execute(
            "SELECT coalesce(current_setting('app.sites', true), ''), coalesce(current_setting('app.actor', true), ''),"
            " set_config('app.sites', %s, true), set_config('app.actor', %s, true)",
            [sites, actor],
        )
        return cursor.fetchone()[:2]


@contextmanager
def shared(alias: str) -> Iterator[None]:
    """Let an alias see the test's uncommitted rows, with its own login's rights."""
    former = connections[alias]
    other = connections.create_connection(alias)
    other.connection = connections["default"].connection
    other.autocommit, other.in_atomic_block, other.savepoint_ids = False, True, []
    other.close = lambda: None
    connections[alias] = other
    try:
        with other.execute_wrapper(SharedLogin(alias)):
            yield
    finally:
        connections[alias] = former


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements of a block that count, through every login: without transactions, logins and set_config."""
    counted: list[str] = []
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(one)) for one in connections.all()]
        yield counted
        sent = [query["sql"] for one in captured for query in one]
        counted += [
            sql for sql in sent if not sql.startswith(FREE) and not any(word in sql for word in ASIDE)
        ]


def flush() -> None:
    """Empty what a test committed. The app may not truncate, and the audit refuses everybody: step past both."""
    connections.close_all()
    with database_role(None), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND pg_relation_size(oid) > 0 AND relname NOT LIKE 'django_%%' AND relname NOT LIKE 'auth_%%'"
        )
        tables = [row[0] for row in cursor.fetchall() if row[0] not in state["reference"]]
        if not tables:
            return
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'keep_table'"
        )
        kept = [row[0] for row in cursor.fetchall()]
        for table in kept:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER keep_table")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        for table in kept:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER keep_table")
