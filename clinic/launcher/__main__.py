"""`python3 -m clinic.launcher COMMAND`: what the Makefile calls."""

import os
import sys

from clinic.launcher import benchmarks, demo, linting, messages, processes, signals, testing, trying
from clinic.launcher.trouble import Trouble

COMMANDS = {
    "demo": lambda words: demo.run(),
    "demo-reset": lambda words: demo.run(afresh=True),
    "test": testing.run,
    "drills": testing.drills,
    "lint": lambda words: linting.run(),
    "try": trying.run,
    "bench": lambda words: benchmarks.run(words),
}


def main(words: list[str]) -> int:
    """Run one command; gives the exit code. Whatever stops it is one sentence."""
    if not words or words[0] not in COMMANDS:
        sys.stderr.write(f"Commands: {', '.join(COMMANDS)}\n")
        return 2
    if os.environ.pop("AFTERWARD_UNDER_MAKE", ""):
        # `make` killed is the demo killed: nobody would be there to stop it.
        processes.end_with_parent()
    signals.listen()
    try:
        return COMMANDS[words[0]](words[1:]) or 0
    except signals.Stopped as asked:
        messages.say("Stopped.")
        return 0 if words[0].startswith("demo") else 128 + asked.number
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
    except OSError as error:
        sys.stderr.write(f"{messages.of_error(error)}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
