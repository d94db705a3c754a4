"""Every word of the interface goes through gettext: in the templates' source and on the rendered pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests import pseudo

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SOURCES = sorted(TEMPLATES.rglob("*.html"))
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
TRANSLATED = re.compile(r"{% blocktrans(late)?\b.*?{% endblocktrans(late)? %}", re.DOTALL)
CLASSES = re.compile(r"{% block \w+_class %}.*?{% endblock %}")
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
PARTS = {
    "components/errors.html": {"problem": ""},
    "components/saved.html": {"state": "kept"},
    "components/words.html": {},
    "components/foot.html": {"site_name": ""},
    "account/password_reset_done.html": {},
    "403.html": {},
    "404.html": {},
    "500.html": {},
}


def literals(source: str) -> list[str]:
    """Words that stand in a template outside every translation tag."""
    for pattern in (COMMENT, TRANSLATED, CLASSES, TAG):
        source = pattern.sub(" ", source)
    return pseudo.untranslated(source)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_holds_no_words_outside_gettext(path):
    assert literals(path.read_text()) == []


@pytest.mark.parametrize("name", PARTS)
def test_a_rendered_part_is_wholly_translated(name):
    with pseudo.language():
        html = render_to_string(name, PARTS[name])
    assert pseudo.untranslated(html) == []


def test_a_forgotten_word_is_found():
    assert literals('{% translate "Saved" %} <p aria-label="Close">Not yet {{ name }}</p>') == [
        "Close",
        "Not yet",
    ]


def test_words_inside_a_bracketed_sentence_are_not_reported():
    html = f"<p>{pseudo.OPEN}From <b>0</b> to ten{pseudo.CLOSE} <time>3 May</time></p>"
    assert pseudo.untranslated(html) == []


def test_a_words_own_translation_inside_another_closes_where_it_should():
    assert pseudo.outside("⟦Due ⟦today⟧ here⟧ loose")[0].strip() == "loose"
