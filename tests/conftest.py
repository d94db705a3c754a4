"""The cast and its stage: who acts in tests, and the database under its real logins."""

import os
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.test import Client, TransactionTestCase, override_settings

from clinic.permissions import Role
from clinic.rows import rows_of
from tests import database, make
from tests.world import world

CI = os.environ.get("CI") == "true"
DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
# Tests read the static files where they lie; the hashed names of production need a collectstatic first.
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def find_chromium() -> str | None:
    """The system's Chromium, or None."""
    return (
        os.environ.get("AFTERWARD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


def pytest_collection_modifyitems(items) -> None:
    """Browser and published-data tests are skipped in one line where they cannot run; CI runs them all."""
    lacks = {
        "browser": (find_chromium() is None, "no Chromium: `apt-get install chromium` on Debian"),
        "data": (not DATA.is_dir(), "the published data are not beside the project"),
    }
    for item in items:
        for name, (missing, reason) in lacks.items():
            if missing and item.get_closest_marker(name):
                if CI:
                    raise pytest.UsageError(f"CI needs everything: {reason}")
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Make and migrate the database as its owner, on a superuser's connection."""
    user = os.environ.get("DATABASE_SUPERUSER", "postgres")
    for alias in connections:
        connections[alias].settings_dict.update({"USER": user, "CONN_MAX_AGE": 0})
    connection_created.connect(database.take_role, weak=False, dispatch_uid="tests.role")
    database.state["setting_up"] = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """From here on every connection has its login's rights."""
    database.state["setting_up"] = False
    TransactionTestCase._fixture_teardown = lambda self: database.flush()
    with django_db_blocker.unblock():
        connections.close_all()
        with database.database_role(None), connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) > 0"
                " AND relnamespace = 'public'::regnamespace"
            )
            database.state["reference"] = {row[0] for row in cursor.fetchall()}
        connections.close_all()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [connection.settings_dict["NAME"]],
            )


@pytest.fixture(autouse=True)
def calm_cache(request):
    """Rate limits of one test do not reach the next: their keys go with the test's transaction, or here."""
    settings.RATE_LIMIT_PREFIX = request.node.name


@pytest.fixture
def logins(db):
    """Every other alias sees the test's rows, each under its own login."""
    with (
        database.shared("accounts"),
        database.shared("research"),
        database.shared("auditor"),
        database.shared("checkin"),
    ):
        yield


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Harbour and Hill with everybody in them, made once for the tests of a file, which each begin with them as new."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), database.standing():
        yield {slug: world(slug, settings) for slug in ("harbour", "hill")}


@pytest.fixture
def harbour(stage, settings, db):
    """All of Harbour: somebody in every role, one row of each kind."""
    settings.DEMO = True
    return deepcopy(stage["harbour"])


@pytest.fixture
def hill(stage, settings, db):
    """All of Hill."""
    settings.DEMO = True
    return deepcopy(stage["hill"])


@pytest.fixture
def site(db):
    """Harbour."""
    return make.site("harbour", "Harbour")


@pytest.fixture
def elsewhere(db):
    """Hill, the other site."""
    return make.site("hill", "Hill")


def person(role: Role):
    """A fixture: somebody who holds one role at Harbour."""

    def fixture(site):
        return make.user(f"{role}@harbour.example", role, site)

    return pytest.fixture(fixture, name=str(role.value))


therapist, physician, rater, pharmacist = (
    person(role) for role in (Role.THERAPIST, Role.PHYSICIAN, Role.RATER, Role.PHARMACIST)
)
coordinator, administrator, auditor = (
    person(role) for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR)
)
scheduler, privacy, lead = (person(role) for role in (Role.SCHEDULER, Role.PRIVACY, Role.LEAD))


@pytest.fixture
def therapist_elsewhere(elsewhere):
    """The stranger."""
    return make.user("therapist@hill.example", Role.THERAPIST, elsewhere)


@pytest.fixture
def programme(site):
    """A programme at Harbour."""
    return make.programme(site)


@pytest.fixture
def participant(site, therapist):
    """A person at Harbour with an identity."""
    return make.participant(site, by=therapist)


@pytest.fixture
def enrolment(participant, programme, therapist):
    """That person's enrolment."""
    return make.enrolment(participant, programme, by=therapist)


@pytest.fixture
def client_of():
    """A browser that is signed in, second factor and all."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 1}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return signed_in


@pytest.fixture
def rows(site):
    """Look at Harbour's rows as the app does."""
    with rows_of([site.pk]):
        yield
