"""Every environment variable that the project reads is in the README's table, or private for a reason."""

import ast
import re
from pathlib import Path

import pytest

from clinic import documentation
from clinic.environment import PRIVATE, VARIABLES

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")
READS = {"get", "pop", "setdefault", "getenv", "text", "flag", "number", "words"}


def sources() -> list[Path]:
    """The project's Python files, tests apart."""
    rooms = [room for room in ROOT.iterdir() if room.name[0] != "." and room.name != "tests"]
    return [
        path
        for room in rooms
        for path in (room.rglob("*.py") if room.is_dir() else [room])
        if path.suffix == ".py"
    ]


def names_in(node: ast.AST) -> set[str]:
    """Texts that could be a variable's name."""
    texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return {text for text in texts if isinstance(text, str) and NAME.fullmatch(text)}


def is_environment(node: ast.AST) -> bool:
    """`os.environ`, our `environment`, or a dictionary named after one of them."""
    return "environ" in ast.unparse(node) or ast.unparse(node) == "os"


def key_of(node: ast.AST) -> ast.AST | None:
    """The name with which an expression reads the environment, else None."""
    if isinstance(node, ast.Subscript) and is_environment(node.value):
        return node.slice
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        reads = node.func.attr in READS and is_environment(node.func.value)
        return node.args[0] if reads else None
    return None


def read_in(source: str) -> set[str]:
    """The variables that a file reads. Where the name is computed, every name in that function counts."""
    found: set[str] = set()

    def look(node: ast.AST, around: ast.AST) -> None:
        around = node if isinstance(node, ast.FunctionDef) else around
        if (key := key_of(node)) is not None:
            found.update(names_in(key) if isinstance(key, ast.Constant) else names_in(around))
        for child in ast.iter_child_nodes(node):
            look(child, around)

    tree = ast.parse(source)
    look(tree, tree)
    return found


def test_every_variable_is_in_the_table_or_private_for_a_reason():
    read = {path.relative_to(ROOT).as_posix(): read_in(path.read_text()) for path in sources()}
    # Settings build the names of the logins' addresses: what stands around them there are Django's own words.
    del read["clinic/settings.py"], read["clinic/environment.py"]
    unknown = {file: names - set(VARIABLES) - set(PRIVATE) for file, names in read.items()}
    assert {file: names for file, names in unknown.items() if names} == {}


def test_what_is_private_is_read_and_not_in_the_table():
    read = set().union(*(read_in(path.read_text()) for path in sources()))
    assert set(PRIVATE) <= read and not set(PRIVATE) & set(VARIABLES)


def test_the_settings_read_nothing_past_the_list():
    assert "os.environ" not in (ROOT / "clinic" / "settings.py").read_text()


@pytest.mark.parametrize(
    "source",
    [
        'os.environ["SECRET"]',
        'os.environ.get("SECRET", "")',
        'os.getenv("SECRET")',
        'environment.text("SECRET")',
        'def f():\n    return [os.environ.get(one) for one in ("SECRET",)]',
    ],
)
def test_a_variable_is_found_however_it_is_read(source):
    assert read_in(source) == {"SECRET"}


def test_the_table_names_them_all():
    assert all(f"`{name}`" in documentation.variables() for name in VARIABLES)
