"""One demo a clone, and a server that stays as long as anybody needs it."""

import pytest

from clinic.launcher import locks
from clinic.launcher.trouble import Trouble


def test_a_second_holder_is_told(tmp_path):
    again = locks.held(tmp_path / "demo.lock", trouble="It already runs.")
    with locks.held(tmp_path / "demo.lock"), pytest.raises(Trouble, match="already runs"), again:
        pass


def test_a_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), locks.held(tmp_path / "lock"):
        _ = 1 / 0
    assert locks.is_free(tmp_path / "lock")


def test_the_last_user_stops_the_service(tmp_path):
    seen = []
    service = {"start": lambda: seen.append("start"), "stop": lambda: seen.append("stop")}
    with locks.shared_service(tmp_path, **service):
        with locks.shared_service(tmp_path, **service):
            pass
        assert seen == ["start", "start"]
    assert seen == ["start", "start", "stop"]


def test_a_service_that_does_not_start_counts_no_user(tmp_path):
    def fail():
        raise Trouble("no")

    with pytest.raises(Trouble), locks.shared_service(tmp_path, start=fail, stop=lambda: None):
        pass
    assert locks.is_free(tmp_path / "users.lock")
