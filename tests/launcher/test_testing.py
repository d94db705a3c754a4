"""Two runs of the suite beside each other."""

import os
import tempfile
from pathlib import Path

import pytest

from clinic.launcher import testing

# Writes down where its temporary folder is.
SMALL = """
from pathlib import Path

def test_small(tmp_path):
    Path({told!r}).write_text(str(tmp_path))
    assert list(tmp_path.parent.iterdir())
"""


@pytest.fixture
def run(tmp_path):
    """Run a small suite as `make test` does; the temporary folder that its test had."""

    def small() -> Path:
        told, suite, settings = tmp_path / "told", tmp_path / "test_small.py", tmp_path / "pytest.ini"
        suite.write_text(SMALL.format(told=str(told)))
        settings.write_text("[pytest]\n")
        words = ["-q", "-p", "no:django", "-c", str(settings), str(suite)]
        assert testing.pytest(words, dict(os.environ)) == 0
        return Path(told.read_text())

    return small


def test_each_run_has_a_folder_of_its_own_that_goes_with_it(run):
    first, second = run(), run()
    assert first.parent != second.parent
    assert not first.parents[1].exists() and not second.parents[1].exists()


def test_a_long_temporary_folder_with_a_space_leaves_sockets_room(run, tmp_path, monkeypatch):
    long = tmp_path / "with a space" / ("x" * 100)
    long.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert len(os.fsencode(run())) < 40


def test_a_short_temporary_folder_with_a_space_is_used(run, monkeypatch):
    with tempfile.TemporaryDirectory(prefix="a b", dir="/tmp") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        assert run().is_relative_to(short)
