"""A copy of this project in a folder of its own, with a demo that may be killed."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from clinic.launcher.processes import send, working_in

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".data", ".*_cache", ".hypothesis", "__pycache__")
SECONDS = 180


class Clone:
    """A copy of the project that shares this clone's .venv and nothing else."""

    def __init__(self, folder: Path, data: Path | None = None):
        shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
        if data is not None:
            shutil.copytree(data, folder / ".data")
        (folder / ".venv").symlink_to(Path(sys.prefix))
        self.folder, self.demos = folder, []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        named = {"DATABASE_URL", "SECRET_KEY", "KEY_FILE", "DEMO", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL"}
        bare = {name: value for name, value in os.environ.items() if name not in named}
        self.environment = bare | {"PORT": str(self.port)}

    def launch(self, *words: str) -> subprocess.Popen[str]:
        """Start a launcher command and come back at once."""
        command = [sys.executable, "-m", "clinic.launcher", *words]
        demo = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            text=True,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.demos.append(demo)
        return demo

    def demo(self) -> subprocess.Popen[str]:
        """Start the demo and wait until it says that it is ready."""
        demo = self.launch("demo")
        read_until(demo, rf"Afterward is ready at http://127.0.0.1:{self.port}\n")
        return demo

    def refusal(self, *words: str) -> str:
        """What a launcher command says that cannot go on; its exit code is 1."""
        demo = self.launch(*words)
        said, _ = demo.communicate(timeout=SECONDS)
        assert demo.returncode == 1
        assert "Traceback" not in said
        return said.strip().splitlines()[-1]

    def manage(self, *words: str) -> str:
        """Run a manage.py command and give what it says."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        return done.stdout

    def number(self, name: str) -> int:
        """The process id of web, worker or postgres."""
        file = "postgres/postmaster.pid" if name == "postgres" else f"logs/{name}.pid"
        return int((self.folder / ".data" / file).read_text().split()[0])

    def processes(self) -> dict[int, str]:
        """The processes of this clone that still live, by number, with their command lines."""
        found = {}
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(self.folder) in line:
                found[int(file.parent.name)] = line
        return found

    def kill(self) -> None:
        """SIGKILL for all of it in one breath: launcher, web, worker, and each process of PostgreSQL."""
        launchers = [demo.pid for demo in self.demos if demo.poll() is None]
        # A backend's command line names its client; what it works in names the clone.
        backends = working_in(self.folder / ".data" / "postgres")
        for number in (*launchers, *self.processes(), *backends):
            send(number, signal.SIGKILL)
        for demo in self.demos:
            demo.wait(60)

    def quiet(self) -> bool:
        """Whether all processes of this clone end within some seconds."""
        until = time.monotonic() + 15
        while self.processes() and time.monotonic() < until:
            time.sleep(0.1)
        return not self.processes()


def read_until(demo: subprocess.Popen[str], pattern: str) -> str:
    """Read what a demo says up to a line; fails where it ends before."""
    said = ""
    for line in demo.stdout:
        said += line
        if re.search(pattern, line):
            return said
    raise AssertionError(f"it ended before it said {pattern}: {said}")


def end(clone: Clone) -> None:
    """Leave nothing running, whatever the drill did."""
    for demo in clone.demos:
        if demo.poll() is None:
            demo.send_signal(signal.SIGTERM)
            demo.wait(60)
        demo.stdout.close()
    subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=clone.folder, env=clone.environment, check=False
    )
