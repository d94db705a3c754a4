"""Clones for the drills. The demo clinic is loaded once and copied, because loading it takes the longest."""

import signal

import pytest

from tests.drills.clone import Clone, end


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """The .data folder of a demo that was loaded and stopped."""
    first = Clone(tmp_path_factory.mktemp("first") / "clone")
    first.demo().send_signal(signal.SIGTERM)
    end(first)
    return first.folder / ".data"


@pytest.fixture
def clone(tmp_path, loaded):
    made = Clone(tmp_path / "a clone", loaded)
    yield made
    end(made)


@pytest.fixture
def second_clone(tmp_path, loaded):
    made = Clone(tmp_path / "another clone", loaded)
    yield made
    end(made)


@pytest.fixture
def empty_clone(tmp_path):
    """A clone in which nothing was ever started."""
    made = Clone(tmp_path / "an empty clone")
    yield made
    end(made)
