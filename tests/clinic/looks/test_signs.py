"""Shapes and pills: each state has its shape, and each shape is drawn."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError

from clinic.signs import MARKS, PILLS

SPRITE = (Path(settings.BASE_DIR) / "templates/components/marks.html").read_text()


def drawn(source: str, **context) -> str:
    return Template("{% load afterward %}" + source).render(Context(context))


def test_the_sprite_holds_every_mark_and_no_other():
    assert set(re.findall(r'id="m-(\w+)"', SPRITE)) == MARKS


@pytest.mark.parametrize("state", PILLS)
def test_a_pill_has_a_shape_and_a_word(state):
    html = drawn("{% pill state 'Word' %}", state=state)
    assert f"#m-{PILLS[state][1]}" in html
    assert "Word" in html


def test_no_two_pills_look_alike():
    assert len(set(PILLS.values())) >= len(PILLS) - 1  # Late entry and waiting share the open clock.


def test_a_misspelt_state_is_refused():
    with pytest.raises(TemplateSyntaxError):
        drawn("{% pill 'rde' 'Word' %}")


def test_a_label_is_escaped():
    assert "<b>" not in drawn("{% pill 'red' text %}{% mark 'tick' text %}", text="<b>")
