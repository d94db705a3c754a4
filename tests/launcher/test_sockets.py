"""The socket's folder: inside the clone where its path fits, else a short private one."""

import os
from pathlib import Path

import pytest

from clinic.launcher import sockets
from clinic.launcher.trouble import Trouble


def test_a_short_path_keeps_its_socket_inside():
    assert sockets.folder(Path("/srv/afterward/.data")) == Path("/srv/afterward/.data/socket")


@pytest.mark.parametrize("name", ["a" * 150, "a,b", "it's", 'say "a"', "a@b", "ä" * 50])
def test_a_path_that_does_not_fit_gets_a_short_one(name):
    found = sockets.folder(Path("/srv") / name / ".data")
    assert found.parent == Path("/tmp")
    assert sockets.fits(found)


def test_a_space_is_no_hindrance():
    assert sockets.fits(Path("/srv/my clones/afterward/.data/socket"))


def test_two_deep_clones_do_not_share_a_socket():
    deep = Path("/srv") / ("a" * 150)
    assert sockets.folder(deep / "one" / ".data") != sockets.folder(deep / "two" / ".data")


def test_the_folder_is_closed_to_others(tmp_path):
    made = sockets.private(tmp_path / "socket", os.geteuid())
    assert made.stat().st_mode & 0o777 == 0o700


def test_a_folder_open_to_others_is_refused(tmp_path):
    (tmp_path / "socket").mkdir()
    (tmp_path / "socket").chmod(0o755)
    with pytest.raises(Trouble, match="not this account's own"):
        sockets.private(tmp_path / "socket", os.geteuid())


def test_a_link_to_elsewhere_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "socket").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble, match="not this account's own"):
        sockets.private(tmp_path / "socket", os.geteuid())
