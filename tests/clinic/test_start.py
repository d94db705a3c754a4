"""What must be set is asked for at the start, in one sentence; health says whether it can serve."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

from clinic import checks
from clinic.environment import VARIABLES, ConfigurationError
from tests import make
from tests.database import database_role

ROOT = Path(__file__).resolve().parents[2]
NEEDED = [name for name, variable in VARIABLES.items() if variable.default is None]


def start(**changes) -> str:
    """What a start says under this environment, with some variables changed; None unsets one."""
    environment = {
        name: value for name, value in {**os.environ, "DEMO": "0", **changes}.items() if value is not None
    }
    words = [sys.executable, "-c", "import clinic.settings"]
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


@pytest.mark.parametrize("name", NEEDED)
def test_the_start_is_refused_without(name):
    assert name in start(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMO", "yes"),
        ("DATABASE_ROLE", "postgres"),
        ("DATABASE_URL", "mysql://x/y"),
        ("EMAIL_URL", "http://x"),
        ("IDLE_MINUTES", "-1"),
    ],
)
def test_a_wrong_value_is_named(name, value):
    assert "ConfigurationError" in start(**{name: value})


def test_a_complete_environment_starts():
    assert start() == ""


@pytest.mark.django_db
def test_the_app_login_may_serve():
    checks.refuse_unsafe_start()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["owner", None])
def test_a_login_that_sees_past_row_security_may_not_serve(role):
    with pytest.raises(ConfigurationError, match="row-level security"), database_role(role):
        checks.refuse_unsafe_start()


@pytest.mark.django_db
def test_the_demo_serves_no_database_that_it_did_not_make(settings):
    settings.DEMO = True
    make.unmark_demo()
    with pytest.raises(ConfigurationError, match="did not make"):
        checks.refuse_unsafe_start()


def test_live_needs_no_database(client):
    assert client.get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_ready_answers_while_the_database_does(client):
    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db
def test_ready_is_503_while_the_database_is_away(client, monkeypatch):
    away = ConnectionHandler({"default": {**connections["default"].settings_dict, "HOST": "/nonexistent"}})
    monkeypatch.setattr("clinic.views.health.connection", away["default"])
    assert client.get("/health/ready").status_code == 503
