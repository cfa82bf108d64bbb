from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import found, score

from assistant.extractive import ExtractiveAnswerer
from assistant.markers import find_markers
from assistant.types import Draft
from index import SentenceHit

NOTICE = (
    "The minister begins a visit to Tirana today. Arrivals by small boat fell by 95% in three years. "
    "In 2024 5,294 people were returned. The laboratory receives a further £1 million this year."
)
RETOLD = "Arrivals by small boat fell by 85% in three years."


def ask(question: str, texts: dict[str, str], kinds: dict[str, str] | None = None) -> Draft:
    return answerer().answer(question, found(question, texts, kinds))


def answerer(limit: int = 3) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(lambda _, offset: 1 + offset // 100, limit=limit, score=score)


def check(draft: Draft, texts: dict[str, str]) -> None:
    """What every answer promises: verbatim but for markers, cited to the character, one number for one document."""
    rebuilt = " ".join(f"{claim.text} [{claim.citations[0].marker}]" for claim in draft.claims)
    assert draft.text == rebuilt
    markers: dict[int | None, str] = {}
    for claim in draft.claims:
        (citation,) = claim.citations
        assert draft.text[claim.start : claim.end] == claim.text
        assert claim.text == citation.quote or find_markers(citation.quote, (1, 2))
        assert texts[citation.document][citation.start : citation.end] == citation.quote
        assert markers.setdefault(citation.marker, citation.document) == citation.document
        assert all(claim.start <= span.start < span.end <= claim.end for span in claim.decisive)
    assert list(markers) == list(range(1, len(markers) + 1))


@pytest.mark.parametrize(
    ("question", "fact", "decisive"),
    [
        ("By how much did arrivals by small boat fall?", "95%", ["95%"]),
        ("How many people were returned in 2024?", "5,294", ["5,294"]),
        ("Where does the visit begin?", "Tirana", ["Tirana"]),
        ("How much money does the laboratory receive this year?", "£1 million", ["£1 million"]),
    ],
)
def test_the_sentence_with_the_fact(question: str, fact: str, decisive: list[str]) -> None:
    draft = ask(question, {"a.txt": NOTICE})
    check(draft, {"a.txt": NOTICE})
    assert len(draft.claims) == 1
    assert fact in draft.claims[0].text
    assert [span.of(draft.text) for span in draft.claims[0].decisive] == decisive


def test_each_part_of_a_compound_question() -> None:
    draft = ask("Where does the visit begin and how much money does the laboratory receive?", {"a.txt": NOTICE})
    check(draft, {"a.txt": NOTICE})
    assert "Tirana" in draft.claims[0].text
    assert "£1 million" in draft.claims[1].text
    assert draft.text.count("[1]") == 2


def test_neighbours_are_one_claim() -> None:
    question = "How much did arrivals fall and how many people were returned?"
    draft = ask(question, {"a.txt": NOTICE})
    check(draft, {"a.txt": NOTICE})
    (claim,) = draft.claims
    assert "95%" in claim.text
    assert "5,294" in claim.text


def test_two_documents_have_two_numbers() -> None:
    texts = {"a.txt": "The visit begins in Tirana.", "b.txt": "The laboratory receives £1 million."}
    draft = ask("Where does the visit begin and how much money does the laboratory receive?", texts)
    check(draft, texts)
    assert [claim.citations[0].marker for claim in draft.claims] == [1, 2]


def test_the_announcement_goes_before_its_retelling() -> None:
    texts = {"news.txt": RETOLD, "notice.txt": NOTICE}
    draft = ask("By how much did arrivals by small boat fall?", texts, {"notice.txt": "official", "news.txt": "news"})
    assert [claim.citations[0].document for claim in draft.claims] == ["notice.txt"]


def test_what_is_said_twice_is_shown_once() -> None:
    texts = {"a.txt": "The visit begins in Tirana today.", "b.txt": "Today the visit begins in Tirana."}
    draft = ask("Where does the visit begin?", texts)
    assert len(draft.claims) == 1


def test_a_list_item_is_quoted_without_its_sign() -> None:
    text = "- Drones watch the border."
    draft = ask("What watches the border?", {"a.txt": text})
    check(draft, {"a.txt": text})
    assert draft.claims[0].text == "Drones watch the border."


def test_a_sentence_that_only_repeats_the_question_is_no_answer() -> None:
    text = "Where does the visit begin? It is in the town of Tirana that the visit begins."
    assert "Tirana" in ask("Where does the visit begin?", {"a.txt": text}).text


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("The ferry carries 240 lorries a week【9】.", "The ferry carries 240 lorries a week."),
        ("The ferry carries 240 lorries a week [1][2].", "The ferry carries 240 lorries a week."),
        ("The ferry【4†source】carries 240 lorries a week.", "The ferry carries 240 lorries a week."),
        ("[3] The ferry [^2] carries 240 lorries a week.", "The ferry carries 240 lorries a week."),
        ("The ferry carries 240 lorries a week¹.", "The ferry carries 240 lorries a week."),
        ("The ferry carries 240 lorries a week [1,【9】2].", "The ferry carries 240 lorries a week."),
        ("The ferry carries 240 lorries a  week , [sic] as said [2024].", None),
        ("The ferry carries 240 lorries a week over 12 km².", None),
    ],
)
def test_the_markers_of_a_document_are_not_shown_as_ours(sentence: str, shown: str | None) -> None:
    texts = {"a.txt": f"The port is old. {sentence}\n\nIt is kept by the county."}
    draft = ask("How many lorries does the ferry carry a week?", texts)
    check(draft, texts)
    (claim,) = draft.claims
    assert claim.citations[0].quote == sentence
    assert claim.text == (shown or sentence)
    assert [span.of(draft.text) for span in claim.decisive] == ["240"]
    assert [marker.numbers for marker in find_markers(draft.text, (1,))] == [(1,)]


@pytest.mark.parametrize("quoted", ["[1]", "【2】", "[1][2]", "¹"])
def test_what_is_quoted_of_two_documents_has_two_markers(quoted: str) -> None:
    texts = {"a.txt": f"The visit begins in Tirana{quoted}.", "b.txt": f"The laboratory receives £1 million{quoted}."}
    draft = ask("Where does the visit begin and how much money does the laboratory receive?", texts)
    check(draft, texts)
    assert draft.text == "The visit begins in Tirana. [1] The laboratory receives £1 million. [2]"


def test_pages() -> None:
    draft = ask("How much money does the laboratory receive?", {"a.txt": NOTICE})
    citation = draft.claims[0].citations[0]
    assert citation.page == 1 + citation.start // 100


def test_nothing_from_nothing() -> None:
    assert answerer().answer("Why?", []) == Draft(text="", claims=())


def test_limit() -> None:
    question = "Where does the visit begin and how much money does the laboratory receive?"
    sentences: list[SentenceHit] = found(question, {"a.txt": NOTICE})
    assert len(answerer(limit=1).answer(question, sentences).claims) == 1


@given(
    st.text(alphabet="who and how many 2024 visit Tirana?", max_size=50),
    st.lists(
        st.sampled_from([*NOTICE.split(". "), RETOLD, "- An item", "Who?", "Tirana [1,[2]2] is old【1】."]),
        min_size=1,
        max_size=4,
    ),
)
def test_any_answer_is_exact(question: str, texts: list[str]) -> None:
    documents = {f"{i}.txt": text for i, text in enumerate(texts)}
    check(ask(question, documents), documents)
