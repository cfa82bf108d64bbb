"""What the page shows of an answer that a chat model writes: words not checked yet, what was left out, who wrote."""

from __future__ import annotations

import pytest
from page_text import text_of
from scripted import cite, claim, make_answer, make_document

from assistant import Verdict
from ui.progress import Progress, after
from ui.web.render import turn_patch
from ui.web.writing import byline_html, draft_html, withheld_html

DOCUMENT = make_document("a.md", "One fact. Another fact.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One fact [1]. Or", "One fact. Or"),
        ("One fact [1][2", "One fact"),
        ("One fact [", "One fact"),
        ("One fact 【1", "One fact"),
        ("One fact [sic] and", "One fact [sic] and"),
        ("  ", ""),
        ("[1]", ""),
    ],
)
def test_the_words_being_written_are_shown_without_markers(text: str, shown: str) -> None:
    assert text_of(draft_html(text)).removeprefix("Being checked: ") == shown


def test_what_was_left_out_is_folded_and_told_with_verdict_and_reason() -> None:
    first = claim("Third [4] fact [1].", cite(DOCUMENT, "One fact."), verdict=Verdict.CONTRADICTED, reason="Says one.")
    second = claim("Fourth fact.", verdict=Verdict.UNCITED, reason="It cites nothing.")
    assert withheld_html([]) == ""
    html = withheld_html([first, second])
    assert text_of(html) == (
        "2 sentences left out: the documents do not bear them out"
        "“Third fact.”Contradicted Says one.“Fourth fact.”No source cited It cites nothing."
    )
    assert html.startswith("<details class=")
    assert html.count("<svg") == 2


def test_an_answer_of_the_documents_own_sentences_names_no_writer() -> None:
    answer = make_answer("q", claim("One fact.", cite(DOCUMENT, "One fact.")))
    assert byline_html(answer) == ""
    by_model = answer.model_copy(update={"mode": "generative", "model": "openai:gpt-5"})
    assert text_of(byline_html(by_model)) == "Written by openai:gpt-5, each sentence checked"
    assert byline_html(by_model.model_copy(update={"claims": ()})) == ""


def test_the_summary_counts_only_what_is_shown() -> None:
    answer = make_answer("q", claim("One fact."), claim("Another fact."))
    left_out = (claim("Third.", verdict=Verdict.UNSUPPORTED),)
    patch = turn_patch(0, "q", after(Progress(), answer.model_copy(update={"withheld": left_out})))
    assert "All 2 sentences shown here supported" in patch.tail
