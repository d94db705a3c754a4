"""Watches the demo's web server and worker: starts them again when they die, and not for ever."""

import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from clinic.launcher import processes
from clinic.launcher.cluster import Cluster
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

    def __init__(self, environment: Mapping[str, str], logs: Path, cluster: Cluster):
        self.environment, self.logs, self.cluster = dict(environment), logs, cluster
        self.falls: list[float] = []
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
        if self.cluster.server() is None:
            self.falls = recent(self.falls)
            refuse_too_many("PostgreSQL", self.falls, self.cluster.log)
            self.cluster.start()
        for service in self.services:
            if service.process is None or service.process.poll() is None:
                continue
            service.deaths = recent(service.deaths)
            refuse_too_many(service.name, service.deaths, self.logs / f"{service.name}.log")
            processes.stop(service.process)
            self.start(service)

    def watch(self) -> None:
        """Look twice a second until somebody asks to stop."""
        while True:
            self.look()
            time.sleep(0.5)


def recent(deaths: list[float]) -> list[float]:
    """The deaths of the last minute, with one now."""
    now = time.monotonic()
    return [at for at in deaths if now - at < WITHIN_SECONDS] + [now]


def refuse_too_many(name: str, deaths: list[float], log: Path) -> None:
    """Say that it is started again; Trouble where that has not helped."""
    if len(deaths) >= MOST_DEATHS:
        raise Trouble(f"The {name} process keeps ending; its last words are in {log}.")
    say(f"The {name} process ended by itself and is started again; {log} says why.")
