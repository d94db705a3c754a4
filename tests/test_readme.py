"""The README says what the code does."""

from pathlib import Path

from clinic import documentation
from clinic.services.demo import DEMO_PASSWORD, PEOPLE

README = (Path(__file__).resolve().parent.parent / "README.md").read_text()


def test_the_permission_grid_is_the_codes():
    assert documentation.grid() in README


def test_the_table_of_variables_is_the_codes():
    assert documentation.variables() in README


def test_the_demo_accounts_are_the_codes():
    assert DEMO_PASSWORD in README and all(email in README for email, _role, _site in PEOPLE)


def test_every_picture_is_there():
    root = Path(__file__).resolve().parent.parent
    shown = [line.split("](")[1].split(")")[0] for line in README.splitlines() if line.startswith("![")]
    assert shown and all((root / picture).is_file() for picture in shown)
