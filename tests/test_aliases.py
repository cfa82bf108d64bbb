"""Questions on a person are questions on the office."""

from __future__ import annotations

import pytest

from assistant.aliases import OfficeScorer, with_offices
from index import BlockKind, DocumentInfo, Hit, Passage, Sentence, SentenceHit, Span

TEXTS = [
    "It was said that Prime Minister Keir Starmer will begin a visit.",
    "He is met by Albania’s Prime Minister Edi Rama. Home Secretary Yvette Cooper stays at home.",
]


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        ("Who does Starmer meet?", ["Who does the Prime Minister meet?"]),
        ("What did Keir Starmer say in Tirana?", ["What did the Prime Minister say in Tirana?"]),
        ("Where does Edi Rama live?", ["Where does Albania’s Prime Minister live?"]),
        ("What did Cooper tell Starmer?", ["What did the Home Secretary tell Starmer?",
                                           "What did Cooper tell the Prime Minister?"]),
        ("Who is the Prime Minister of Albania?", []),
        ("How many Albanians were returned?", []),
        ("", []),
    ],
)  # fmt: skip
def test_readings(question: str, readings: list[str]) -> None:
    assert with_offices(question, TEXTS) == readings


def test_a_sentence_has_its_best_score() -> None:
    span = Span(start=0, end=len(TEXTS[0]))
    sentence = Sentence(span=span, kind=BlockKind.PARAGRAPH)
    passage = Passage(id="p", document="d", span=span, text=TEXTS[0], sentences=(sentence,))
    info = DocumentInfo(id="d", title="d", sha256="")
    hit = Hit(passage=passage, document=info, score=0, dense=0, lexical=0)

    class Scripted:
        def sentences(self, query: str, hits: list[Hit]) -> list[SentenceHit]:
            score = 2.0 if "Prime Minister" in query else 1.0
            return [SentenceHit(hit=hits[0], sentence=sentence, text=TEXTS[0], score=score)]

    assert [s.score for s in OfficeScorer(Scripted()).sentences("Who does Starmer meet?", [hit])] == [2.0]
    assert [s.score for s in OfficeScorer(Scripted()).sentences("Who comes?", [hit])] == [1.0]
