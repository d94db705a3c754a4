"""Chooses the private folder of PostgreSQL's socket: the system refuses paths over some hundred bytes."""

import hashlib
import os
import stat
from pathlib import Path

from clinic.launcher.places import private_folder
from clinic.launcher.trouble import Trouble

# Linux allows 107 bytes, macOS 103.
LONGEST = 100
SOCKET_NAME = ".s.PGSQL.5432"
# In PostgreSQL's setting these separate or quote folders, or ask for another kind of socket.
UNFIT = set(",\"'@\\\n")


def folder(data: Path) -> Path:
    """The socket folder of a data folder: inside it where the path fits, else a short one of its name."""
    inside = data / "socket"
    if fits(inside):
        return inside
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/tmp") / f"afterward-{os.geteuid()}-{name}"  # noqa: S108 - private() refuses a foreign folder.


def tidy(data: Path) -> None:
    """Remove a short folder that is no longer needed; one inside the data folder stays."""
    short = folder(data)
    if short.parent != data and short.is_dir() and not any(short.iterdir()):
        short.rmdir()


def fits(path: Path) -> bool:
    """Whether a socket in this folder has a path that the system and PostgreSQL take."""
    return len(os.fsencode(path / SOCKET_NAME)) <= LONGEST and not UNFIT & set(str(path))


def private(path: Path, owner: int) -> Path:
    """The folder, made, and closed to others. Anyone may write to /tmp: Trouble where it is somebody else's."""
    private_folder(path)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), owner} or found.st_mode & 0o077:
        raise Trouble(
            f"{path} is not this account's own folder: remove it, or move the clone to a shorter path."
        )
    return path
