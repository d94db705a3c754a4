"""`make demo`: from a clone to a page, and back to nothing running."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from clinic.launcher import local, locks, messages, processes, venv
from clinic.launcher.messages import say
from clinic.launcher.places import DATA, PYTHON, ROOT, private_folder
from clinic.launcher.supervisor import Service, Supervisor
from clinic.launcher.trouble import Trouble

ACCOUNTS = [
    f"{role}@harbour.example"
    for role in ("therapist", "physician", "rater", "pharmacist", "coordinator", "administrator", "auditor")
] + ["therapist@hill.example", "physician@hill.example"]
LOGS = DATA / "logs"
SECONDS_TO_READY = 60


def port_of(environment: dict[str, str]) -> int:
    """The port that PORT names, 8000 unless said otherwise."""
    text = environment.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def check_port(port: int, patience: float = 0) -> None:
    """Refuse a port that cannot be had, before anything is done. Waits so many seconds for it to be let go."""
    until = time.monotonic() + patience
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                return probe.bind(("127.0.0.1", port))
            except OSError as error:
                why = "is reserved for root" if isinstance(error, PermissionError) else "is in use"
        if time.monotonic() > until:
            raise Trouble(f"Port {port} {why}: choose another, such as `make demo PORT={port % 60000 + 80}`.")
        time.sleep(0.1)


def run(*, afresh: bool = False) -> None:
    """Start the demo, watch it, and stop it whole. `afresh` removes the former demo's data first."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble("The demo runs on its own database only: unset DATABASE_URL and start again.")
    port = port_of(dict(os.environ))
    with locks.held(DATA / "demo.lock", trouble="The demo already runs in this clone: stop that one first."):
        # The processes of a killed web server let go of its port within some seconds.
        check_port(port, patience=15 if clear_former_run() else 0)
        venv.ready(venv.RUNTIME)
        if afresh:
            remove_data()
        say("Starting PostgreSQL")
        # The keys come before the data: keys made later could not open them.
        environment = os.environ | {"SITE_URL": f"http://127.0.0.1:{port}"} | local.local_environment()
        with local.running():
            serve(port, environment)


def clear_former_run() -> bool:
    """End the web server and the worker of a demo that was killed. Whether there was such a demo."""
    notes = [LOGS / f"{name}.pid" for name in ("web", "worker")]
    left = [note for note in notes if note.is_file()]
    for note in left:
        if processes.end_noted(note, str(ROOT)):
            say(f"Ended the {note.stem} process that a former run had left")
        note.unlink()
    return bool(left)


def remove_data() -> None:
    """Remove all that the demo made. The tests' data stay, and so do the locks that are being held."""
    with locks.held(DATA / "gate.lock"):
        if not locks.is_free(DATA / "users.lock"):
            raise Trouble("A manage.py command of this clone still runs: end it first.")
        local.cluster().delete()
        for path in DATA.iterdir():
            if path.is_dir() and path.name != "test":
                shutil.rmtree(path)
            elif path.is_file() and path.suffix != ".lock":
                path.unlink()
    say("Removed the former demo's data")


def serve(port: int, environment: dict[str, str]) -> None:
    """Migrate, load, serve and watch until somebody asks to stop."""
    private_folder(LOGS)
    private_folder(DATA / "static")
    say("Preparing the tables")
    command("migrate", environment)
    say("Starting the web server, and loading the demo clinic where it is not loaded")
    with Supervisor(environment, LOGS, local.cluster()) as supervisor:
        supervisor.start(web(port))
        command("seed_demo", environment)
        supervisor.start(Service("worker", [str(PYTHON), str(ROOT / "manage.py"), "procrastinate", "worker"]))
        wait_until_ready(port, supervisor)
        announce(port)
        supervisor.watch()


def command(name: str, environment: dict[str, str]) -> None:
    """Run one manage.py command; its words go to a log, its failure ends the start."""
    words = [str(PYTHON), str(ROOT / "manage.py"), name, *(["--noinput"] if name == "migrate" else [])]
    log = LOGS / f"{name}.log"
    with log.open("wb") as file:
        child = subprocess.Popen(
            words,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=processes.end_with_parent,
        )
        try:
            child.wait()
        finally:
            processes.stop(child)
    if child.returncode != 0:
        said = log.read_text(encoding="utf-8", errors="replace")
        full = messages.of_output(said)
        raise Trouble(full or f"`manage.py {name}` failed: {messages.last_line(said)} (more in {log})")


def web(port: int) -> Service:
    """gunicorn with threads: two processes of four, as two cores bear."""
    words = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{port}"]
    # Its control socket would lie in the home folder, and two clones would fight for it.
    words += ["--no-control-socket", "--graceful-timeout", "5", "--name", "afterward"]
    return Service("web", [str(PYTHON), "-m", "gunicorn", "clinic.wsgi", "--chdir", str(ROOT), *words])


def wait_until_ready(port: int, supervisor: Supervisor) -> None:
    """Wait until a page can be had."""
    until = time.monotonic() + SECONDS_TO_READY
    while not is_ready(port):
        supervisor.look()
        if time.monotonic() > until:
            raise Trouble(
                f"The web server did not become ready within {SECONDS_TO_READY} s: see {LOGS / 'web.log'}."
            )
        time.sleep(0.1)


def is_ready(port: int) -> bool:
    """Whether the web server says that it and the database are up."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return isinstance(json.load(answer), dict)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def announce(port: int) -> None:
    """The lines that people wait for."""
    say("Everything is up")
    accounts = "\n".join(f"  {account}" for account in ACCOUNTS)
    sys.stdout.write(
        f"\nAfterward is ready at http://127.0.0.1:{port}\n\n"
        f"Sign in with the password afterward-demo as\n{accounts}\n\n"
        "Ctrl-C stops it. `make demo` goes on with the same data, `make demo-reset` starts afresh.\n\n"
    )
    sys.stdout.flush()
