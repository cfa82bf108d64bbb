"""Answers and documents as HTML: what is shown, and that nothing of them is ever markup."""

from __future__ import annotations

import datetime
import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_text import Tags, text_of
from scripted import cite, claim, make_answer, make_document

from assistant import Refusal, Verdict
from ui.progress import Progress, after
from ui.web.markup import wrapped
from ui.web.reader import Mark, document_html
from ui.web.render import (
    Patch,
    claim_html,
    examples_html,
    footer_text,
    problem_html,
    read_as_html,
    turn_patch,
    welcome_html,
)
from ui.web.sources import link_html, meta_line

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</span></button><iframe src=//evil.example>",
    '<a href="javascript:alert(1)">x</a>',
    "${alert(1)}`{{constructor}}",
    "&lt;script&gt; &#60;b&#62;",
    "<!-- --><style>*{display:none}</style>",
    "]]><![CDATA[<x onclick=alert(1)>",
    "![x](http://127.0.0.1:9/leak)",
    "[a](javascript:alert(1))",
    "<http://127.0.0.1:9/leak> http://127.0.0.1:9/leak www.example.org",
    "[1]: http://127.0.0.1:9/leak",
]
SAFE_TAGS = {
    *(
        "article",
        "blockquote",
        "button",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "mark",
    ),
    *("p", "pre", "span", "strong", "summary", "svg", "table", "td", "tr", "ul", "use"),
}


def all_html(patch: Patch) -> str:
    groups = "".join(group.head + "".join(group.quotes) for group in patch.groups)
    return patch.read_as + patch.notice + "".join(patch.claims) + patch.draft + patch.tail + patch.withheld + groups


def finished(question: str, *claims: object, **answer: object) -> Patch:
    made = make_answer(question, *claims, **answer)  # type: ignore[arg-type]
    return turn_patch(3, question, after(Progress(), made))


DOCUMENT = make_document("a.md", "One fact. Another fact.", publisher="Office", date=datetime.date(2025, 5, 5))
OTHER = make_document("b.md", "Third fact.")


# Sentences


def test_markers_of_the_text_become_buttons_and_the_gaps_stay() -> None:
    first = claim("One fact.", cite(DOCUMENT, "One fact."))
    second = claim("Another fact.", cite(DOCUMENT, "Another fact."), cite(OTHER, "Third fact.", 2))
    patch = finished("q", first, second, gap="\n\n")
    assert [text_of(html) for html in patch.claims] == ["One fact.1", "\n\nAnother fact.12"]
    assert re.findall(r'data-cite="(\d)"', "".join(patch.claims)) == ["0", "1", "2"]
    assert [cited.number for cited in patch.cites] == [1, 1, 2]
    assert patch.done
    assert "All 2 sentences supported" in patch.tail


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One fact [1].", "One fact1."),
        ("One fact [1][1].", "One fact11."),
        ("One [1] fact [1].", "One1 fact1."),
        ("One fact [2024].", "One fact [2024].1"),
        ("One fact [5].", "One fact [5].1"),
        ("One fact [1, 7].", "One fact17."),
    ],
)
def test_a_marker_inside_a_sentence_stays_in_its_place(text: str, shown: str) -> None:
    html = claim_html(claim(text, cite(DOCUMENT, "One fact."), dangling=(7,) if "7" in text else ()))
    assert text_of(html) == shown


def test_a_dangling_marker_is_shown_and_cannot_be_opened() -> None:
    html = claim_html(claim("One fact.", verdict=Verdict.DANGLING, reason="Marker 9 has no source.", dangling=(9,)))
    assert "points at no source" in html
    assert "<button" not in html
    assert text_of(html) == "One fact.9Source missing: Marker 9 has no source."


def test_decisive_words_are_strong_wherever_the_sentence_stands() -> None:
    first = claim("One fact.", cite(DOCUMENT, "One fact."))
    second = claim("There were 5,294 of them.", cite(DOCUMENT, "Another fact."), decisive="5,294")
    assert "<strong>5,294</strong>" in finished("q", first, second).claims[1]


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.SUPPORTED])
def test_a_sentence_with_a_problem_says_it_in_words(verdict: Verdict) -> None:
    html = claim_html(claim("One fact.", cite(DOCUMENT, "One fact."), verdict=verdict, reason="It says 2026."))
    assert re.search(r"<svg.*</svg>[A-Z][a-z ]+<", html)
    assert "It says 2026." in text_of(html)


def test_a_supported_sentence_is_told_by_shape_and_label() -> None:
    html = claim_html(claim("One fact.", cite(DOCUMENT, "One fact."), reason="Same words."))
    assert text_of(html) == "One fact.1"
    assert 'aria-label="Supported"' in html


def test_what_streams_is_a_beginning_of_what_stays() -> None:
    claims = [claim("One fact.", cite(DOCUMENT, "One fact.")), claim("Third fact.", cite(OTHER, "Third fact.", 2))]
    answer = make_answer("q", *claims)
    whole = turn_patch(0, "q", after(Progress(), answer))
    part = turn_patch(0, "q", Progress("q", answer.text[: answer.claims[0].end], answer.claims[:1]))
    assert part.claims == whole.claims[:1]
    assert part.cites == whole.cites[:1]
    assert part.groups == whole.groups[:1]


@pytest.mark.parametrize(
    ("question", "read_as", "shown"),
    [("And Kosovo?", "How many in Kosovo?", True), ("How many?", "how  many", False), ("How many?", "", False)],
)
def test_read_as_is_shown_only_where_it_differs(question: str, read_as: str, shown: bool) -> None:
    assert bool(read_as_html(question, read_as)) is shown


# Sources and refusals


def test_sources_are_grouped_by_document_with_quote_and_verdict() -> None:
    first = claim("One fact.", cite(DOCUMENT, "One fact."), reason="Same words.")
    second = claim("Other.", cite(OTHER, "Third fact.", 2), verdict=Verdict.CONTRADICTED, reason="Says third.")
    third = claim("Another fact.", cite(DOCUMENT, "Another fact."))
    groups = finished("q", first, second, third).groups
    assert [len(group.quotes) for group in groups] == [2, 1]
    assert text_of(groups[0].head) == "1Source 1: One fact. Another fact.Office · 5 May 2025 · document"
    assert text_of(groups[0].quotes[0]) == "One fact.Supported Same words.Open in the document"
    assert "Contradicted Says third." in text_of(groups[1].quotes[0])
    assert [re.findall(r'data-cite="(\d)"', "".join(group.quotes)) for group in groups] == [
        ["0", "0", "2", "2"],
        ["1", "1"],
    ]


def test_a_refusal_shows_reason_cover_and_nearest_passages() -> None:
    refusal = Refusal(
        reason="No cost is named.", covered=("visit",), missing=("cost",), nearest=(cite(OTHER, "Third fact.", None),)
    )
    patch = finished("q", refusal=refusal)
    assert text_of(patch.tail) == (
        "The documents do not answer thisNo cost is named.In the documentsvisitNot foundcost"
        "Nearest passagesThird fact.Third fact."
    )
    assert [cited.number for cited in patch.cites] == [None]
    assert 'data-cite="0"' in patch.tail


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        (None, False),
        ("javascript:alert(1)", False),
        ("javascript://example.org/%0aalert(1)", False),
        ("JaVaScRiPt:alert(1)//https://example.org", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[broken", False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, linked: bool) -> None:
    html = link_html(url)
    assert bool(html) is linked
    if url and linked:
        assert f'href="{escape(url)}"' in html
        assert 'rel="noopener noreferrer"' in html


def test_meta_line_leaves_out_what_is_unknown() -> None:
    assert meta_line(OTHER) == "document"


# Safety


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_from_outside_becomes_markup(payload: str) -> None:
    document = make_document(
        f"{payload}.md",
        f"{payload} | {payload}\n- {payload}\n{payload}",
        (payload,),
        title=payload,
        publisher=payload,
        kind=payload,
    )
    quoted = cite(document, payload)
    wrong = claim(f"{payload} said so.", quoted, decisive=payload, verdict=Verdict.UNSUPPORTED, reason=payload)
    refusal = Refusal(reason=payload, covered=(payload,), missing=(payload,), nearest=(quoted,))
    written = make_answer(payload, wrong).model_copy(
        update={"mode": "generative", "model": payload, "notice": payload, "withheld": (wrong,)}
    )
    shown = [
        all_html(turn_patch(0, payload, after(Progress(), written))),
        all_html(turn_patch(0, payload, Progress(payload, draft=payload, notice=payload, withheld=(wrong,)))),
        all_html(finished(payload, wrong, read_as=f"{payload} read")),
        all_html(finished(payload, claim(f"{payload} said so.", quoted, reason=payload), refusal=refusal)),
        document_html(document, []),
        document_html(document, [Mark(0, len(payload), True), Mark(3, len(document.text), False)]),
        examples_html([payload]),
        problem_html(payload),
        link_html(f"https://example.org/{payload}").replace("href", "data-checked"),
    ]
    for html in shown:
        parsed = Tags(html)
        assert parsed.tags <= SAFE_TAGS | {"a"}
        assert parsed.risky == []
    assert payload in text_of(shown[5])
    assert "<a" not in shown[0] + shown[1]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4))
def test_wrapping_keeps_every_character(text: str, spans: list[tuple[int, int]]) -> None:
    html = wrapped(text, 0, len(text), [(min(span), max(span), "") for span in spans], "mark")
    assert unescape(re.sub(r"</?mark>", "", html)) == unescape(escape(text))


def test_the_empty_index_says_what_to_run() -> None:
    assert "pincite sync FOLDER" in welcome_html(0)
    assert "pincite sync" not in welcome_html(3)


@pytest.mark.parametrize(("count", "words"), [(1, "1 document ·"), (1234, "1,234 documents ·")])
def test_the_foot_counts_the_documents(count: int, words: str) -> None:
    assert footer_text(count, None).startswith(words)


def test_the_foot_promises_to_work_offline_only_without_a_model() -> None:
    assert footer_text(3, None) == "3 documents · works offline"
    assert footer_text(3, "gguf:/srv/secret/parrot.gguf") == "3 documents · answers written by parrot.gguf"
    assert footer_text(3, "ollama:qwen3") == "3 documents · answers written by ollama:qwen3"
