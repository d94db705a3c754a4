"""What the sign-in pages say when something is refused; the adapters put it over the library's words."""

from django.utils.translation import gettext_lazy as _

ACCOUNT = {
    "account_inactive": _("This account is closed. Ask your administrator."),
    "email_password_mismatch": _("Enter your password again. It did not match this e-mail address."),
    "enter_current_password": _("Enter the password that you use now. This was not it."),
    "incorrect_code": _("Enter the newest code. This one was not right."),
    "incorrect_password": _("Enter your password again. This was not it."),
    "invalid_or_expired_key": _("This link has been used or is too old. Ask for a new one."),
    "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    "too_many_login_attempts": _("Too many wrong passwords. Wait five minutes, then try again."),
    "rate_limited": _("Too many tries in a short time. Wait a minute, then try again."),
}
SECOND_FACTOR = {
    "cannot_delete_authenticator": _("A second factor is required. Add another before you remove this one."),
    "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
    "incorrect_code": _("Enter the newest code from your app. This one was not right."),
}
