"""The manifest: what the files are, how they were made, and the hashes that prove them unaltered."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from outcomes.exports.files import Tally

NAME = "manifest.json"


def manifest(
    files: Iterable[Tally],
    *,
    version: str,
    programme: str,
    profile: str,
    filters: Mapping[str, object],
    at: datetime,
) -> bytes:
    """The manifest as JSON. `created_at` alone differs between two exports of one snapshot."""
    facts = {
        "created_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "software": {"name": "afterward", "version": version},
        "programme": programme,
        "profile": profile,
        "filters": dict(filters),
        "codebook": "codebook.csv",
        "files": [file.facts() for file in files],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
