"""`make lint`: style, types, the deployment check, and migrations that are not yet written."""

import os

from clinic.launcher import processes, testing, venv
from clinic.launcher.messages import say
from clinic.launcher.places import PYTHON, ROOT

# A server as it should be deployed, with addresses that lead nowhere: nothing here connects for long.
DEPLOYED = {
    "SITE_URL": "https://afterward.example",
    "ALLOWED_HOSTS": "afterward.example",
    "EMAIL_URL": "smtp://localhost:25",
    "PROXY_HEADERS": "1",
}


def run() -> int:
    """Run every check, and give 1 if any of them found something."""
    venv.ready(venv.TEST)
    with testing.server() as url:
        variables = testing.environment(url) | DEPLOYED | {"DATABASE_ROLE": "app"}
        failed = [name for name, words in checks().items() if not passes(name, words, variables)]
    if failed:
        say(f"Found something to mend: {', '.join(failed)}")
    return 1 if failed else 0


def checks() -> dict[str, list[str]]:
    """Each check and its words."""
    manage = str(ROOT / "manage.py")
    return {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "--diff", "-q", "."],
        "mypy": ["-m", "mypy"],
        "check --deploy": [manage, "check", "--deploy", "--fail-level", "WARNING"],
        "makemigrations --check": [manage, "makemigrations", "--check", "--dry-run"],
    }


def passes(name: str, words: list[str], variables: dict[str, str]) -> bool:
    """Run one check with the terminal."""
    say(name)
    return processes.foreground([str(PYTHON), *words], os.environ | variables, ROOT) == 0
