"""The clone's own database for `manage.py`: found, started where needed, never in the way of a named one."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from types import FrameType

from clinic.launcher.cluster import Cluster
from clinic.launcher.keys import make_secrets
from clinic.launcher.locks import shared_service
from clinic.launcher.places import DATA
from clinic.launcher.server import make_database
from clinic.launcher.trouble import Trouble
from clinic.roles import ROLES

# These commands touch no row: they need an address, not a server.
WITHOUT_DATABASE = {
    *("help", "version", "collectstatic", "compilemessages", "makemessages", "diffsettings"),
    *("new_instrument", "release_instruments", "try_instrument"),
}


@cache
def cluster() -> Cluster:
    """The demo's cluster: one for this process, because a killed server is waited for by whoever started it."""
    return Cluster(DATA)


def local_database_url() -> str:
    """The app's address of the clone's database. Raises Trouble where no demo has made one."""
    if not (DATA / "postgres").exists():
        raise Trouble(
            "DATABASE_URL is not set, and there is no demo database here: name one, or `make demo`."
        )
    return cluster().url(ROLES["app"])


def local_environment() -> dict[str, str]:
    """The variables with which the demo's processes run."""
    return {"DEMO": "1", "DATABASE_URL": cluster().url(ROLES["app"]), **make_secrets(DATA)}


def is_local() -> bool:
    """Whether the environment names no database and no secret, so that the clone's demo is meant."""
    named = any(os.environ.get(name) for name in ("DATABASE_URL", "SECRET_KEY", "KEY_FILE"))
    return not named and os.environ.get("DEMO", "1") == "1"


def running() -> AbstractContextManager[None]:
    """The demo's server, up inside the block. The last process of this clone that uses it stops it."""
    ours = cluster()

    def start() -> None:
        ours.start()
        make_database(ours)

    return shared_service(DATA, start=start, stop=ours.stop)


@contextmanager
def ensure_running() -> Iterator[None]:
    """Inside the block a command has its database: the one that is named, or the clone's own."""
    if not is_local():
        yield
        return
    os.environ.update(local_environment())
    if len(sys.argv) < 2 or sys.argv[1] in WITHOUT_DATABASE or {"--help", "-h", "--version"} & set(sys.argv):
        yield
        return
    if threading.current_thread() is threading.main_thread():
        # Without this a polite end would leave the server running.
        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGHUP, leave)
    with running():
        yield


def leave(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an ordinary exit, so that what was opened is closed."""
    sys.exit(128 + number)
