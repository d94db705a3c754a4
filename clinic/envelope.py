"""Encryption of identity and free text: a data key for each participant, wrapped by a key outside the database.

A ciphertext is: format version (1 byte) | key id (8 bytes for a wrapping key, 16 for a data key) | nonce (12) |
AES-256-GCM ciphertext and tag. Table, column and row id are authenticated with it, so that a value copied to
another row does not open. The format carries its key's id, so that keys can change without a new format.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import Model

VERSION = b"\x01"
NONCE = 12


class KeyFileError(Exception):
    """The key file cannot be used; the text says why."""


class Unreadable(Exception):
    """A ciphertext does not open: wrong row, altered bytes, unknown key, or a destroyed key."""


@dataclass(frozen=True)
class Keyring:
    """The keys of the key file. The first wrapping key wraps new data keys; the others still open old ones."""

    wrapping: dict[bytes, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    @property
    def active(self) -> bytes:
        """Id of the wrapping key in use."""
        return next(iter(self.wrapping))

    def wrap(self, data_key: bytes, data_key_id: UUID) -> bytes:
        """The data key, sealed by the active wrapping key and bound to its own id."""
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self.wrapping[self.active]).encrypt(nonce, data_key, data_key_id.bytes)
        return VERSION + self.active + nonce + sealed

    def unwrap(self, wrapped: bytes | None, data_key_id: UUID) -> bytes:
        """The data key. Raises Unreadable."""
        if not wrapped:
            raise Unreadable("This participant's key was destroyed.")
        key_id, nonce, sealed = wrapped[1:9], wrapped[9 : 9 + NONCE], wrapped[9 + NONCE :]
        if wrapped[:1] != VERSION or key_id not in self.wrapping:
            raise Unreadable(f"No key {key_id.decode(errors='replace')} in the key file.")
        return _decrypt(self.wrapping[key_id], nonce, sealed, data_key_id.bytes)

    def digest(self, *parts: str) -> bytes:
        """A keyed digest for looking a person up: HMAC-SHA-256 of the normalised parts."""
        normalised = "\x1f".join(" ".join(part.casefold().split()) for part in parts)
        return hmac.new(self.index, normalised.encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class ParticipantKey:
    """One participant's open data key."""

    id: UUID
    secret: bytes = field(repr=False)

    def seal(self, text: str, row: Model, column: str) -> bytes:
        """The text, encrypted for this row and column."""
        nonce = secrets.token_bytes(NONCE)
        return (
            VERSION
            + self.id.bytes
            + nonce
            + AESGCM(self.secret).encrypt(nonce, text.encode(), _place(row, column))
        )

    def open(self, row: Model, column: str) -> str:
        """The text of a sealed column; "" where there is none. Raises Unreadable."""
        sealed = getattr(row, column)
        if sealed is None:
            return ""
        sealed = bytes(sealed)
        if sealed[:1] != VERSION or sealed[1:17] != self.id.bytes:
            raise Unreadable("This text belongs to another key.")
        return _decrypt(
            self.secret, sealed[17 : 17 + NONCE], sealed[17 + NONCE :], _place(row, column)
        ).decode()


def new_data_key() -> bytes:
    """32 random bytes."""
    return AESGCM.generate_key(256)


@cache
def keyring(path: Path | None = None) -> Keyring:
    """The key file, read once: one key a line, `wrap|index <8-character id> <base64 of 32 bytes>`. Raises KeyFileError."""
    path = path or settings.KEY_FILE
    try:
        lines = path.read_text().splitlines()
    except OSError as unreadable:
        raise KeyFileError(
            f"The key file cannot be read: {unreadable.strerror}. KEY_FILE says where it is."
        ) from unreadable
    wrapping, index = {}, b""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, key_id, secret = _parse(line, number)
        if kind == "wrap":
            wrapping[key_id] = secret
        else:
            index = index or secret
    if not wrapping or not index:
        raise KeyFileError("The key file needs at least one `wrap` key and one `index` key.")
    return Keyring(wrapping, index)


def _parse(line: str, number: int) -> tuple[str, bytes, bytes]:
    """Kind, id and secret of one line of the key file."""
    words = line.split()
    if len(words) != 3 or words[0] not in {"wrap", "index"} or len(words[1]) != 8:
        raise KeyFileError(f"Line {number} of the key file is not `wrap|index <8-character id> <base64>`.")
    try:
        secret = base64.b64decode(words[2], validate=True)
    except ValueError:
        secret = b""
    if len(secret) != 32:
        raise KeyFileError(f"Line {number} of the key file does not hold 32 bytes in base64.")
    return words[0], words[1].encode(), secret


def _place(row: Model, column: str) -> bytes:
    """What a ciphertext is bound to."""
    return f"{row._meta.db_table}|{column}|{row.pk}".encode()


def _decrypt(key: bytes, nonce: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """AES-256-GCM, with one error for everything that is wrong."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, bound_to)
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable("This value was altered, or belongs to another row.") from wrong
