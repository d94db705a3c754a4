"""A command finds the clone's own database only where nothing else is named."""

import pytest

from clinic.launcher import local
from clinic.launcher.trouble import Trouble


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "KEY_FILE", "DEMO"):
        monkeypatch.delenv(name, raising=False)


def test_a_bare_environment_means_the_clones_demo():
    assert local.is_local()


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "KEY_FILE"])
def test_a_named_database_or_secret_is_never_mixed_with_the_demo(monkeypatch, name):
    monkeypatch.setenv(name, "something")
    assert not local.is_local()


def test_a_clone_that_is_no_demo_gets_no_demo_database(monkeypatch):
    monkeypatch.setenv("DEMO", "0")
    assert not local.is_local()


def test_without_a_demo_the_missing_address_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(local, "DATA", tmp_path)
    with pytest.raises(Trouble, match="DATABASE_URL is not set"):
        local.local_database_url()
