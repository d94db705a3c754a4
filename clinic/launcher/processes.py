"""Starts processes that do not outlive the launcher, and tells our own from strangers."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
C_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


def start(words: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, which the system ends when the launcher is killed."""
    with log.open("ab") as file:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env=environment,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )


def end_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent dies. Elsewhere the next start ends what was left."""
    if C_LIBRARY is not None:
        C_LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def command_line(number: int) -> str:
    """The command line of a process; empty where it has ended or is nobody's to read."""
    path = Path(f"/proc/{number}/cmdline")
    if path.parent.parent.joinpath("self").exists():
        try:
            return path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    answer = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def exists(number: int) -> bool:
    """Whether the system knows the number, be it of a process that has ended and was not reaped."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def working_in(folder: Path) -> list[int]:
    """The processes whose working folder this is, where the system tells (Linux)."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink() == folder:
                found.append(int(link.parent.name))
    return found


def speaks_of(number: int, *words: str) -> bool:
    """Whether the process lives and its command line holds all the words."""
    line = command_line(number)
    return bool(line) and all(word in line for word in words)


def send(number: int, how: signal.Signals) -> None:
    """Send a signal; a process that has just ended is no trouble."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, how)


def end_group(number: int, how: signal.Signals) -> None:
    """Send a signal to a child and to all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, how)


def end_stranded(number: int, *words: str, seconds: float = 5) -> bool:
    """End a process that a killed launcher left, if it is still the one meant. Whether there was one."""
    if not speaks_of(number, *words):
        return False
    end_group(number, signal.SIGTERM)
    until = time.monotonic() + seconds
    while speaks_of(number, *words) and time.monotonic() < until:
        time.sleep(0.05)
    if speaks_of(number, *words):
        end_group(number, signal.SIGKILL)
    return True


def end_noted(note: Path, *words: str) -> bool:
    """End the process that a note names, if it is still the one meant. Whether there was one."""
    text = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
    return text.isdecimal() and end_stranded(int(text), *words)


def ask_to_stop(child: subprocess.Popen[bytes]) -> None:
    """Ask a child to end, without waiting. It passes that on: its workers may finish their requests."""
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)


def stop(child: subprocess.Popen[bytes], seconds: float = 8) -> None:
    """End a child, politely at first, and then all that it started."""
    ask_to_stop(child)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        end_group(child.pid, signal.SIGKILL)
        child.wait()
    end_group(child.pid, signal.SIGKILL)


def finish(words: list[str], environment: dict[str, str], folder: Path) -> tuple[int, str]:
    """Run to the end; gives the exit code and the last line said."""
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).strip().splitlines()
    return done.returncode, lines[-1] if lines else ""


def foreground(words: list[str], environment: dict[str, str], folder: Path) -> int:
    """Run with the terminal, so that Ctrl-C reaches it; whatever happens it has ended when this returns."""
    child = subprocess.Popen(words, cwd=folder, env=environment, preexec_fn=end_with_parent)
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
