"""From a clone to a running Afterward: environment, PostgreSQL, demo and tests. Standard library only."""

import sys

# Said here, before any newer syntax is read: an old Python would end in a SyntaxError instead.
if sys.version_info < (3, 11):  # noqa: UP036 - the launcher is what tells people that their Python is too old.
    sys.exit("Afterward needs Python 3.11 or later. Name one: make demo PYTHON=python3.11")
