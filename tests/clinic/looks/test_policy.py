"""Nothing inline and nothing from elsewhere: what the content policy would refuse is not in the tree."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TREE = Path(settings.BASE_DIR)
TEMPLATES = sorted((TREE / "templates").rglob("*.html"))
STYLES = sorted((TREE / "clinic/static/afterward/css").glob("*.css"))
SCRIPTS = sorted((TREE / "clinic/static/afterward/js").glob("*.js"))
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\b(?:src=|type=\"application/json\"))"
)
ELSEWHERE = re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//|url\(|@import""")


def name(path):
    return str(path.relative_to(TREE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_nothing_inline_and_nothing_from_elsewhere(path):
    source = path.read_text()
    assert INLINE.findall(source) + ELSEWHERE.findall(source) == []


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_sheet_loads_nothing_and_stands_in_a_layer(path):
    source = path.read_text()
    assert not ELSEWHERE.search(source)
    assert source.lstrip().startswith("@layer")
    # One block holds the file: a brace too many would end the layer early and win over all others.
    assert source.count("{") == source.count("}")
    assert all(line[0] in " @}" for line in source.splitlines() if line)


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_is_small_and_makes_no_code_or_markup_from_text(path):
    source = path.read_text()
    assert len(source.splitlines()) <= 100
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", source)


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=name)
def test_a_file_keeps_its_size(path):
    limit = 100 if path.suffix == ".html" else 300
    assert len(path.read_text().splitlines()) <= limit
