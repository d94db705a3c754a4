"""A server of its own in a folder: refused in words, or brought up from what a killed one left."""

import os
import signal
import subprocess

import pytest

from clinic.launcher import binaries, processes
from clinic.launcher.cluster import FAST, Cluster, said
from clinic.launcher.server import make_roles, psql
from clinic.launcher.trouble import Trouble
from clinic.roles import ROLES

pytestmark = pytest.mark.database


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path / "with space", FAST)
    yield made
    made.stop()


def whole_folder(cluster, version):
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text(f"{version}\n")
    (cluster.data / "whole").touch()


def test_data_of_another_version_are_refused_in_words(cluster):
    whole_folder(cluster, 9)
    with pytest.raises(Trouble, match=r"made by PostgreSQL 9, and this is \d+: `make demo-reset`"):
        cluster.start()


def test_a_damaged_folder_is_refused_and_kept(cluster):
    (cluster.data / "base").mkdir(parents=True)
    (cluster.data / "afterward.conf").touch()
    with pytest.raises(Trouble, match="is damaged"):
        cluster.start()
    assert (cluster.data / "base").exists()


def test_it_starts_over_a_half_made_folder_and_again_after_a_kill(cluster):
    cluster.data.mkdir(parents=True, mode=0o700)
    (cluster.data / "half").touch()
    assert cluster.start()
    os.kill(cluster.server(), signal.SIGKILL)
    cluster.process.wait()
    assert cluster.start()
    assert psql(cluster, "SELECT 1;") == "1"


def test_a_running_server_is_used_and_not_started_twice(cluster):
    cluster.start()
    number = cluster.server()
    assert not Cluster(cluster.home, FAST).start()
    assert cluster.server() == number


def test_the_logins_are_made_once_and_only_the_backup_passes_row_security(cluster):
    cluster.start()
    make_roles(cluster)
    make_roles(cluster)
    row = "SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolname LIKE 'afterward%' AND "
    assert psql(cluster, f"{row} rolbypassrls;") == ROLES["backup"]
    assert psql(cluster, f"{row} (rolsuper OR rolcreaterole OR rolcreatedb);") == ""


def test_a_stale_lock_whose_number_is_a_strangers_is_stepped_over(cluster):
    cluster.start()
    cluster.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n0\n5432\nx\n\n\nready\n")
    try:
        assert cluster.server() is None
        assert cluster.start()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_stopped_server_leaves_no_process(cluster):
    cluster.start()
    cluster.stop()

    assert cluster.server() is None
    assert processes.working_in(cluster.data) == []


def test_a_full_disk_is_said_in_words():
    assert "The disk is full" in said("FATAL:  could not write lock file: No space left on device")


def test_a_named_folder_without_postgresql_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("AFTERWARD_POSTGRES_BIN", str(tmp_path))
    binaries.bin_folder.cache_clear()
    with pytest.raises(Trouble, match="there is no initdb in it"):
        binaries.bin_folder()
    binaries.bin_folder.cache_clear()
