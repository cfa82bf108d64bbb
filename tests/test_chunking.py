"""Passages: whole sentences, exact spans and limits kept on any document; sections and tables kept together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunking import SECTION_TOKENS, declared_title, embedding_text, split_document
from index.readers.blocks import Content, Metadata, PagePlace, Piece, assemble, code, heading, item, paragraph, row
from index.settings import IndexSettings
from index.types import BlockKind, Document, Passage


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]


def document(*pieces: Piece, title: str | None = "Title", pages: Sequence[PagePlace] = ()) -> Document:
    return assemble(Content(pieces, Metadata(title=title), pages), "folder/note.md", "0" * 64)


def split(source: Document, tokens: int = 220, overlap: int = 1) -> list[Passage]:
    return split_document(source, count_words, IndexSettings(passage_tokens=tokens, overlap_sentences=overlap))


def sentence(words: int, word: str = "word") -> str:
    return " ".join([word.capitalize(), *[word] * (words - 2)]) + "."


def texts(passage: Passage, source: Document) -> list[str]:
    return [each.span.of(source.text) for each in passage.sentences]


WORDS = st.text(alphabet="abcdé1.,?“” ", max_size=120)
PIECES = st.one_of(
    st.builds(heading, WORDS, st.integers(1, 6)),
    st.builds(paragraph, st.lists(WORDS, max_size=6).map(". B".join)),
    st.builds(item, WORDS, level=st.integers(1, 3)),
    st.builds(row, st.lists(WORDS, max_size=4)),
    st.builds(code, st.lists(WORDS, max_size=4).map("\n".join)),
)


@given(st.lists(PIECES, max_size=25), st.integers(32, 120), st.integers(0, 3))
def test_invariants_hold_for_any_document(pieces: list[Piece], tokens: int, overlap: int) -> None:
    source = document(*pieces)
    passages = split(source, tokens, overlap)
    for passage in passages:
        assert passage.text == passage.span.of(source.text)
        assert passage.document == source.id
        assert count_words([passage.text])[0] <= tokens
        spans = [each.span for each in passage.sentences]
        assert spans[0].start == passage.span.start
        assert spans[-1].end == passage.span.end
        assert all(left.end <= right.start for left, right in pairwise(spans))
    assert len({passage.id for passage in passages}) == len(passages)
    covered = {place for passage in passages for place in range(passage.span.start, passage.span.end)}
    assert all(source.text[place].isspace() for place in range(len(source.text)) if place not in covered)


@given(st.text(max_size=400))
def test_a_document_without_blocks_is_cut_by_line(text: str) -> None:
    source = Document(id="a.txt", title="A", sha256="0", text=text)
    covered = {place for p in split(source, 40) for place in range(p.span.start, p.span.end)}
    assert all(source.text[place].isspace() for place in range(len(text)) if place not in covered)


def test_passages_are_filled_and_overlap_by_one_sentence() -> None:
    names = ("apple", "brick", "cloud", "drift", "eagle", "flame", "grape", "house")
    source = document(paragraph(" ".join(sentence(10, name) for name in names)))
    first, second, *_ = split(source, 50)
    assert len(first.sentences) == 4  # four of 11 tokens and three separators; a fifth would make 59
    assert texts(first, source)[-1] == texts(second, source)[0]
    assert not set(texts(split(source, 50, overlap=0)[1], source)) & set(texts(first, source))


def test_overlap_gives_way_to_the_limit() -> None:
    source = document(paragraph(f"{sentence(30, 'long')} {sentence(30, 'longer')}"))
    assert [len(passage.sentences) for passage in split(source, 40)] == [1, 1]


def test_a_heading_stays_with_what_follows_it() -> None:
    source = document(paragraph(sentence(30)), heading("Part two"), paragraph(sentence(30, "other")))
    first, second = split(source, 40)
    assert all(each.kind is not BlockKind.HEADING for each in first.sentences)
    assert texts(second, source)[0] == "Part two"
    assert second.sentences[0].kind is BlockKind.HEADING


def test_a_section_opens_a_passage_once_the_last_is_long_enough() -> None:
    short = document(paragraph(sentence(20)), heading("Two"), paragraph(sentence(20, "b")))
    long = document(paragraph(sentence(SECTION_TOKENS)), heading("Two"), paragraph(sentence(20, "b")))
    assert len(split(short)) == 1
    first, second = split(long)
    assert second.text.startswith("Two")
    assert "Two" not in first.text


def test_section_is_the_path_of_headings_outside_the_passage() -> None:
    pieces = [
        heading("Top", 1), heading("Old", 2), paragraph(sentence(90)),
        heading("Sub", 2), paragraph(f"{sentence(90, 'b')} {sentence(90, 'c')} {sentence(90, 'd')}"),
    ]  # fmt: skip
    passages = split(document(*pieces))
    assert [passage.section for passage in passages] == [(), ("Top",), ("Top", "Sub")]


def test_text_after_a_table_opens_a_passage_without_a_row() -> None:
    rows = [row([f"Year {i}", sentence(12)]) for i in range(8)]
    source = document(paragraph("The table follows."), *rows, paragraph(sentence(20, "after")))
    passages = split(source)
    assert passages[-1].sentences[0].kind is BlockKind.PARAGRAPH
    assert texts(passages[0], source)[1].startswith("Year 0 | ")


def test_a_sentence_beyond_the_limit_is_cut_at_white_space() -> None:
    source = document(paragraph(sentence(200)))
    passages = split(source, 40, overlap=0)
    assert all(count_words([passage.text])[0] <= 40 for passage in passages)
    assert " ".join(passage.text for passage in passages) == source.text


def test_a_word_beyond_the_limit_is_cut_too() -> None:
    source = document(paragraph("x" * 1000))
    passages = split_document(source, lambda batch: [len(t) for t in batch], IndexSettings(passage_tokens=64))
    assert max(len(passage.text) for passage in passages) <= 64
    assert sum(len(passage.text) for passage in passages) >= 1000


def test_tokens_are_counted_in_one_call() -> None:
    calls: list[int] = []

    def count(batch: Sequence[str]) -> list[int]:
        calls.append(len(batch))
        return count_words(batch)

    split_document(document(*[paragraph(sentence(9) + " " + sentence(8))] * 20), count, IndexSettings())
    assert calls == [40]


def test_page_is_that_of_the_passage_start() -> None:
    pieces = [paragraph(sentence(100)), paragraph(sentence(100, "b")), paragraph(sentence(100, "c"))]
    pages = [PagePlace(0, 0), PagePlace(1, 0), PagePlace(2, 0)]
    assert [p.page for p in split(document(*pieces, pages=pages), 120)] == [1, 2, 3]
    assert {p.page for p in split(document(*pieces), 120)} == {None}


def test_an_empty_document_has_no_passages() -> None:
    assert split(document()) == []


def test_id_depends_on_document_place_and_text() -> None:
    one = split(document(paragraph("Same words here.")))[0]
    other = split(document(paragraph("Same words here."), title="Another"))[0]
    moved = split(document(paragraph("Same words here.")).model_copy(update={"id": "b.md"}))[0]
    assert one.id == other.id
    assert one.id != moved.id
    assert re.fullmatch("[0-9a-f]{24}", one.id)


@pytest.mark.parametrize(
    ("title", "section", "text", "expected"),
    [
        ("The visit", ("Plans", "Money"), "It costs £1m.", "The visit – Plans – Money\nIt costs £1m."),
        (None, (), "It costs £1m.", "It costs £1m."),
        (None, ("Plans",), "It costs £1m.", "Plans\nIt costs £1m."),
        ("Plans", ("Plans",), "It costs £1m.", "Plans\nIt costs £1m."),
        ("The visit", (), "The visit\n\nIt costs £1m.", "The visit\n\nIt costs £1m."),
    ],
)
def test_embedding_text(title: str | None, section: tuple[str, ...], text: str, expected: str) -> None:
    passage = split(document(paragraph("x")))[0].model_copy(update={"section": section, "text": text})
    assert embedding_text(title, passage) == expected


def test_embedding_text_has_at_most_thirty_words_in_front() -> None:
    passage = split(document(paragraph("Text.")))[0].model_copy(update={"section": ("word " * 80,)})
    assert len(embedding_text("title " * 20, passage).split("\n")[0].split()) <= 30


def test_only_declared_titles_count() -> None:
    guessed = assemble(Content([paragraph("Long " * 50)]), "uk-visit.md", "0")
    assert declared_title(guessed) is None
    assert declared_title(document()) == "Title"
