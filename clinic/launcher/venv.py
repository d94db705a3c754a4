"""Makes `.venv` and installs what the locks name, once for each version of the locks."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from clinic.launcher import locks, messages
from clinic.launcher.messages import say
from clinic.launcher.places import DATA, PYTHON, ROOT, VENV, write_whole
from clinic.launcher.trouble import Trouble

RUNTIME = ROOT / "requirements.lock"
# Holds what the runtime needs too, in the same versions.
TEST = ROOT / "requirements-test.lock"


def ready(lock: Path) -> None:
    """Make `.venv` hold what the lock names. A half-made one has no mark, and is made again."""
    if is_installed(lock):
        return
    with locks.held(DATA / "venv.lock"):
        if not is_installed(lock):
            if not any(mark(each).is_file() for each in (RUNTIME, TEST)) or not os.access(PYTHON, os.X_OK):
                make()
            install(lock)


def mark(lock: Path) -> Path:
    """The file that is written last, and says which lock is installed."""
    return VENV / f"afterward-{lock.stem}"


def is_installed(lock: Path) -> bool:
    """Whether `.venv` is whole and holds this lock, or the tests' lock, which includes it."""
    return os.access(PYTHON, os.X_OK) and any(
        mark(each).is_file() and mark(each).read_text(encoding="utf-8") == fingerprint(each)
        for each in {lock, TEST}
    )


def fingerprint(lock: Path) -> str:
    """The lock's hash."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def make() -> None:
    """A fresh `.venv` with pip in it."""
    say(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor}")
    if VENV.exists():
        shutil.rmtree(VENV)
    made = run([sys.executable, "-m", "venv", str(VENV)])
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        said = made.stdout + made.stderr
        if "ensurepip" in said:
            raise Trouble(
                "This Python cannot make a .venv: install python3-venv, or name another by PYTHON=."
            )
        raise Trouble(messages.of_output(said) or f"No .venv could be made: {messages.last_line(said)}")


def install(lock: Path) -> None:
    """Install from the lock, checked by hash. Wheels only, so that no compiler is ever needed."""
    say(f"Installing what {lock.name} names")
    words = [
        "install",
        "--quiet",
        "--no-input",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "-r",
        str(lock),
    ]
    done = run([str(PYTHON), "-m", "pip", "--disable-pip-version-check", *words])
    if done.returncode != 0:
        raise Trouble(why_not(done.stdout + done.stderr))
    write_whole(mark(lock), fingerprint(lock))


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run to the end and keep what it says."""
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PIP_USER": "0"}, capture_output=True, text=True, check=False
    )


def why_not(said: str) -> str:
    """One sentence for an installation that failed."""
    if full := messages.of_output(said):
        return full
    errors = [line for line in said.splitlines() if line.startswith("ERROR:")]
    first = errors[0].removeprefix("ERROR:").strip() if errors else messages.last_line(said)
    if "No matching distribution" in said or "from versions" in said:
        return (
            f"A package has no ready-made file for this machine, or no package index answers: {first} "
            "(Python 3.11 to 3.13 on Linux or macOS needs no compiler)"
        )
    if "HASHES" in said or "hash" in first:
        return f"A package differs from the one that the lock names, so nothing was installed: {first}"
    return f"The packages could not be installed: {first}"
