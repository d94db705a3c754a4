"""Participant codes: random, hard to mistake, and able to catch a slip of the pen."""

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# 23 signs, none of which looks or sounds like another in print: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. A prime count
# lets one check character catch every single slip and every swap of neighbours.
SIGNS = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 6


def new_code() -> str:
    """A fresh code such as P-7KQ4-MRC: six random signs (148 million) and a check character."""
    signs = "".join(secrets.choice(SIGNS) for _position in range(LENGTH))
    return written(signs + check_character(signs))


def check_character(signs: str) -> str:
    """The weighted sum of the signs, weights 2 to 7, modulo 23."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=2))
    return SIGNS[total % len(SIGNS)]


def written(signs: str) -> str:
    """The seven signs as people write them."""
    return f"P-{signs[:4]}-{signs[4:]}"


def normalise(text: str) -> str:
    """What somebody typed, as a code: any case, with or without P and dashes. Raises ValidationError."""
    signs = text.upper().replace("-", "").replace(" ", "")
    if len(signs) == LENGTH + 2 and signs.startswith("P"):
        signs = signs[1:]
    if len(signs) != LENGTH + 1 or any(sign not in SIGNS for sign in signs):
        raise ValidationError(
            _(
                "A code has seven signs, such as P-7KQ4-MRC. Codes have no 0, 1, 2, 5, 8, B, I, L, O, S, U, V or Z."
            )
        )
    if check_character(signs[:LENGTH]) != signs[LENGTH]:
        raise ValidationError(_("This code has a slip in it. Compare it with the card, sign by sign."))
    return written(signs)


def validate_code(code: str) -> None:
    """Refuse a code that is not written as it should be, or whose check character is wrong."""
    if normalise(code) != code:
        raise ValidationError(_("Write the code as P-7KQ4-MRC."))
