"""The manifest: what the files are, how they were made, and the hashes that prove them unaltered."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from outcomes.exports.files import Tally

NAME = "manifest.json"


def facts(
    files: Iterable[Tally],
    *,
    version: str,
    programme: str,
    profile: str,
    at: datetime,
    people: Mapping[str, int],
) -> dict[str, object]:
    """What the manifest says. `created_at` alone differs between two exports of one snapshot.

    `people` counts who is in the files, and who was left out and why.
    """
    return {
        "created_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "software": {"name": "afterward", "version": version},
        "programme": programme,
        "profile": profile,
        "filters": {"programme": programme, "in_force": True, "research_consent_in_force": True},
        "participants": dict(people),
        "codebook": "codebook.csv",
        "files": [file.facts() for file in files],
    }


def as_json(manifest: dict[str, object]) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
