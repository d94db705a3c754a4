"""The secrets of a clone: made once, private, and never made anew over sealed data."""

import base64
import re

import pytest

from clinic.launcher import keys
from clinic.launcher.trouble import Trouble


def test_the_key_file_holds_one_wrapping_and_one_index_key_of_32_bytes(tmp_path):
    lines = keys.key_file(tmp_path, data=tmp_path / "none").read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["wrap", "index"]
    assert [len(base64.b64decode(line.split()[2])) for line in lines] == [32, 32]


def test_a_key_id_is_eight_small_letters_or_digits():
    assert re.fullmatch(r"wrap [a-z0-9]{8} \S{44}\n", keys.key_line("wrap"))


def test_secrets_are_this_accounts_alone(tmp_path):
    secrets = keys.make_secrets(tmp_path)
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / secrets["KEY_FILE"]).stat().st_mode & 0o777 == 0o600


def test_a_second_start_finds_the_same_secrets(tmp_path):
    before = (keys.make_secrets(tmp_path), (tmp_path / "keys").read_text())
    assert (keys.make_secrets(tmp_path), (tmp_path / "keys").read_text()) == before


def test_lost_keys_are_not_replaced_where_data_depend_on_them(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "whole").touch()
    with pytest.raises(Trouble, match="make demo-reset"):
        keys.make_secrets(tmp_path)


def test_two_clones_have_different_secrets(tmp_path):
    assert keys.secret_key(tmp_path / "one") != keys.secret_key(tmp_path / "two")
