"""Documents as HTML: their blocks and pages, the cited words marked, and long ones as a window."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_text import text_of
from scripted import NOTICE, ScriptedAssistant, make_document

from ui.web.reader import AROUND, LONGEST_PIECE, WHOLE, Mark, document_html, pieces_of, section


def test_a_document_is_shown_with_its_blocks() -> None:
    document = ScriptedAssistant().document("visit.md")
    html = document_html(document, [])
    assert '<h3 class="pc-h pc-h-1">Visit to the western Balkans</h3>' in html
    assert '<h4 class="pc-h pc-h-2">What was announced</h4>' in html
    assert html.count("<li ") == 2
    assert html.count("<tr>") == 3
    assert "<td>5,294</td>" in html


@given(st.integers(0, len(NOTICE)), st.integers(0, len(NOTICE)))
def test_marks_cover_exactly_the_cited_words(first: int, last: int) -> None:
    start, end = sorted((first, last))
    html = document_html(ScriptedAssistant().document("visit.md"), [Mark(start, end, True)])
    marked = "".join(re.findall(r'<mark class="pc-active">(.*?)</mark>', html, re.DOTALL))
    assert words(unescape(marked)) == words(NOTICE[start:end])


def words(text: str) -> str:
    """Drop what a layout shows by other means: white space, bullets and cell borders."""
    return re.sub(r"^- |\n- |[\s|-]", "", text)


def test_the_opened_citation_is_stronger_than_the_others() -> None:
    document = make_document("a.txt", "abcdef")
    html = document_html(document, [Mark(0, 4, False), Mark(2, 3, True)])
    assert html == '<p><mark>ab</mark><mark class="pc-active">c</mark><mark>d</mark>ef</p>'


def test_pages_are_separated_also_inside_a_paragraph() -> None:
    document = make_document("a.pdf", "First page. Second page. Third.", pages=(0, 12, 25))
    html = document_html(document, [])
    assert re.findall(r'data-page="(\d)"', html) == ["1", "2", "3"]
    assert text_of(html) == "Page 1First page. Page 2Second page. Page 3Third."


@pytest.mark.parametrize("offset", [0, WHOLE // 2, WHOLE])
def test_a_long_document_opens_as_a_window_and_reads_on_to_its_ends(offset: int) -> None:
    text = "\n\n".join(f"Paragraph {number} has some words to read." for number in range(6_000))
    document = make_document("long.txt", text, blocks=())
    html = document_html(document, [Mark(offset, offset + 9, True)])
    assert 0.9 * AROUND < len(text_of(html)) < 3 * AROUND
    assert html.count("<mark") >= 1
    read = html
    while match := re.search(r'<button[^>]*data-before="(\d+)">[^<]*</button>', read):
        read = read.replace(match[0], section(document, [], before=int(match[1])))
    while match := re.search(r'<button[^>]*data-after="(\d+)">[^<]*</button>', read):
        read = read.replace(match[0], section(document, [], after=int(match[1])))
    assert re.sub(r"\s", "", text_of(read)) == re.sub(r"\s", "", text)


def test_a_document_of_one_endless_line_is_cut_into_pieces() -> None:
    document = make_document("line.txt", "word " * 100_000, blocks=())
    pieces = pieces_of(document)
    assert max(piece.end - piece.start for piece in pieces) <= LONGEST_PIECE
    assert "".join(document.text[piece.start : piece.end] for piece in pieces) == document.text


def test_text_outside_of_blocks_is_not_lost() -> None:
    document = make_document("a.txt", "Before.\n\nInside.\n\nAfter.").model_copy(update={"blocks": ()})
    assert document_html(document, []) == "<p>Before.</p><p>Inside.</p><p>After.</p>"
