"""The web server is killed while the API writes; `make drills` kills the database and the rest of it as well."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from clinic.launcher.processes import end_group
from clinic.roles import ROLES
from clinic.services.accounts import issue_token
from tests.writers import DIRECT, Api, Writers, check_writes

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "accounts"])


def address() -> str:
    """The test's database under the app's own login."""
    named = connection.settings_dict
    port = f"&port={named['PORT']}" if named["PORT"] else ""
    return f"postgresql://{ROLES['app']}@/{named['NAME']}?host={quote(named['HOST'], safe='')}{port}"


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_live(port: int) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + 30
    while True:
        try:
            return DIRECT.open(f"http://127.0.0.1:{port}/health/live", timeout=5).close()
        except OSError:
            assert time.monotonic() < until, "the web server did not start"
            time.sleep(0.05)


def kill(web: subprocess.Popen) -> None:
    """SIGKILL for the server and its processes."""
    end_group(web.pid, signal.SIGKILL)
    web.wait()


@contextmanager
def server(port: int):
    """The real web server on the test's database; killed with all its processes when the block is left."""
    words = ["-m", "gunicorn", "clinic.wsgi", "--worker-class", "gthread", "--threads", "4"]
    web = subprocess.Popen(
        [sys.executable, *words, "--no-control-socket", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address()},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_live(port)
        yield web
    finally:
        kill(web)


def test_no_write_is_lost_or_doubled_when_the_web_server_dies(session, therapist):
    port = free_port()
    api = Api(port, issue_token(by="tests", user=therapist, days=1))
    with server(port) as web, Writers(api, str(session.pk), threads=3) as writers:
        writers.wait_for(20)
        kill(web)
    with server(port):
        check_writes(writers, before=Counter())
