"""What the launcher says: one line for each step, and one sentence for whatever stops it."""

import errno
import sys
import time

STARTED = time.monotonic()
FULL_DISK = "The disk is full: make room (Afterward needs about 1 GB) and start again."


def say(text: str) -> None:
    """One line with the seconds since the start."""
    sys.stdout.write(f"[{time.monotonic() - STARTED:5.1f} s] {text}\n")
    sys.stdout.flush()


def of_error(error: OSError) -> str:
    """A sentence for a system error: full disk, missing rights, or the system's own words."""
    where = f" at {error.filename}" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FULL_DISK
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"This account may not write{where}: use a clone of your own, or run as the account that owns it."
        )
    return f"{error.strerror or error}{where}."


def of_output(output: str) -> str | None:
    """The sentence for a full disk in a program's output, where it speaks of one."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return FULL_DISK
    return None


def last_line(output: str) -> str:
    """The last line that says something, for a failure nobody foresaw."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
