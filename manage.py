#!/usr/bin/env python3
"""Runs the project's commands: `python3 manage.py help` lists them."""

import os
import sys
from importlib.util import find_spec

from clinic.environment import ConfigurationError
from clinic.launcher.local import ensure_running
from clinic.launcher.places import PYTHON
from clinic.launcher.trouble import Trouble


def main() -> None:
    """Run one command against the database that the environment names, or against the clone's own."""
    if find_spec("django") is None:
        enter_venv()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    # Tables belong to the owner; every other command works with the app's narrow rights.
    if sys.argv[1:2] == ["migrate"]:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    # Not at the top: only here is it certain that Django is installed.
    from django.core.management import execute_from_command_line

    try:
        with ensure_running():
            execute_from_command_line(sys.argv)
    except (Trouble, ConfigurationError) as error:
        sys.exit(str(error))


def enter_venv() -> None:
    """Go on in the clone's .venv, where everything is installed."""
    if not PYTHON.exists():
        sys.exit("Django is not installed here: run `make demo` once, which makes .venv.")
    os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606 - our own interpreter.


if __name__ == "__main__":
    main()
