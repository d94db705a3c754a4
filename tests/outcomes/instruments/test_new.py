"""A new instrument is written by a command, and its form is looked at without a database."""

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PARTS = ("outcomes", "clinic", "sessions", "manage.py", "templates", "tests", "pyproject.toml")


@pytest.fixture
def clone(tmp_path):
    """The project's code, to write into."""
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    return tmp_path


def manage(folder, *words):
    return subprocess.run([sys.executable, "manage.py", *words], cwd=folder, capture_output=True, text=True)


def test_it_is_written_tried_tested_and_released(clone):
    done = manage(clone, "new_instrument", "calm", "--title", "Calm Scale", "--items", "3", "--high", "2")
    assert done.returncode == 0, done.stderr
    example = "tests/outcomes/instruments/examples/test_calm.py"
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", example]
    suite = subprocess.run(words, cwd=clone, capture_output=True, text=True)
    assert "3 passed" in suite.stdout, suite.stdout
    assert "Released calm 1" in manage(clone, "release_instruments").stdout
    assert 'calm = { text = "no"' in (clone / "outcomes/instruments/licences.toml").read_text()


@pytest.mark.parametrize(
    "words",
    [["phq9"], ["Calm"], ["../x"], ["x;y"], ["calm", "--items", "0"], ["calm", "--low", "3", "--high", "2"],
     ["calm", "--title", 'a" + evil() + "'], ["calm", "--title", "{key}"]],
)  # fmt: skip
def test_what_cannot_be_one_writes_nothing(clone, words):
    before = sorted(path.name for path in (clone / "outcomes/instruments/definitions").iterdir())
    lines = (clone / "outcomes/instruments/licences.toml").read_text()
    assert manage(clone, "new_instrument", *words).returncode != 0
    after = sorted(
        path.name for path in (clone / "outcomes/instruments/definitions").iterdir() if path.suffix
    )
    assert after == [name for name in before if name.endswith(".py")]
    assert (clone / "outcomes/instruments/licences.toml").read_text() == lines


@pytest.fixture
def tried():
    """The address at which `try_instrument isi` shows its form."""
    words = [sys.executable, "-u", "manage.py", "try_instrument", "isi", "--port", "0"]
    variables = os.environ | {"DEMO": "1", "DATABASE_URL": "postgresql://nobody@/none?host=/nonexistent"}
    server = subprocess.Popen(
        words, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield server.stdout.readline().split(": ")[1].strip()
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def got(address, data=None):
    """A page, by a way that no proxy is in."""
    body = urllib.parse.urlencode(data).encode() if data else None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, body, timeout=30) as answer:
        return answer.read().decode()


def test_its_form_is_shown_and_scored_without_a_database(tried):
    page = got(tried)
    assert "Insomnia Severity Index" in page and "Item 7" in page
    sent = {f"item_{number}": 2 for number in range(1, 8)}
    write = page.split('name="id" value="')[1][:36]
    assert "14" in got(tried, {**sent, "id": write, "occurred_at": "2026-01-01T10:00"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        got(tried, {"item_1": "9"})
