"""Sign-in forms: the library's checks under this project's words. Named in ACCOUNT_FORMS and MFA_FORMS."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

E_MAIL = _("E-mail address")
CODE = _("Code")
CODE_HINT = _("Six digits from your app, or one of your recovery codes.")


def name_code_field(form, hint) -> None:
    """A code is typed as digits, and a phone may offer it."""
    field = form.fields["code"]
    field.label, field.help_text = CODE, hint
    field.widget.attrs |= {"autocapitalize": "off", "spellcheck": "false"}
    field.error_messages["required"] = _("Enter the code")


class SignIn(account.LoginForm):
    """E-mail address and password. A refusal stands at the password, where the next try begins."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = E_MAIL
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].error_messages |= {
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address such as name@clinic.example"),
        }
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("Enter your password")

    def clean(self):
        """As the library's, with its refusal moved to the field."""
        try:
            return super().clean()
        except ValidationError as refusal:
            self.add_error("password", refusal)
            return self.cleaned_data


class ChangePassword(account.ChangePasswordForm):
    """The password now, and the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label, self.fields["oldpassword"].help_text = _("Password now"), ""
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")


class AskForPassword(account.ResetPasswordForm):
    """The address to which the link to a new password goes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = E_MAIL
        self.fields["email"].error_messages["required"] = _("Enter your e-mail address")


class NewPassword(account.ResetPasswordKeyForm):
    """A new password, twice, behind the link from the message."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")


class ConfirmPassword(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("Enter your password")


class SecondFactor(second_factor.AuthenticateForm):
    """The code of the second step of signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_code_field(self, CODE_HINT)


class ConfirmCode(second_factor.ReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_code_field(self, CODE_HINT)


class TurnOnApp(totp.ActivateTOTPForm):
    """The first code, which shows that the app holds the right secret."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_code_field(self, _("The six digits that the app shows now."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


def name_key_field(form) -> None:
    """Passkeys are told apart by the names that their owner gives them."""
    form.fields["name"].label = _("Name of this passkey")
    form.fields["name"].help_text = _("To tell it from others, such as: phone, blue key.")


class AddPasskey(passkey.AddWebAuthnForm):
    """A new passkey; the browser writes the credential."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_key_field(self)


class NamePasskey(passkey.EditWebAuthnForm):
    """A passkey's name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_key_field(self)
