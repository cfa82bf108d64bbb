from __future__ import annotations

import pytest
from made import found

from assistant.choosing import rank
from assistant.parts import Part
from assistant.refusing import Refuser, is_answered, measure
from assistant.types import Refusal

NOTICE = (
    "The minister begins a visit to Tirana today. Arrivals by small boat changed by 95% in three years. "
    "The laboratory receives a further £1 million this year. The Foreign Secretary spoke to reporters."
)


def judge(question: str, text: str = NOTICE) -> Refusal | None:
    return Refuser(lambda _, __: 7).judge(question, found(question, {"a.txt": text}))


@pytest.mark.parametrize(
    "question",
    [
        "Where does the visit begin?",
        "visit begins where",
        "By how much did arrivals by small boat change?",
        "How much money does the laboratory receive this year?",
        "Please tell me what the laboratory receives",
    ],
)
def test_answered(question: str) -> None:
    assert judge(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "What is the weather in Tirana?",
        "weather Tirana",
        "How do I bake sourdough bread?",
        "What is the name of the Foreign Secretary?",
        "Who is the Foreign Secretary?",
        "Which airline flew the minister?",
    ],
)
def test_refused(question: str) -> None:
    refusal = judge(question)
    assert refusal is not None
    assert refusal.reason


def test_a_refusal_names_what_is_covered_and_what_is_missing() -> None:
    refusal = judge("What is the weather in Tirana?")
    assert refusal is not None
    assert refusal.covered == ("Tirana",)
    assert refusal.missing == ("weather",)
    assert "“weather”" in refusal.reason
    assert "“Tirana”" in refusal.reason


def test_a_refusal_shows_the_nearest_words() -> None:
    refusal = judge("What is the weather in Tirana?")
    assert refusal is not None
    (nearest,) = refusal.nearest
    assert nearest.quote == NOTICE[nearest.start : nearest.end]
    assert "Tirana" in nearest.quote
    assert nearest.page == 7
    assert nearest.marker is None


def test_one_answered_part_is_enough() -> None:
    assert judge("Where does the visit begin and what is the weather?") is None


@pytest.mark.parametrize("question", ["", "?", "What is it?", "name"])
def test_a_question_about_nothing(question: str) -> None:
    assert judge(question) is not None


def test_no_passages() -> None:
    refusal = Refuser().judge("Where does the visit begin?", [])
    assert refusal is not None
    assert refusal.nearest == ()


def test_a_missing_number_counts_against() -> None:
    question = "How many people begin a visit to Tirana?"
    text = "The people begin a visit to Tirana."
    found_ = measure(rank(Part(question, question), found(question, {"a.txt": text})), Part(question, question))
    assert found_.against > 0
    assert found_.weakest > 0.9
    assert found_.words == pytest.approx(1, abs=1e-3)


def test_a_missing_heavy_word_decides() -> None:
    question = "Where does the visit begin?"
    part = Part(question, question)
    met = measure(rank(part, found(question, {"a.txt": NOTICE})), part)
    assert is_answered(met)
    assert not is_answered(met._replace(together=0.1))
    assert is_answered(met._replace(nearest={**met.nearest, "weather": (0.1, 0.1)}))
