"""Sign-in forms speak this project's words, and say what to enter."""

import pytest

from clinic.forms import sign_in


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (lambda: sign_in.SignIn({}), {"Enter your e-mail address", "Enter your password"}),
        (
            lambda: sign_in.SignIn({"login": "x", "password": "y"}),
            {"Enter an e-mail address such as name@clinic.example"},
        ),
        (lambda: sign_in.AskForPassword({}), {"Enter your e-mail address"}),
        (lambda: sign_in.ConfirmPassword({}, user=None), {"Enter your password"}),
        (lambda: sign_in.SecondFactor({}, user=None), {"Enter the code"}),
    ],
)
def test_an_empty_form_says_what_to_enter(form, words):
    assert {error for errors in form().errors.values() for error in errors} == words


def test_a_password_manager_knows_its_fields():
    html = str(sign_in.SignIn())
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html


def test_no_label_is_hidden_in_a_placeholder():
    assert "placeholder" not in str(sign_in.SignIn())
