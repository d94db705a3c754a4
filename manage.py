#!/usr/bin/env python3
"""Runs the project's commands: `python3 manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run one command against the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    # Tables belong to the owner; every other command works with the app's narrow rights.
    if sys.argv[1:2] == ["migrate"]:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
