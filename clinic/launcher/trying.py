"""`make try INSTRUMENT=id`: one instrument's form, without the demo and its database."""

import os

from clinic.launcher import demo, processes, venv
from clinic.launcher.places import PYTHON, ROOT
from clinic.launcher.trouble import Trouble


def run(words: list[str]) -> int:
    """Serve the form until Ctrl-C; gives the exit code."""
    if not words:
        raise Trouble("Which instrument? `make try INSTRUMENT=phq9` shows the form of the PHQ-9.")
    venv.ready(venv.RUNTIME)
    port = str(demo.port_of(dict(os.environ)))
    return processes.foreground(
        [str(PYTHON), str(ROOT / "manage.py"), "try_instrument", words[0], "--port", port],
        dict(os.environ),
        ROOT,
    )
