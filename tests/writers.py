"""Threads that write through the API, and remember what was sent and what was answered 201."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from datetime import UTC, datetime

from tests.make import new_id

KINDS = ("notes", "vitals")
MOST = 500  # writes of one thread
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Api:
    """The API at a port of this machine, under a bearer token."""

    def __init__(self, port: int, token: str):
        self.address, self.token = f"http://127.0.0.1:{port}", token

    def call(self, url: str, body: dict | None = None) -> tuple[int, dict]:
        """Status and answer; status 0 where the server went away before it answered."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            # The address begins with http: it is our own.
            with DIRECT.open(urllib.request.Request(url, data, headers), timeout=20) as answer:  # noqa: S310
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, {}
        except (OSError, http.client.HTTPException):
            return 0, {}

    def post(self, path: str, body: dict) -> int:
        """Send a write; its status."""
        return self.call(self.address + path, body)[0]

    def rows(self, path: str) -> list[dict]:
        """All the rows of a list, page after page."""
        found, url = [], f"{self.address}{path}?limit=200"
        while url:
            status, page = self.call(url)
            assert status == 200, (url, status)
            found += page["results"]
            url = page["next"]
        return found

    def entries(self, session: str) -> Counter:
        """How often each note and reading of a session is there."""
        return Counter(row["id"] for kind in KINDS for row in self.rows(path_of(session, kind)))


def path_of(session: str, kind: str) -> str:
    """Where one kind of entry of a session is listed and added."""
    return f"/api/v1/sessions/{session}/{kind}/"


def body_of(kind: str, number: int) -> dict:
    """A note or a reading, with an id of its own."""
    what = {"text": f"Note {number}"} if kind == "notes" else {"pulse_bpm": 60 + number % 60}
    return {"id": new_id(), "occurred_at": datetime.now(UTC).isoformat(), **what}


class Writers:
    """Some threads that write one entry after another until one is not answered, or until the block is left."""

    def __init__(self, api: Api, session: str, threads: int):
        self.api, self.session = api, session
        self.sent: list[tuple[str, dict]] = []
        self.answered: list[str] = []
        self.left = threading.Event()
        self.threads = [threading.Thread(target=self.write, daemon=True) for _ in range(threads)]

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.left.set()
        for thread in self.threads:
            thread.join(60)

    def write(self) -> None:
        """One thread's work."""
        for number in range(MOST):
            if self.left.is_set():
                return
            kind = KINDS[number % len(KINDS)]
            path, body = path_of(self.session, kind), body_of(kind, number)
            self.sent.append((path, body))
            if self.api.post(path, body) != 201:
                return
            self.answered.append(body["id"])

    def wait_for(self, answers: int, seconds: float = 60) -> None:
        """Wait until so many writes were answered."""
        until = time.monotonic() + seconds
        while len(self.answered) < answers:
            assert time.monotonic() < until, f"{len(self.answered)} writes were answered in {seconds} s"
            time.sleep(0.005)

    def send_again(self) -> set[int]:
        """Send everything again, answered or not, with the same ids and bodies; the statuses."""
        return {self.api.post(path, body) for path, body in self.sent}


def check_writes(writers: Writers, before: Counter) -> None:
    """After a death: what was answered is there once, and all of it may be sent again and is there once."""
    there = writers.api.entries(writers.session)
    assert len(writers.answered) < len(writers.sent), "the kill came when nothing was on its way"
    assert [there[id] for id in writers.answered] == [1] * len(writers.answered)
    assert writers.send_again() == {201}
    assert writers.api.entries(writers.session) == before + Counter(body["id"] for _, body in writers.sent)
