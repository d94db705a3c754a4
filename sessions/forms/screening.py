"""The form of one page of a screening. What was known is not refilled, and only what is filled in is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.forms.widgets import Moment
from clinic.forms.writing import WriteForm
from sessions.forms import factors as controls
from sessions.models import ScreeningFinding
from sessions.screening.catalogue import Factor, Kind, Origin
from sessions.screening_record import Known
from sessions.services.findings import Answer

BESIDE = "beside"


@dataclass(frozen=True)
class Block:
    """One factor on the page: its controls, what was known, and what is wrong."""

    factor: Factor
    main: tuple[BoundField, ...]
    source: BoundField | None
    words: BoundField | None
    replaces: BoundField | None
    known: Sequence[Known]

    @property
    def first(self) -> BoundField:
        """The control that errors are put on."""
        return self.main[0]

    @property
    def chosen(self) -> bool:
        """Whether the answer is a choice, whose question is the legend and needs no label of its own."""
        return self.factor.kind in controls.CHOSEN

    @property
    def only_source(self) -> str:
        """How it is known, where there is one way only."""
        single = len(self.factor.sources) == 1
        return str(ScreeningFinding.Source(self.factor.sources[0].value).label) if single else ""


class ScreeningForm(WriteForm):
    """Some factors, each with what is known of it. `replaceable` holds the findings that an entry may replace, by
    factor; for a factor in `must_choose` the person says whether it does."""

    occurred_at = forms.DateTimeField(
        label=gettext_lazy("Found on"),
        widget=Moment,
        initial=timezone.now,
        error_messages={"required": gettext_lazy("Enter a time")},
    )
    source = forms.ChoiceField(
        label=gettext_lazy("How is most of this page known?"), widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why does this replace what was known?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "Such as: measured again, or a letter arrived. Asked only where something is replaced."
        ),
    )

    def __init__(
        self,
        *args,
        factors: Sequence[Factor],
        known: Mapping[str, Sequence[Known]],
        replaceable: Mapping[str, Sequence[Known]],
        must_choose: frozenset[str],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.factors, self.known = factors, known
        self.replaceable, self.must_choose = replaceable, must_choose
        self.answers: list[Answer] = []
        self.fields["source"].choices = page_sources(factors)  # type: ignore[attr-defined]
        for factor in factors:
            self.fields.update(self.controls_of(factor))

    def controls_of(self, factor: Factor) -> dict[str, forms.Field]:
        """Every control of one factor."""
        made = controls.controls(factor)
        if len(factor.sources) > 1:
            made[controls.part(factor, controls.SOURCE)] = controls.source_of(factor)
        if factor.kind is not Kind.TEXT:
            note = controls.prose(_("Note"), controls.LONGEST_WORDS)
            made[controls.part(factor, controls.WORDS)] = note
        made[controls.part(factor, controls.REPLACES)] = replacing(self.replaceable.get(factor.key, ()))
        return made

    @property
    def values(self) -> dict:
        """What the service takes. Raises ValidationError where a known value was not faced.

        Asked here and not in `clean`: a form that is sent twice finds its own values known, and must get its first
        answer again.
        """
        problems = {}
        for number, answer in enumerate(self.answers):
            try:
                self.answers[number] = replace(answer, replaces=self.replaced(answer.factor))
            except ValueError as problem:
                problems[answer.factor] = str(problem)
        if problems:
            raise ValidationError(problems)
        return {"occurred_at": self.cleaned_data["occurred_at"], "answers": self.answers}

    @property
    def replaces_something(self) -> bool:
        """Whether a reason may be needed."""
        return any(self.replaceable.get(factor.key) for factor in self.factors)

    def blocks(self) -> Iterator[Block]:
        """The factors, as the template draws them."""
        for factor in self.factors:
            names = controls.controls(factor)
            yield Block(
                factor,
                tuple(self[name] for name in names),
                self.part(factor, controls.SOURCE),
                self.part(factor, controls.WORDS),
                self.part(factor, controls.REPLACES),
                self.known.get(factor.key, ()),
            )

    def part(self, factor: Factor, name: str) -> BoundField | None:
        """One control beside the answer, where the factor has it and there is something to choose."""
        named = controls.part(factor, name)
        empty = name == controls.REPLACES and not self.replaceable.get(factor.key)
        return None if empty or named not in self.fields else self[named]

    def add_error(self, field, error):
        """Name the factor in front: the summary lists the problems of many questions that read alike."""
        labels = {factor.key: _(factor.label) for factor in self.factors}
        if field in labels:
            error = [f"{labels[field]}: {message}" for message in ValidationError(error).messages]
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        """Gather the answers; what is wrong with one stands at its own control."""
        data = super().clean()
        for factor in self.factors:
            try:
                if answer := self.answer(factor, data):
                    self.answers.append(answer)
            except (ValueError, ValidationError) as problem:
                self.add_error(factor.key, problem if isinstance(problem, ValidationError) else str(problem))
        chosen = {data.get(controls.part(one, controls.REPLACES)) for one in self.factors}
        if chosen - {"", BESIDE, None} and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why this replaces what was known."))
        return data

    def answer(self, factor: Factor, data: dict[str, Any]) -> Answer | None:
        """What was filled in for one factor; None for nothing. Raises ValueError."""
        value = controls.answered(factor, data)
        words = data.get(controls.part(factor, controls.WORDS), "")
        choice = data.get(controls.part(factor, controls.REPLACES), "")
        if value is None and not words.strip():
            if choice not in ("", BESIDE):
                raise ValueError(_("Enter what replaces the value that was known."))
            return None
        return Answer(
            factor=factor.key,
            value=value,
            words=words,
            source=self.source_of(factor, data),
            reason=data.get("reason", ""),
        )

    def source_of(self, factor: Factor, data: dict[str, Any]) -> str:
        """As chosen for the factor, else the only way there is, else as chosen for the page. Raises ValueError."""
        named = [one.value for one in factor.sources]
        chosen = data.get(controls.part(factor, controls.SOURCE)) or ""
        of_page = data.get("source") or ""
        found = chosen or (named[0] if len(named) == 1 else of_page)
        if found not in named:
            labels = ", ".join(str(ScreeningFinding.Source(one).label) for one in named)
            raise ValueError(_("Say how this is known: %(sources)s.") % {"sources": labels})
        return found

    def replaced(self, key: str) -> ScreeningFinding | None:
        """The finding that this one corrects. Raises ValueError where nothing was chosen and must be."""
        choice = self.cleaned_data.get(f"{key}__{controls.REPLACES}", "")
        if not choice and key in self.must_choose:
            raise ValueError(_("A value is known. Say whether this replaces it, or both stand."))
        if choice in ("", BESIDE):
            return None
        rows = {str(one.row.pk): one.row for one in self.replaceable.get(key, ())}
        if choice not in rows:
            raise ValueError(_("What this replaces was changed meanwhile. Choose again."))
        return rows[choice]


def page_sources(factors: Sequence[Factor]) -> list[tuple[str, str]]:
    """The ways in which more than one factor of the page may be known; a questionnaire is named by its score."""
    named = {one for factor in factors for one in factor.sources if len(factor.sources) > 1}
    return [(one.value, str(ScreeningFinding.Source(one.value).label)) for one in Origin if one in named]


class Replacing(forms.ChoiceField):
    """Whether what is entered replaces what was known. What was chosen is looked up when it is stored."""

    def valid_value(self, value: object) -> bool:
        """Any; see `ScreeningForm.values`."""
        return True


def replacing(former: Sequence[Known]) -> Replacing:
    """The choice for one factor. Nothing is chosen."""
    rows = [
        (str(one.row.pk), _("This replaces: %(known)s") % {"known": shortened(one.shown)}) for one in former
    ]
    every = [*rows, (BESIDE, _("Both stand; the stricter one counts"))]
    return Replacing(
        label=_("If you enter something here"), choices=every, widget=forms.RadioSelect, required=False
    )


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
