"""Secrets of the demo and the tests: a signing key and a key file, each clone's own and throw-away."""

import base64
import secrets
import string
from pathlib import Path

from clinic.launcher.places import private_folder, write_whole
from clinic.launcher.trouble import Trouble

ALPHABET = string.ascii_lowercase + string.digits
# `wrap` wraps each participant's data key; `index` makes the blind index that finds a name.
KINDS = ("wrap", "index")


def key_line(kind: str) -> str:
    """One line of a key file: kind, key id, 32 random bytes."""
    key_id = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{kind} {key_id} {base64.b64encode(secrets.token_bytes(32)).decode()}\n"


def secret_key(folder: Path) -> str:
    """The signing key of this clone, made once."""
    file = private_folder(folder) / "secret-key"
    if not file.is_file():
        write_whole(file, secrets.token_urlsafe(64))
    return file.read_text(encoding="utf-8").strip()


def key_file(folder: Path, *, data: Path) -> Path:
    """The key file of this clone, made once. Refuses to make a new one for data that an old one sealed."""
    file = private_folder(folder) / "keys"
    if file.is_file():
        return file
    if data.exists():
        raise Trouble(
            f"{file} is gone, and without it the demo's data cannot be read: run `make demo-reset`."
        )
    write_whole(file, "".join(key_line(kind) for kind in KINDS))
    return file


def make_secrets(folder: Path) -> dict[str, str]:
    """The variables that hold a clone's secrets, for the data in this folder."""
    return {
        "KEY_FILE": str(key_file(folder, data=folder / "postgres" / "whole")),
        "SECRET_KEY": secret_key(folder),
    }
