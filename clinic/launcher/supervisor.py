"""Watches the demo's web server and worker: starts them again when they die, and not for ever."""

import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from clinic.launcher import processes
from clinic.launcher.messages import say
from clinic.launcher.places import write_whole
from clinic.launcher.trouble import Trouble

MOST_DEATHS = 5
WITHIN_SECONDS = 60


@dataclass
class Service:
    """One long-running child and the times at which it died."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)


class Supervisor:
    """Holds the services; leaving its block stops them all."""

    def __init__(self, environment: Mapping[str, str], logs: Path):
        self.environment, self.logs = dict(environment), logs
        self.services: list[Service] = []

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for service in self.services:
            if service.process is not None:
                processes.ask_to_stop(service.process)
        for service in self.services:
            if service.process is not None:
                processes.stop(service.process)
            self.note(service).unlink(missing_ok=True)

    def note(self, service: Service) -> Path:
        """The file that names its process, for the next start after a kill."""
        return self.logs / f"{service.name}.pid"

    def start(self, service: Service) -> None:
        """Start a service, and watch it from now on."""
        if service not in self.services:
            self.services.append(service)
            (self.logs / f"{service.name}.log").unlink(missing_ok=True)
        service.process = processes.start(
            service.command, self.environment, self.logs / f"{service.name}.log"
        )
        write_whole(self.note(service), str(service.process.pid))

    def look(self) -> None:
        """Start again what has died; Trouble for what keeps dying."""
        for service in self.services:
            if service.process is None or service.process.poll() is None:
                continue
            now = time.monotonic()
            service.deaths = [at for at in service.deaths if now - at < WITHIN_SECONDS] + [now]
            log = self.logs / f"{service.name}.log"
            if len(service.deaths) >= MOST_DEATHS:
                raise Trouble(f"The {service.name} process keeps ending; its last words are in {log}.")
            say(f"The {service.name} process ended by itself and is started again; {log} says why.")
            processes.stop(service.process)
            self.start(service)

    def watch(self) -> None:
        """Look twice a second until somebody asks to stop."""
        while True:
            self.look()
            time.sleep(0.5)
