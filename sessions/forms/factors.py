"""The controls of one factor, and what they say. Names: the factor's key, and its parts after two underscores."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from clinic.forms.widgets import Amount, Prose
from sessions.models import ScreeningFinding
from sessions.screening.catalogue import NOT_GIVEN, Factor, Field, Kind
from sessions.screening.values import LONGEST, NEVER

LONGEST_WORDS = 4_000
READINGS = (("high1", "low1"), ("high2", "low2"))
NONE, SOURCE, WORDS, REPLACES = "none", "source", "words", "replaces"
CHOSEN = (Kind.CHOICE, Kind.MANY)


def part(factor: Factor, name: str) -> str:
    """The name of a control beside the first."""
    return f"{factor.key}__{name}"


def controls(factor: Factor) -> dict[str, forms.Field]:
    """The controls that take the answer. Nothing is chosen, nothing is required: what stays empty is not stored."""
    made = MAKERS[factor.kind](factor)
    if factor.kind not in CHOSEN:
        made[part(factor, NONE)] = without(factor)
    return made


def not_given() -> list[tuple[str, str]]:
    """The answers that every factor takes."""
    return [(value, _(label)) for value, label in NOT_GIVEN.items()]


def choices_of(options) -> list[tuple[str, str]]:
    return [(one.value, _(one.label)) for one in options]


def of_choice(factor: Factor) -> dict[str, forms.Field]:
    every = [*choices_of(factor.options), *not_given()]
    field = forms.ChoiceField(label=_(factor.label), choices=every, widget=forms.RadioSelect, required=False)
    return {factor.key: field}


def of_many(factor: Factor) -> dict[str, forms.Field]:
    every = [*choices_of(factor.options), *not_given()]
    ticks = forms.CheckboxSelectMultiple
    field = forms.MultipleChoiceField(label=_(factor.label), choices=every, widget=ticks, required=False)
    return {factor.key: field}


def of_number(factor: Factor) -> dict[str, forms.Field]:
    amount = typed(_(factor.label), factor.unit, whole=not factor.decimals)
    return {factor.key: amount, **{part(factor, one.key): beside(one) for one in factor.fields}}


def of_pressures(factor: Factor) -> dict[str, forms.Field]:
    """Two readings; the first control has the factor's own name, so that an error finds it."""
    labels = (
        (_("First reading, systolic"), _("First reading, diastolic")),
        (_("Second reading, systolic"), _("Second reading, diastolic")),
    )
    return {
        reading_name(factor, name): typed(label, factor.unit, whole=True)
        for pair, words in zip(READINGS, labels, strict=True)
        for name, label in zip(pair, words, strict=True)
    }


def reading_name(factor: Factor, name: str) -> str:
    return factor.key if name == "high1" else part(factor, name)


def of_text(factor: Factor) -> dict[str, forms.Field]:
    return {factor.key: prose(_(factor.label), LONGEST)}


def of_date(factor: Factor) -> dict[str, forms.Field]:
    field = forms.CharField(label=_(factor.label), max_length=10, required=False)
    field.widget.attrs.update(inputmode="numeric", size="10", autocomplete="off")
    field.help_text = _("As in 2026-03-01, or 2026-03 for a month.")
    return {factor.key: field}


def of_score(factor: Factor) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {factor.key: typed(_("Total"), "", whole=not factor.decimals)}
    if len(factor.instruments) > 1:
        every = [("", _("Choose")), *((one, one) for one in factor.instruments)]
        made[part(factor, "instrument")] = forms.ChoiceField(
            label=_("Questionnaire"), choices=every, required=False
        )
    return made


def typed(label: str, unit: str, *, whole: bool) -> forms.CharField:
    """A number as it is typed; the service says what is wrong with it."""
    widget = Amount(unit, whole=whole) if unit else forms.TextInput({"inputmode": "decimal", "size": "6"})
    return forms.CharField(label=label, max_length=20, required=False, widget=widget)


def beside(field: Field) -> forms.Field:
    if field.kind is Kind.CHOICE:
        every = [("", _("Choose")), *choices_of(field.options)]
        return forms.ChoiceField(label=_(field.label), choices=every, required=False)
    return forms.CharField(label=_(field.label), max_length=60, required=False)


def without(factor: Factor) -> forms.ChoiceField:
    """Why there is no answer. A list and no buttons, so that it can be taken back without a script."""
    never = [(NEVER, _(factor.never))] if factor.never else []
    every = [("", "—"), *never, *not_given()]
    return forms.ChoiceField(label=_("Or, without a value"), choices=every, required=False)


def prose(label: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, widget=Prose(rows=2))


def source_of(factor: Factor) -> forms.ChoiceField:
    """How this one is known, where it differs from the rest of the page."""
    named = [(one.value, ScreeningFinding.Source(one.value).label) for one in factor.sources]
    every = [("", _("As said above for this page")), *named]
    return forms.ChoiceField(label=_("How this is known"), choices=every, required=False)


def answered(factor: Factor, data: dict[str, Any]) -> object:
    """What the controls say, as the catalogue parses it; None for nothing. Raises ValueError."""
    without_value = data.get(part(factor, NONE), "")
    value = READERS[factor.kind](factor, data)
    if value is not None and without_value:
        raise ValueError(_("Enter a value, or say why there is none: not both."))
    return without_value or value


def said_once(factor: Factor, data: dict[str, Any]) -> object:
    return data.get(factor.key) or None


def said_many(factor: Factor, data: dict[str, Any]) -> object:
    """A list; one of the answers that are none stands alone."""
    named = data.get(factor.key) or []
    if not any(one in NOT_GIVEN for one in named):
        return named or None
    if len(named) > 1:
        raise ValueError(_("Tick answers, or say why there is none: not both."))
    return named[0]


def said_number(factor: Factor, data: dict[str, Any]) -> object:
    value, rest = data.get(factor.key), {one.key: data.get(part(factor, one.key)) for one in factor.fields}
    if not value and not any(rest.values()):
        return None
    return {"value": value, **rest} if factor.fields else value


def said_pressures(factor: Factor, data: dict[str, Any]) -> object:
    pairs = [[data.get(reading_name(factor, name)) or "" for name in pair] for pair in READINGS]
    return [pair for pair in pairs if any(pair)] or None


def said_score(factor: Factor, data: dict[str, Any]) -> object:
    total = data.get(factor.key)
    named = data.get(part(factor, "instrument")) or ""
    if len(factor.instruments) == 1:
        return {"instrument": factor.instruments[0], "total": total} if total else None
    return {"instrument": named, "total": total} if total or named else None


MAKERS = {
    Kind.CHOICE: of_choice,
    Kind.MANY: of_many,
    Kind.NUMBER: of_number,
    Kind.PRESSURES: of_pressures,
    Kind.TEXT: of_text,
    Kind.DATE: of_date,
    Kind.SCORE: of_score,
}
READERS = {
    Kind.CHOICE: said_once,
    Kind.MANY: said_many,
    Kind.NUMBER: said_number,
    Kind.PRESSURES: said_pressures,
    Kind.TEXT: said_once,
    Kind.DATE: said_once,
    Kind.SCORE: said_score,
}
