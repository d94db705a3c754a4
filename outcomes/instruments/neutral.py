"""Short labels of ours for a form whose text may not be shown: "Item 3", and the numbers of its answers."""

from django.utils.translation import gettext as _

from outcomes.instruments.base import Instrument, Item, Kind
from outcomes.instruments.wording_types import Choice, Question, Wording


def neutral(instrument: Instrument) -> Wording:
    """The form without its words. Being ours, its labels go through gettext: `language` is empty."""
    return Wording(
        instrument=instrument.key,
        language="",
        locale="",
        title=instrument.title,
        version=instrument.version,
        recall=instrument.recall,
        questions=tuple(question_of(item) for item in instrument.items),
        attribution=instrument.attribution,
        licence=instrument.licence,
    )


def question_of(item: Item) -> Question:
    """One item under its label."""
    choices = tuple(Choice(option.value, option.label or str(option.value)) for option in item.options)
    hint = (
        ""
        if choices or item.low is None
        else _("From %(low)s to %(high)s") % {"low": item.low, "high": item.high}
    )
    return Question(item.key, label_of(item), () if item.kind == Kind.RATING else choices, hint=hint)


def label_of(item: Item) -> str:
    """Its own label, else its number."""
    if item.label:
        return str(item.label)
    return _("Item %(number)s") % {"number": item.key.removeprefix("item_")}
