"""Example questions made from sentences and headings."""

from __future__ import annotations

import pytest

from assistant.suggesting import candidate_questions
from index import Block, BlockKind, Document, Span


def questions(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    block = Block(kind=kind, span=Span(start=0, end=len(text)))
    return candidate_questions(Document(id="d", title="d", sha256="", text=text, blocks=(block,)))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("In 2024, 5,294 people were returned to Albania.", "How many people were returned to Albania in 2024?"),
        ("Two machines will be donated to the police.", "How many machines will be donated to the police?"),
        ("The summit will be held in the autumn.", "When will the summit be held?"),
        ("Britain will host the summit in May 2026.", "When will Britain host the summit?"),
        ("Over three years, arrivals by boat have fallen by 95%.", "By how much have arrivals by boat fallen?"),
    ],
)
def test_sentences(sentence: str, question: str) -> None:
    assert questions(sentence) == [question]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Where the index is kept", "Where is the index kept?"),
        ("What does it cost?", None),
        ("What do verdicts mean?", "What do verdicts mean?"),
        ("Background", None),
    ],
)
def test_headings(heading: str, question: str | None) -> None:
    assert questions(heading, BlockKind.HEADING) == ([question] if question else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "It will be held in the autumn.",  # what?
        "Three of them were returned.",
        "2024 was a good year.",
        "The minister spoke at length.",
    ],
)
def test_what_points_back_or_tells_no_figure_gives_none(sentence: str) -> None:
    assert questions(sentence) == []
