"""Base page, error pages and components as they are rendered without a request or with little."""

import pytest
from django.template.loader import render_to_string

ERRORS = ("400", "403", "403_csrf", "404", "409", "413", "429", "500", "503")


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_nothing_to_be_shown(code):
    html = render_to_string(f"{code}.html")
    assert html.count("<h1>") == 1
    assert "<form" not in html


def test_the_title_says_that_there_is_a_problem():
    assert "<title>Error: " in render_to_string("404.html", {"problem": "No such code."})


def test_the_light_is_the_users():
    assert 'data-theme="dim"' in render_to_string("404.html", {"theme": "dim"})


def test_identity_is_shown_only_where_it_is_given():
    html = render_to_string("components/person.html", {"code": "P-7KQ4"})
    assert "P-7KQ4" in html
    assert "Born" not in html


def test_nothing_recorded_is_not_nought():
    html = render_to_string("components/facts.html", {"facts": [("Dose", 0, ""), ("Escort", None, "")]})
    assert "<dd>0" in html
    assert html.count("Not recorded") == 1


def test_a_table_pairs_cells_with_their_columns():
    columns = [{"label": "Week"}, {"label": "Total", "number": True}]
    html = render_to_string(
        "components/table.html", {"columns": columns, "rows": [["3", 0], ["4", None]], "caption": "x"}
    )
    assert '<td data-label="Total" class="n">0</td>' in html
    assert html.count("Not recorded") == 1


def test_a_square_code_loses_its_own_attributes():
    svg = '<svg width="9mm" viewBox="0 0 9 9"><path d="M1,1H2V2z" fill="#000" style="x"/></svg>'
    html = render_to_string("mfa/totp/activate_form.html", {"totp_svg": svg})
    assert '<svg viewBox="0 0 9 9"' in html
    assert "style=" not in html


def test_the_page_keeps_no_copy_for_the_back_button():
    assert '"historyCacheSize": 0' in render_to_string("404.html")
