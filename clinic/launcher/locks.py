"""Locks between processes of one clone. The system frees them when a process dies, however it dies."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from clinic.launcher.places import private_folder
from clinic.launcher.trouble import Trouble


@contextmanager
def held(path: Path, *, shared: bool = False, trouble: str = "") -> Iterator[int]:
    """Hold the lock inside the block. Waits for it; with `trouble` raises that instead of waiting."""
    private_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, kind | (fcntl.LOCK_NB if trouble else 0))
        except BlockingIOError:
            raise Trouble(trouble) from None
        yield descriptor
    finally:
        os.close(descriptor)


def is_free(path: Path) -> bool:
    """Whether no process holds the lock, shared or not."""
    try:
        with held(path, trouble="held"):
            return True
    except Trouble:
        return False


@contextmanager
def shared_service(
    folder: Path, *, start: Callable[[], object], stop: Callable[[], object]
) -> Iterator[None]:
    """Start a service for the first of its users and stop it after the last, whoever that is."""
    gate, users = folder / "gate.lock", folder / "users.lock"
    counted = ExitStack()
    with counted, held(gate):
        counted.enter_context(held(users, shared=True))
        start()
        counted = counted.pop_all()  # From here on the user counts until the block ends.
    try:
        yield
    finally:
        with held(gate):
            counted.close()
            if is_free(users):
                stop()
