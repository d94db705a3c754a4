"""The check of understanding: a few questions as versioned data, and what counts as right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clinic.consents.reading import FALLBACK, FOLDER, Source, check_marks, order, read, some, sources
from clinic.sections import Section, text

# What a participant chose, by the question's key. A question that is not there was not answered.
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `correct` are the keys of all the choices that are right."""

    key: str
    text: str
    choices: tuple[Choice, ...]
    correct: tuple[str, ...]
    explanation: str
    marks: tuple[str, ...]
    hint: str = ""

    @property
    def several(self) -> bool:
        """Whether more than one choice is right, so that more than one can be chosen."""
        return len(self.correct) > 1

    def problem(self, chosen: object) -> str:
        """Why this cannot be an answer; "" where it can."""
        keys = {choice.key for choice in self.choices}
        if not isinstance(chosen, list | tuple) or not all(isinstance(one, str) for one in chosen):
            return f"{self.key} is a list of choices."
        if not chosen or not set(chosen) <= keys or len(set(chosen)) < len(chosen):
            return f"{self.key} is one or more of: {', '.join(sorted(keys))}."
        if len(chosen) > 1 and not self.several:
            return f"{self.key} has one answer."
        return ""

    def right(self, answers: Answers) -> bool:
        """Whether exactly the right choices were made."""
        return set(answers.get(self.key, ())) == set(self.correct)

    def words(self, keys: Sequence[str]) -> list[str]:
        """The labels of some choices, in the order of the question."""
        return [choice.label for choice in self.choices if choice.key in keys]


@dataclass(frozen=True, slots=True)
class Questions:
    """One version in one language."""

    version: str
    language: str
    title: str
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]

    def score(self, answers: Answers) -> int:
        """How many were right."""
        return sum(question.right(answers) for question in self.questions)

    def missed(self, answers: Answers) -> list[Question]:
        """Those that were not right, in the order of asking."""
        return [question for question in self.questions if not question.right(answers)]

    def first_open(self, answers: Answers) -> int:
        """Number, from 1, of the first question without an answer; one past the last where all have one."""
        places = (place for place, one in enumerate(self.questions, 1) if one.key not in answers)
        return next(places, len(self.questions) + 1)

    def problem(self, answers: Any) -> str:
        """Why these cannot be the answers to all the questions; "" where they can."""
        keys = {question.key for question in self.questions}
        if not isinstance(answers, dict) or set(answers) != keys:
            return f"Give one answer to each of: {', '.join(sorted(keys))}."
        found = (question.problem(answers[question.key]) for question in self.questions)
        return next((problem for problem in found if problem), "")


@cache
def load(path: Path) -> Questions:
    """One file. Raises RefusedError with the file and the key that is wrong."""
    top = read(path, "questions")
    found = Questions(
        version=top.take("version", text),
        language=top.take("language", text),
        title=top.take("title", text),
        questions=tuple(question_of(one) for one in top.sections("questions")),
        sources=sources(top),
    )
    if len({question.key for question in found.questions}) < len(found.questions):
        raise top.wrong("questions", "names a key twice")
    used = {mark for question in found.questions for mark in question.marks}
    check_marks(top, used, found.sources)
    return found


def question_of(one: Section) -> Question:
    """One question. Raises RefusedError."""
    one.only("key", "text", "hint", "explanation", "marks", "correct", "choices")
    choices = tuple(
        Choice(part.take("key", text), part.take("label", text)) for part in one.sections("choices")
    )
    correct, keys = one.take("correct", some), {choice.key for choice in choices}
    if len(keys) < max(2, len(choices)) or not set(correct) < keys:
        raise one.wrong("correct", "must be some of the choices, and not all of them")
    return Question(
        key=one.take("key", text),
        text=one.take("text", text),
        choices=choices,
        correct=correct,
        explanation=one.take("explanation", text),
        marks=one.take("marks", some),
        hint=one.take("hint", text, ""),
    )


def questions_of(version: str, language: str) -> Questions:
    """One version. LookupError where there is none."""
    path = FOLDER / f"understanding.{version}.{language}.toml"
    # The name comes from a row or a body: it must be one of ours before it becomes a path.
    if path not in FOLDER.glob("understanding.*.toml"):
        raise LookupError(f"There are no questions of version {version} in {language}.")
    return load(path)


def newest(language: str = FALLBACK) -> Questions:
    """The questions as they are asked now, in English where the language has none."""
    files = sorted(FOLDER.glob(f"understanding.*.{language}.toml"))
    found = [load(path) for path in files or FOLDER.glob(f"understanding.*.{FALLBACK}.toml")]
    return max(found, key=lambda one: order(one.version))
