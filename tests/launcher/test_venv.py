"""`.venv` is whole, or it is made again."""

import pytest

from clinic.launcher import venv


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(venv, "VENV", tmp_path)
    monkeypatch.setattr(venv, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch(mode=0o755)
    return tmp_path


def test_a_venv_without_its_mark_is_half_made(folder):
    assert not venv.is_installed(venv.RUNTIME)


def test_a_venv_marked_with_the_locks_hash_is_whole(folder):
    venv.mark(venv.RUNTIME).write_text(venv.fingerprint(venv.RUNTIME))
    assert venv.is_installed(venv.RUNTIME)
    assert not venv.is_installed(venv.TEST)


def test_a_venv_of_an_older_lock_is_brought_up_to_date(folder):
    venv.mark(venv.RUNTIME).write_text("another")
    assert not venv.is_installed(venv.RUNTIME)


def test_what_the_tests_need_includes_what_the_demo_needs(folder):
    venv.mark(venv.TEST).write_text(venv.fingerprint(venv.TEST))
    assert venv.is_installed(venv.RUNTIME)


def test_a_venv_whose_python_is_gone_is_made_again(folder):
    venv.mark(venv.RUNTIME).write_text(venv.fingerprint(venv.RUNTIME))
    (folder / "python").unlink()
    assert not venv.is_installed(venv.RUNTIME)


def test_the_locks_name_no_index_and_every_package_has_a_hash():
    for lock in (venv.RUNTIME, venv.TEST):
        text = lock.read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_both_locks_pin_the_same_versions():
    def pins(lock):
        return {line.split(" ")[0] for line in lock.read_text().splitlines() if "==" in line}

    assert pins(venv.RUNTIME) <= pins(venv.TEST)
