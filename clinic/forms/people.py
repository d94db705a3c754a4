"""The field that names somebody of the site."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _


class Person(forms.TypedChoiceField):
    """Somebody of the site. The people come from one query of the view, whatever the number of such fields."""

    def offer(self, people: dict) -> None:
        """Let these be chosen; the value is the User."""
        none = ("", _("Choose") if self.required else _("Nobody"))
        self.choices = [none, *((str(pk), str(user)) for pk, user in people.items())]
        self.coerce = lambda text: people[UUID(text)]
