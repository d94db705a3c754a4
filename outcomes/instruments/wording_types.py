"""The parts of a questionnaire as it is shown."""

from dataclasses import dataclass

from outcomes.instruments.base import Label


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer as it is shown."""

    value: int
    label: Label


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is shown. `low_end` and `high_end` word the ends of a rating.

    `stem` begins the sentence, `before`, `prompt` and `after` stand around it in the printed form.
    """

    key: str
    text: Label
    choices: tuple[Choice, ...] = ()
    hint: Label = ""
    low_end: Label = ""
    high_end: Label = ""
    stem: Label = ""
    before: Label = ""
    prompt: Label = ""
    after: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A questionnaire in one language. Shown exactly as it stands, never through gettext.

    `language` is the one really shown: store it with the assessment. `notice` is a line of ours beside it.
    """

    instrument: str
    language: str
    locale: str
    title: Label
    version: str
    recall: Label
    questions: tuple[Question, ...]
    attribution: str
    licence: str
    stem: Label = ""
    instruction: Label = ""
    prompt: Label = ""
    notice: Label = ""
    sources: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()

    def question(self, key: str) -> Question:
        """The question of this item; KeyError if there is none."""
        return {question.key: question for question in self.questions}[key]
