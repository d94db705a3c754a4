"""One PostgreSQL cluster in a folder, on a private socket: made, started, repaired and stopped."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from clinic.launcher import binaries, messages, processes, sockets
from clinic.launcher.places import private_folder, write_whole
from clinic.launcher.trouble import Trouble

PRIVATE = """listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
timezone = 'UTC'
"""
DURABLE = ""
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 8


class Cluster:
    """A cluster under `home`. `settings` are lines for its configuration; FAST is for tests alone."""

    def __init__(self, home: Path, settings: str = DURABLE):
        self.home, self.data, self.settings = home, home / "postgres", settings
        self.log = home / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """The folder of its socket."""
        return sockets.folder(self.home)

    def url(self, user: str, database: str = "afterward") -> str:
        """The address for one login."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket), safe='')}"

    def start(self) -> bool:
        """Make it where there is none, and start it where it is not running. Whether this call started it."""
        private_folder(self.home)
        if not (self.data / "whole").exists():
            self._check_foreign()
            self._make()
        self._check_version()
        if self.running():
            return False
        self._end_deaf_server()
        self._configure()
        self._launch()
        return True

    def stop(self) -> None:
        """Stop it, and wait until it has."""
        number = self.server()
        if number is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, last resort
            processes.send(number, how)
            if self._wait(lambda: self.server() != number, SECONDS_TO_STOP):
                sockets.tidy(self.home)
                return

    def delete(self) -> None:
        """Stop it and remove everything it holds."""
        self.stop()
        if self.data.exists():
            shutil.rmtree(self.data)

    def running(self) -> bool:
        """Whether it takes connections; one that is just starting or recovering is waited for."""
        return self.server() is not None and self._wait(self._ready, SECONDS_TO_START)

    def server(self) -> int | None:
        """The process id of its server, where that lives and is this folder's."""
        lines = self._lock_lines()
        if self.process is not None:
            self.process.poll()  # Reaps it, when it was started here and has ended.
        if not lines or not lines[0].strip().isdecimal():
            return None
        number = int(lines[0])
        return number if processes.speaks_of(number, str(self.data)) else None

    def _lock_lines(self) -> list[str]:
        """What the server wrote into its lock file."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _ready(self) -> bool:
        """Whether a living server has written that it takes connections: a killed one's lock still says so."""
        lines = self._lock_lines() if self.server() is not None else []
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _wait(self, met: Callable[[], bool], seconds: int) -> bool:
        """Wait for something, looking often, and no longer once the server is gone."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if met():
                return True
            if self.server() is None and self.process is not None and self.process.returncode is not None:
                return met()
            time.sleep(0.02)
        return False

    def _make(self) -> None:
        """Let initdb fill a fresh folder; a half-made one is thrown away."""
        self.delete()
        private_folder(self.data)
        self._give_away()
        options = [
            "--auth-local=trust",
            "--auth-host=reject",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ]
        if self.settings == FAST:
            options.append("--no-sync")
        answer = binaries.run("initdb", "-D", str(self.data), "-U", "postgres", *options)
        if answer.returncode != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Trouble(said(answer.stderr) or "PostgreSQL's initdb failed.")
        with (self.data / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude 'afterward.conf'\n")
        (self.data / "whole").touch()

    def _check_foreign(self) -> None:
        """Only what an interrupted initdb left is thrown away: a folder once used is never deleted unasked."""
        if (self.data / "base").exists() and (self.data / "afterward.conf").exists():
            raise Trouble(f"{self.data} is damaged: `make demo-reset` starts afresh.")

    def _configure(self) -> None:
        """Written at each start, so that the configuration follows a clone that was moved."""
        write_whole(self.data / "afterward.conf", PRIVATE.format(socket=self.socket) + self.settings)
        sockets.private(self.socket, binaries.account())
        self._give_away()

    def _give_away(self) -> None:
        """Give the files to the account that PostgreSQL runs as, where that is another, and let it pass."""
        if (owner := binaries.account()) in {0, os.geteuid()}:
            return
        self.home.chmod(0o711)
        for path in (self.data, self.socket, self.data / "afterward.conf", self.data / "postgresql.conf"):
            if path.exists():
                os.chown(path, owner, -1)

    def _check_version(self) -> None:
        """A folder of another version cannot be opened: say so in a sentence."""
        there, ours = (self.data / "PG_VERSION").read_text().strip(), str(binaries.major_version())
        if there != ours:
            raise Trouble(
                f"The data in {self.data} were made by PostgreSQL {there}, and this is {ours}: "
                "`make demo-reset` starts afresh, or run the version that made them."
            )

    def _launch(self) -> None:
        """Start the server and wait for it; the last processes of a killed one may need a moment to end."""
        for _attempt in range(5):
            with self.log.open("wb") as log:
                self.process = subprocess.Popen(
                    binaries.command("postgres", "-D", str(self.data)),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    env=binaries.plain_environment(),
                    start_new_session=True,
                )
            if self._wait(self._ready, SECONDS_TO_START):
                return
            self.stop()
            if "shared memory block" not in self.log.read_text(errors="replace"):
                break
            time.sleep(1)
        raise Trouble(
            said(self.log.read_text(errors="replace")) or f"PostgreSQL did not start; {self.log} says why."
        )

    def _end_deaf_server(self) -> None:
        """Stop a server that does not answer, and clear a lock that another process's number keeps alive."""
        self.stop()
        lines = self._lock_lines()
        if not lines or not lines[0].strip().isdecimal():
            return
        number = int(lines[0])
        if "postgres" in processes.command_line(number):
            raise Trouble(f"PostgreSQL process {number} holds {self.data}: stop it first.")
        # PostgreSQL itself steps over the lock of a process that is gone. A number that another process has got, or
        # that nobody has reaped, it takes for a server: clear that, once the dead server's last processes have left.
        self._wait(lambda: not processes.working_in(self.data), SECONDS_TO_STOP)
        if processes.exists(number):
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket / f"{sockets.SOCKET_NAME}.lock").unlink(missing_ok=True)


def said(text: str) -> str:
    """What PostgreSQL said, as one sentence that says what to do."""
    if full := messages.of_output(text):
        return full
    lines = [line for line in text.splitlines() if "FATAL:" in line or "error:" in line]
    last = lines[-1].split("FATAL:")[-1].split("error:")[-1].strip() if lines else ""
    return f"PostgreSQL did not start: {last.rstrip('.')}." if last else ""
