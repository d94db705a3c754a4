"""Where the published files lie, and how a test says that they are not there."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MAPS = ROOT / "outcomes" / "imports"
MCRDS = "mcrds_microdosing_accumulatives.csv"
SGDATA = "sgdata.csv"
MAP_OF = {MCRDS: MAPS / "mcrds.toml", SGDATA: MAPS / "sgdata.toml"}


def published(name: str) -> Path:
    """The path of a published file; the test is skipped with one line where it is missing, except in CI."""
    path = ROOT.parent / "shared" / "data" / name
    if not path.exists() and os.environ.get("CI") != "true":
        pytest.skip(f"the published file {name} is not beside the project")
    return path
