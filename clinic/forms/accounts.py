"""Forms about accounts."""

from typing import cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from clinic.forms.widgets import Day
from clinic.forms.writing import WriteForm
from clinic.models import Site
from clinic.permissions import Role


class RoleForm(WriteForm):
    """A role at a site."""

    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    registration = forms.CharField(label=_("Professional registration"), max_length=50, required=False)
    registration_ends_on = forms.DateField(label=_("Registration ends on"), widget=Day(), required=False)

    def __init__(self, *arguments, sites, **options):
        super().__init__(*arguments, **options)
        cast(forms.ModelChoiceField, self.fields["site"]).queryset = sites


class AccountForm(RoleForm):
    """A new account with its first role."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("As it stands under a signature."))
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("12 characters or more. The person changes it after signing in."),
    )
    field_order = ("id", "email", "name", "password", "site", "role", "registration", "registration_ends_on")

    def clean_password(self):
        """As strict as for everybody."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]
