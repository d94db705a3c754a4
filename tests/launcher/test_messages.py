"""What stops the launcher is one sentence that says what to do."""

import errno
import os

import pytest

from clinic.launcher import demo, messages, venv
from clinic.launcher.__main__ import main


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_in_words(number):
    assert "The disk is full" in messages.of_error(OSError(number, os.strerror(number)))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_missing_rights_name_the_place(number):
    said = messages.of_error(OSError(number, os.strerror(number), "/srv/afterward"))
    assert "may not write at /srv/afterward" in said


def test_a_programs_full_disk_is_recognised():
    assert "The disk is full" in messages.of_output(
        "initdb: error: could not write: No space left on device\n"
    )
    assert messages.of_output("all is well") is None


def test_a_missing_wheel_is_said_without_a_compilers_noise():
    said = venv.why_not(
        "ERROR: Could not find a version (from versions: none)\nERROR: No matching distribution found"
    )
    assert "no ready-made file for this machine" in said


def test_a_package_of_another_hash_is_refused_in_words():
    said = venv.why_not("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n")
    assert said.startswith("A package differs from the one that the lock names")


def test_a_full_disk_while_installing_is_said_in_words():
    said = venv.why_not("ERROR: Could not install: [Errno 28] No space left on device\n")
    assert "The disk is full" in said


def test_an_unknown_command_lists_the_known_ones(capsys):
    assert main(["dance"]) == 2
    assert "demo-reset" in capsys.readouterr().err


def test_the_demo_refuses_a_database_that_it_did_not_make(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@db/production")
    monkeypatch.setattr("clinic.launcher.signals.listen", lambda: None)
    assert main(["demo"]) == 1
    assert capsys.readouterr().err == (
        "The demo runs on its own database only: unset DATABASE_URL and start again.\n"
    )


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80 80"])
def test_a_port_is_a_number_that_ports_can_have(text):
    with pytest.raises(demo.Trouble, match="PORT must be a number"):
        demo.port_of({"PORT": text})


def test_the_port_is_8000_unless_said_otherwise():
    assert demo.port_of({}) == 8000
    assert demo.port_of({"PORT": "8123"}) == 8123
