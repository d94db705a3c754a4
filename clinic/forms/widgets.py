"""Controls that say what they measure: an amount with its unit, a 0 to 10 scale, dates and times."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from django import forms

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Words for people: translated at once, or when they are shown.
Words: TypeAlias = "str | StrPromise"


class Amount(forms.TextInput):
    """A number with its unit beside it. Text, not `type=number`: a slip comes back to be corrected."""

    template_name = "django/forms/widgets/amount.html"

    def __init__(self, unit: Words, *, whole: bool = False, attrs: dict | None = None):
        self.unit = unit
        keys = "numeric" if whole else "decimal"
        super().__init__({"inputmode": keys, "autocomplete": "off", "size": "6", **(attrs or {})})

    def get_context(self, name, value, attrs):
        """Add the unit to the template's context."""
        return {**super().get_context(name, value, attrs), "unit": self.unit}


class Scale(forms.RadioSelect):
    """A row of numbered buttons; both ends are put in words, and nothing is chosen at first."""

    template_name = "django/forms/widgets/scale.html"

    def __init__(
        self,
        *,
        lowest: Words = "",
        highest: Words = "",
        numbers: Sequence[int] = range(11),
        attrs: dict | None = None,
    ):
        self.ends = {"lowest": lowest, "highest": highest, "first": numbers[0], "last": numbers[-1]}
        super().__init__(attrs, choices=[(number, str(number)) for number in numbers])

    def get_context(self, name, value, attrs):
        """Add the words for both ends to the template's context."""
        return {**super().get_context(name, value, attrs), "ends": self.ends}


class Day(forms.DateInput):
    """A date, by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A date and a time of day at the site, by the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict | None = None):
        super().__init__({"step": "60", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class Clock(forms.TimeInput):
    """A time of day, by the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None):
        super().__init__(attrs, format="%H:%M")


class Prose(forms.Textarea):
    """Free text; `rows` is how much is expected, not a limit."""

    def __init__(self, rows: int = 4, attrs: dict | None = None):
        super().__init__({"rows": rows, **(attrs or {})})
