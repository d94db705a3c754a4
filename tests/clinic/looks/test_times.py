"""Times have an age, a place, and words for being late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template

from clinic.templatetags.afterward import age_in_words

NOW = datetime(2026, 11, 23, 0, 22, tzinfo=UTC)
AGES = [
    (timedelta(seconds=30), "just now"),
    (timedelta(minutes=12, seconds=59), "12 min ago"),
    (timedelta(hours=2), "2 h ago"),
    (timedelta(hours=2, minutes=14), "2 h 14 min ago"),
    (timedelta(days=1, hours=3), "1 day ago"),
    (timedelta(days=3), "3 days ago"),
    (-timedelta(minutes=16), "in 16 min"),
]


def drawn(tag: str, **context) -> str:
    source = "{% load afterward %}{% " + tag + " place=place now=now %}"
    return Template(source).render(Context({"now": NOW, "place": "Australia/Sydney", **context}))


@pytest.mark.parametrize(("age", "words"), AGES)
def test_an_age_is_said_in_words(age, words):
    assert age_in_words(NOW - age, NOW) == words


def test_a_clock_time_is_the_sites_own():
    assert ">11:22</time>" in drawn("when at", at=NOW)


def test_a_time_of_another_day_carries_its_date():
    assert ">22 Nov 2026, 10:22</time>" in drawn("when at", at=NOW - timedelta(hours=25))


def test_a_deadline_ahead_is_due():
    html = drawn("due at", at=NOW + timedelta(minutes=14))
    assert 'class="pill due"' in html
    assert "Due 11:36" in html


def test_a_deadline_gone_by_says_how_long():
    html = drawn("due at", at=NOW - timedelta(minutes=14))
    assert 'class="pill overdue"' in html
    assert "Overdue 14 min" in html
