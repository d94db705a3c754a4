"""`make test` and `make drills`: the suite on a PostgreSQL of its own, or on a server that is named."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from clinic.launcher import binaries, locks, processes, venv
from clinic.launcher.cluster import FAST, Cluster
from clinic.launcher.keys import key_file, secret_key
from clinic.launcher.messages import say
from clinic.launcher.places import DATA, PYTHON, ROOT, private_folder
from clinic.launcher.server import make_roles
from clinic.launcher.trouble import Trouble

TEST_DATA = DATA / "test"
# pytest and a test add some sixty bytes, and the path of a socket may have a hundred.
LONGEST_TEMPORARY = 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(words: list[str]) -> int:
    """Run pytest with these words; gives its exit code."""
    venv.ready(venv.TEST)
    # The demo gathers its files here; that they are not gathered yet is no news to a test.
    private_folder(DATA / "static")
    if not os.environ.get("AFTERWARD_CHROMIUM") and not any(map(shutil.which, BROWSERS)):
        say("No Chromium, so the browser tests are skipped: `apt-get install chromium` brings it on Debian.")
    with server() as url:
        return pytest(
            ["-n", os.environ.get("WORKERS") or "2", "--dist", "loadfile", *words], environment(url)
        )


def drills(words: list[str]) -> int:
    """Run the failure drills. Each starts a demo of its own, so they need no server here and take turns."""
    venv.ready(venv.TEST)
    return pytest(["tests/drills", *words], environment("postgresql://nobody@/none?host=/nonexistent"))


@contextmanager
def server() -> Iterator[str]:
    """The superuser's address of the server for this run."""
    if named := os.environ.get("DATABASE_URL"):
        make_roles_on(named)
        yield named
        return
    cluster = Cluster(TEST_DATA / f"postgres-{binaries.major_version()}", FAST)

    def start() -> None:
        cluster.start()
        make_roles(cluster)

    say(f"Starting PostgreSQL {binaries.major_version()} for the tests")
    with locks.shared_service(cluster.home, start=start, stop=cluster.stop):
        yield cluster.url("postgres", "postgres")


def make_roles_on(url: str) -> None:
    """Make the logins on a server that is named. Its superuser must be the one named."""
    say("Making the logins on the server that DATABASE_URL names")
    code, said = processes.finish(
        [str(PYTHON), "-m", "clinic.launcher.named_server"], os.environ | {"DATABASE_URL": url}, ROOT
    )
    if code != 0:
        raise Trouble(said or "The server that DATABASE_URL names could not be used.")


def environment(url: str) -> dict[str, str]:
    """The variables under which tests run: throw-away secrets, and nothing of the caller's demo."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL_")}
    named = urlsplit(url)
    # Only the login that is named has a password in the address; the tests take the others from it.
    password = {"PGPASSWORD": unquote(named.password)} if named.password else {}
    return (
        bare
        | password
        | {
            "DEMO": "0",
            "DATABASE_SUPERUSER": unquote(named.username or "postgres"),
            "DATABASE_URL": url,
            "SECRET_KEY": secret_key(TEST_DATA),
            "KEY_FILE": str(key_file(TEST_DATA, data=TEST_DATA / "none")),
            "SITE_URL": "http://testserver",
            "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
            "EMAIL_URL": "smtp://localhost:25",
        }
    )


def pytest(words: list[str], variables: dict[str, str]) -> int:
    """Run pytest in the foreground, in a temporary folder of this run alone.

    By itself pytest shares one for all runs of an account and removes all but the newest three: under the hands of
    a run that still works.
    """
    place = tempfile.gettempdir()
    if len(os.fsencode(place)) > LONGEST_TEMPORARY:
        place = "/tmp"  # noqa: S108 - the folder in it gets a random name and is closed to others.
    with tempfile.TemporaryDirectory(prefix="aw-", dir=place, ignore_cleanup_errors=True) as folder:
        base = f"--basetemp={folder}/t"
        return processes.foreground([str(PYTHON), "-m", "pytest", base, *words], variables, ROOT)
