from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.parts import split_question


@pytest.mark.parametrize(
    ("question", "queries"),
    [
        ("Who does he meet and where does the visit start?", ["Who does he meet", "where does the visit start"]),
        (
            "How many Albanians were returned in 2024 and in 2022?",
            ["How many Albanians were returned in 2024", "How many Albanians were returned in 2022"],
        ),
        (
            "How many Albanians were returned in 2024 and 2022?",
            ["How many Albanians were returned in 2024", "How many Albanians were returned in 2022"],
        ),
        (
            "How much more money goes into forensics and for what?",
            ["How much more money goes into forensics", "money goes into forensics for what"],
        ),
        ("When and where is the summit?", ["When is the summit", "where is the summit"]),
        (
            "What are the drones for and who pays for them?",
            ["What are the drones for", "who pays for them, are the drones for"],
        ),
        ("Who is Rama? Where is Tirana?", ["Who is Rama", "Where is Tirana"]),
    ],
)
def test_compound(question: str, queries: list[str]) -> None:
    assert [part.query for part in split_question(question)] == queries


@pytest.mark.parametrize(
    "question",
    [
        "",
        "drones",
        "How did trade change between 2022 and 2024?",
        "Who met Rama and Starmer?",
        "What is the role of Albania and Kosovo?",
        "The connection between energy and what allows a force?",
        "In what city and state did she grow up?",
    ],
)
def test_one_thing(question: str) -> None:
    assert [tuple(part) for part in split_question(question)] == [(question, question)]


@given(st.text(alphabet="who and in 2024, what?. it", max_size=60))
def test_any_text_has_a_part(question: str) -> None:
    parts = split_question(question)
    assert parts
    assert len(parts) == 1 or all(part.query.strip() for part in parts)
