"""Answers of other chains checked against their context, through LangChain's own machinery."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from assistant import AnswerChecker, Checker, CitationEvaluator, PinciteError, Policy, Report, Span, Verdict
from assistant.context import Context, ContextText
from assistant.support import missing_words
from assistant.weighing import ErrorRates, Regression, Weighing

HARBOUR = "The harbour was opened in 1912. It has four quays for cargo and one for ferries."
RIVER = "The river Drin rises in the mountains. It reaches the sea near Lezhe."
CONTEXT = [
    Document(page_content=HARBOUR, metadata={"source": "harbour.pdf", "title": "The harbour", "page": 3}),
    Document(page_content=RIVER, metadata={"source": "river.txt", "date": "in spring", "kind": "guide"}),
]


class Words:
    """A verifier without weights: supported is what has all its words in the source."""

    identity = "none"

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Any:
        there = [not missing_words(claim, source) for source, claim in pairs]
        return np.asarray([(0.95, 0.04, 0.01) if held else (0.05, 0.9, 0.05) for held in there], dtype=np.float32)


@pytest.fixture(scope="module")
def checker() -> Checker:
    entailed = Regression(intercept=0, weights={"entailed": 1.0})
    rates = ErrorRates(threshold=0.7, false_pass=0, false_strip=0, measured_on="nothing")
    weighing = Weighing(
        supported=entailed,
        refuted=Regression(intercept=0, weights={"refuted": 1.0}),
        policies=dict.fromkeys(Policy, rates),
        partly=0.4,
        contradicted=0.6,
        provenance="made for these tests",
    )
    return Checker(Words(), weighing)


def verdicts(report: Report) -> list[str]:
    return [claim.verdict.value for claim in report.claims]


def test_markers_are_the_documents_of_the_context_in_order(checker: Checker) -> None:
    answer = "The harbour was opened in 1912 [1]. The river Drin rises in the mountains [2]. It was closed in 1950 [3]."
    report = AnswerChecker(checker=checker).invoke({"question": "?", "answer": answer, "context": CONTEXT})
    assert report.text == answer
    harbour, river, dangling = report.claims
    assert [citation.marker for citation in (*harbour.citations, *river.citations)] == [1, 2]
    assert (harbour.citations[0].document, harbour.citations[0].title, harbour.citations[0].page) == (
        "harbour.pdf",
        "The harbour",
        3,
    )
    assert (river.citations[0].kind, river.citations[0].date) == ("guide", None)
    assert [harbour.verdict, river.verdict, dangling.verdict] == [
        Verdict.SUPPORTED,
        Verdict.SUPPORTED,
        Verdict.DANGLING,
    ]
    for claim in report.claims:
        assert answer[claim.start : claim.end] == claim.text
    for citation, text in ((harbour.citations[0], HARBOUR), (river.citations[0], RIVER)):
        assert text[citation.start : citation.end] == citation.quote


def test_another_figure_than_the_cited_one_is_not_supported(checker: Checker) -> None:
    report = AnswerChecker(checker=checker).invoke(
        {"answer": "The harbour was opened in 1921 [1].", "context": CONTEXT}
    )
    assert verdicts(report) == ["contradicted"]
    assert "1912" in report.claims[0].reason


def test_an_answer_without_markers_is_held_against_the_whole_context(checker: Checker) -> None:
    for context in (CONTEXT, [HARBOUR, RIVER], HARBOUR + "\n\n" + RIVER, [{"page_content": HARBOUR + " " + RIVER}]):
        report = AnswerChecker(checker=checker).invoke(
            {"answer": AIMessage("The river Drin rises in the mountains."), "context": context}
        )
        assert verdicts(report) == ["supported"]
        assert report.claims[0].citations[0].marker is None


def test_the_answers_own_list_of_sources_is_left_out(checker: Checker) -> None:
    answer = "The harbour was opened in 1912 [1].\n\nSources\n[1] Somewhere else (other.txt 0:9)\n"
    report = AnswerChecker(checker=checker).invoke({"answer": answer, "context": CONTEXT})
    assert (report.text, verdicts(report)) == (answer, ["supported"])
    assert report.claims[0].citations[0].document == "harbour.pdf"


def test_passages_of_our_own_retriever_keep_their_place_in_the_document(checker: Checker) -> None:
    passage = Document(page_content=HARBOUR, metadata={"document": "h.md", "start": 500, "title": "H", "page": None})
    report = AnswerChecker(checker=checker).invoke({"answer": "It was opened in 1912 [1].", "context": passage})
    citation = report.claims[0].citations[0]
    assert (citation.document, HARBOUR[citation.start - 500 : citation.end - 500]) == ("h.md", citation.quote)


@pytest.mark.parametrize("context", [[], "", [""], [Document(page_content=" ")]])
def test_an_empty_context_supports_nothing(checker: Checker, context: Any) -> None:
    check = AnswerChecker(checker=checker)
    marked = check.invoke({"answer": "The harbour was opened in 1912 [1].", "context": context})
    assert verdicts(marked) == ["dangling"]
    unmarked = check.invoke({"answer": "The harbour was opened in 1912.", "context": context})
    assert verdicts(unmarked) == ["unsupported"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answer": "x"}, "context is needed; there is answer"),
        ({}, "answer is needed; there is nothing"),
        ({"answer": 1, "context": "x"}, "not int"),
        ({"answer": "x", "context": 1}, "not int"),
        ({"answer": "x", "context": [1]}, "not int"),
    ],
)
def test_what_cannot_be_checked_is_said(checker: Checker, given: dict[str, Any], said: str) -> None:
    with pytest.raises(PinciteError, match=said):
        AnswerChecker(checker=checker).invoke(given)


def test_it_is_a_runnable_like_any_other(checker: Checker) -> None:
    answer = RunnableLambda(lambda given: f"The harbour was opened in {given['question']} [1].")
    chain = RunnablePassthrough.assign(answer=answer) | AnswerChecker(checker=checker).as_json()
    told = chain.batch([{"question": "1912", "context": CONTEXT}, {"question": "1950", "context": CONTEXT}])
    assert [report["summary"]["supported"] for report in told] == [1, 0]
    assert told[0]["claims"][0]["citations"][0]["document"] == "harbour.pdf"


def test_the_evaluator_gives_the_share_of_supported_claims(checker: Checker) -> None:
    evaluate = CitationEvaluator(checker=checker)
    answer = "The harbour was opened in 1912. It was sold to a bank of Geneva."
    for inputs, outputs in [
        ({"question": "?"}, {"answer": answer, "context": CONTEXT}),
        ({"question": "?", "documents": CONTEXT}, {"output": answer}),
    ]:
        told = evaluate(inputs, outputs, reference_outputs={})
        assert told["key"] == "citation_support"
        assert told["score"] == 0.5
        assert "Geneva" in told["comment"]
    nothing = evaluate({}, {"answer": "Why?", "context": CONTEXT})
    assert (nothing["score"], nothing["comment"]) == (None, "The answer states nothing to check.")


def test_langsmith_takes_the_evaluator(checker: Checker) -> None:
    evaluator = pytest.importorskip("langsmith.evaluation.evaluator")
    schemas = pytest.importorskip("langsmith.schemas")
    now, id_ = datetime.datetime.now(datetime.UTC), "0190b6a0-0000-7000-8000-000000000001"
    run = schemas.Run(
        id=id_, trace_id=id_, name="r", start_time=now, run_type="chain", inputs={}, outputs={"answer": "It rises."}
    )
    example = schemas.Example(id=id_, dataset_id=id_, inputs={"context": [RIVER]}, outputs={}, created_at=now)
    run = run.model_copy(update={"outputs": {"answer": "The river Drin rises in the mountains."}})
    wrapped, _ = evaluator._normalize_evaluator_func(CitationEvaluator(checker=checker))
    assert wrapped(run, example)["score"] == 1.0


@given(st.lists(st.text("ab. \n", max_size=40), min_size=1, max_size=4), st.text("ab ", min_size=1, max_size=10))
def test_evidence_of_a_context_is_exact(texts: list[str], claim: str) -> None:
    context = Context([ContextText(document=str(n), title="t", text=text) for n, text in enumerate(texts)])
    for candidate in context.find([claim])[0]:
        for citation in candidate:
            assert texts[int(citation.document)][citation.start : citation.end] == citation.quote


def test_a_citation_of_a_context_has_the_place_and_hash_of_its_text() -> None:
    one = ContextText(document="d", title="t", text=RIVER, offset=10, told={"date": "2026-01-02", "page": "iv"})
    citation = one.cite(Span(start=4, end=9))
    assert (citation.start, citation.end, citation.quote, str(citation.date)) == (14, 19, "river", "2026-01-02")
    assert citation.page is None
    assert len(citation.sha256) == 64
