"""What the questions are, and what counts as right."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.consents.questions import load, newest, questions_of
from clinic.consents.reading import FOLDER
from clinic.refusals import RefusedError

QUESTIONS = newest()
GOOD = FOLDER / "understanding.1.en.toml"
ALL_RIGHT = {question.key: list(question.correct) for question in QUESTIONS.questions}
KEYS = sorted(
    {choice.key for question in QUESTIONS.questions for choice in question.choices} | {"nothing else"}
)


def test_there_are_five_to_eight_questions_each_with_an_explanation_and_a_source():
    assert 5 <= len(QUESTIONS.questions) <= 8
    assert all(question.explanation and question.marks for question in QUESTIONS.questions)
    assert any(question.several for question in QUESTIONS.questions)


@pytest.mark.parametrize(
    ("change", "score", "missed"),
    [
        ({}, 8, []),
        ({"helps": ["everybody"]}, 7, ["helps"]),
        ({"withdraw": ["treatment", "research"]}, 7, ["withdraw"]),
        ({"withdraw": ["touch", "research", "treatment"]}, 8, []),
        ({"withdraw": ["touch", "research", "treatment", "nothing"]}, 7, ["withdraw"]),
        ({"danger": ["wait"], "approval": ["soon"]}, 6, ["approval", "danger"]),
    ],
)
def test_a_question_is_right_with_all_the_right_choices_and_no_other(change, score, missed):
    answers = ALL_RIGHT | change
    assert QUESTIONS.score(answers) == score
    assert [question.key for question in QUESTIONS.missed(answers)] == missed


def test_no_answer_is_not_right_and_is_asked_first():
    assert QUESTIONS.score({}) == 0 and QUESTIONS.first_open({}) == 1
    assert QUESTIONS.first_open({key: ALL_RIGHT[key] for key in ("approval", "helps")}) == 3
    assert QUESTIONS.first_open(ALL_RIGHT) == 9 and QUESTIONS.problem(ALL_RIGHT) == ""


@given(st.dictionaries(st.sampled_from(sorted(ALL_RIGHT)), st.lists(st.sampled_from(KEYS), max_size=4)))
def test_score_and_missed_are_two_sides_of_the_same(answers):
    assert QUESTIONS.score(answers) + len(QUESTIONS.missed(answers)) == len(QUESTIONS.questions)
    # Whatever can be stored as all the answers has a choice for each question.
    if not QUESTIONS.problem(answers):
        assert all(answers[question.key] for question in QUESTIONS.questions)


def test_a_language_without_questions_is_asked_in_english():
    assert newest("mi").language == "en"


@pytest.mark.parametrize("version", ["2", "../wording/understanding.1", "*", ""])
def test_a_version_that_is_not_there_is_refused(version):
    with pytest.raises(LookupError):
        questions_of(version, "en")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('correct = ["some"]', "correct = []", "must be"),
        ('correct = ["some"]', 'correct = ["most"]', "must be"),
        ('correct = ["some"]', 'correct = ["some", "everybody", "nobody"]', "must be"),
        ('key = "everybody"', 'key = "some"', "must be"),
        ('key = "helps"', 'key = "approval"', "names a key twice"),
        ("explanation = ", "because = ", "because"),
        ('marks = ["S112"]', "marks = []", "must be a list of texts"),
        ('mark = "S142"', 'mark = "S141"', "S142"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_key(tmp_path, old, new, said):
    path = tmp_path / GOOD.name
    path.write_text(GOOD.read_text().replace(old, new, 1))
    with pytest.raises(RefusedError, match=re.escape(GOOD.name)) as refused:
        load(path)
    assert said in str(refused.value)
