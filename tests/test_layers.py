"""outcomes stands on sessions, sessions on clinic; nothing imports upward."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ABOVE = {"clinic": {"sessions", "outcomes"}, "sessions": {"outcomes"}, "outcomes": set()}


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("layer", ABOVE)
def test_no_layer_imports_one_above_it(layer):
    wrong = {
        str(path.relative_to(ROOT)): imported(path) & ABOVE[layer] for path in (ROOT / layer).rglob("*.py")
    }
    assert {path: names for path, names in wrong.items() if names} == {}


@pytest.mark.parametrize("layer", ABOVE)
def test_no_layer_imports_the_tests(layer):
    assert not any("tests" in imported(path) for path in (ROOT / layer).rglob("*.py"))
