"""Whoever signs gives the password again, or a code from the app: asked by every signature, and not to be guessed.

A wrong answer is counted by the edge (`clinic/views/writing.py`, `clinic/api/errors.py`), when the write that it
stopped has been taken back: counted inside, it would be taken back too.
"""

import math
import time

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic.models import User

WRONG_ALLOWED = 5
WINDOW_SECONDS = 15 * 60
CODE_DIGITS = 6


class WrongAnswer(ValidationError):
    """Neither the password nor a code of this person. The edge counts it by `count_wrong`."""

    def __init__(self, by: User):
        super().__init__(
            {"password": _("This is not your password, nor a code that your app shows now.")}, code="wrong"
        )
        self.by = by


class Throttled(Exception):
    """Too many wrong answers: nothing is compared until `seconds` have passed. HTTP 429."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        minutes = math.ceil(self.seconds / 60)
        return ngettext(
            "Too many wrong answers. Try again in %(minutes)d minute. Nothing was stored.",
            "Too many wrong answers. Try again in %(minutes)d minutes. Nothing was stored.",
            minutes,
        ) % {"minutes": minutes}


def confirm_signer(*, by: User, password: str) -> None:
    """Make sure that the person signed in is the person who signs. Raises WrongAnswer and Throttled.

    `password` is the password, or a code of the person's authenticator app. A right answer forgives the wrong ones.
    """
    wrong = cache.get_many(places(by))
    if len(wrong) >= WRONG_ALLOWED:
        first = min(wrong.values())
        raise Throttled(max(1, math.ceil(first + WINDOW_SECONDS - time.time())))
    if not (is_code(by, password) or by.check_password(password)):
        raise WrongAnswer(by)
    if wrong:
        cache.delete_many(wrong)


def is_code(by: User, text: str) -> bool:
    """Whether this is a code that the person's app shows now, used for the first time."""
    digits = text.replace(" ", "")
    if not (digits.isdecimal() and len(digits) == CODE_DIGITS):
        return False
    app = Authenticator.objects.filter(user_id=by.pk, type=Authenticator.Type.TOTP).first()
    return app is not None and app.wrap().validate_code(digits)


def count_wrong(error: WrongAnswer) -> None:
    """Remember a wrong answer for as long as it counts.

    Each takes a place of its own, by an insert that only one can do: a list that is read and written back would
    lose those that come at once.
    """
    for place in places(error.by):
        if cache.add(place, time.time(), WINDOW_SECONDS):
            return


def places(by: User) -> list[str]:
    """Where the wrong answers of a person are kept."""
    return [f"signer:{by.pk}:{number}" for number in range(WRONG_ALLOWED)]
