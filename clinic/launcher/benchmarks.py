"""`make bench`: runs each benchmark of the folder in turn."""

from clinic.launcher import processes, testing, venv
from clinic.launcher.messages import say
from clinic.launcher.places import PYTHON, ROOT


def run(words: list[str]) -> int:
    """Run every benchmarks/*.py; gives 1 if one of them missed its limit."""
    files = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if not path.name.startswith("_"))
    if not files:
        say("There are no benchmarks yet: each will be one file in benchmarks/.")
        return 0
    venv.ready(venv.TEST)
    with testing.server() as url:
        variables = testing.environment(url)
        codes = [processes.foreground([str(PYTHON), str(file), *words], variables, ROOT) for file in files]
    return int(any(codes))
