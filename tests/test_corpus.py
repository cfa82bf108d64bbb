"""The sample corpus and the data that other tests ask of it: every format, honest quotes, gold answers that exist."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from index.readers import read_file
from index.types import BlockKind, Document

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "docs_corpus"
DATA = ROOT / "tests" / "data"
FORMATS = {".md", ".txt", ".html", ".pdf", ".docx"}
NOTICE = "uk-albania-visit-2025.md"
KINDS = {
    "uk-albania-visit-2025.md": "official",
    "news-balkans-deal.html": "news",
    "column-harbour-gazette.txt": "news",
    "background-western-balkans.md": "background",
    "background-immigration-white-paper.html": "background",
    "meeting-brief-epc.docx": "briefing",
    "factsheet-operation-interflex.docx": "background",
    "pincite-user-guide.md": "guide",
    "SOURCES.md": "sources",
}
DEPARTURE_KINDS = {"number", "date", "name", "place", "role", "modality", "negation"}
WORDS_OF_A_REAL_DOCUMENT = 250

FILES = sorted(path.name for path in CORPUS.iterdir())
DEPARTURES: list[dict[str, str]] = json.loads((DATA / "departures.json").read_text("utf-8"))
QUESTIONS: list[dict[str, Any]] = json.loads((DATA / "questions.json").read_text("utf-8"))
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]


@cache
def read(name: str) -> Document:
    return read_file(CORPUS / name, name)


def one_line(text: str) -> str:
    return " ".join(text.split())


def documents_of(question: dict[str, Any]) -> list[str]:
    document = question["document"]
    return [document] if isinstance(document, str) else document


def test_corpus_has_ten_documents_in_the_five_formats() -> None:
    assert len(FILES) >= 10
    assert {Path(name).suffix for name in FILES} == FORMATS


@pytest.mark.parametrize("name", FILES)
def test_document_reads_with_its_metadata(name: str) -> None:
    document = read(name)
    assert document.title
    assert document.title != Path(name).stem
    assert document.publisher
    assert document.date is not None
    assert document.date.year == 2025
    assert len(document.text.split()) >= WORDS_OF_A_REAL_DOCUMENT
    assert any(block.kind is BlockKind.HEADING for block in document.blocks)


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_document_says_what_kind_it_is(name: str, kind: str) -> None:
    assert read(name).kind == kind


def test_news_page_reads_without_its_furniture() -> None:
    text = read("news-balkans-deal.html").text
    for furniture in ("Subscribe", "dataLayer", "evening edition", "All rights reserved", "Ferry strike"):
        assert furniture not in text
    assert "Tour of the port with border police" in text


def test_pdf_has_pages_metadata_and_a_running_footer() -> None:
    pdf = pypdfium2.PdfDocument(CORPUS / "briefing-returns-and-small-boats.pdf")
    try:
        assert len(pdf) >= 4
        assert pdf.get_metadata_value("Title") == "Returns agreements and small boats: a briefing"
        assert pdf.get_metadata_value("CreationDate").startswith("D:20250429")
        assert "Page 2 of 4" in pdf[1].get_textpage().get_text_range()
    finally:
        pdf.close()


def test_pdf_reads_in_four_pages_without_its_running_lines() -> None:
    document = read("briefing-returns-and-small-boats.pdf")
    assert len(document.page_starts) == 4
    assert "of 4" not in document.text
    assert document.page_at(document.text.index("45,774")) == 3


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".docx")])
def test_word_files_have_headings_lists_and_a_table(name: str) -> None:
    document = docx.Document(str(CORPUS / name))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Heading 1", "List Bullet"} <= styles
    assert document.tables
    assert document.core_properties.title


@pytest.mark.parametrize("departure", DEPARTURES, ids=lambda departure: departure["claim"][:40])
def test_departure_quotes_both_documents(departure: dict[str, str]) -> None:
    assert set(departure) == {"document", "claim", "kind", "source_document", "source_quote"}
    assert departure["kind"] in DEPARTURE_KINDS
    assert departure["claim"] in one_line(read(departure["document"]).text)
    assert departure["source_quote"] in read(departure["source_document"]).text
    assert departure["source_document"] == NOTICE


def test_departures_are_of_many_kinds_in_both_retellings() -> None:
    assert {departure["kind"] for departure in DEPARTURES} >= {"number", "date", "name", "role", "modality"}
    assert {departure["document"] for departure in DEPARTURES} == {
        "news-balkans-deal.html",
        "column-harbour-gazette.txt",
    }


def test_questions_are_well_formed() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question["question"].endswith("?")
        assert bool(question["gold"]) == bool(documents_of(question)) == question["answerable"]
        assert bool(question["history"]) == ("read_as_contains" in question)
        assert all(set(turn) == {"question"} for turn in question["history"])


def test_questions_cover_formats_follow_ups_and_refusals() -> None:
    assert len(QUESTIONS) >= 24
    assert sum(not question["answerable"] for question in QUESTIONS) >= 6
    assert sum(bool(question["history"]) for question in QUESTIONS) >= 4
    assert {Path(name).suffix for question in ANSWERABLE for name in documents_of(question)} == FORMATS
    in_rows = [q["id"] for q in ANSWERABLE if any(gold_in_row(q["gold"], name) for name in documents_of(q))]
    assert {"crossings-2022", "kosovo-money", "infrared", "epc-uk-venue"} <= set(in_rows)


def gold_in_row(gold: list[str], name: str) -> bool:
    document = read(name)
    rows = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.ROW]
    return any(answer in row for answer in gold for row in rows)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_gold_stands_on_one_line_of_each_document(question: dict[str, Any]) -> None:
    for name in documents_of(question):
        lines = read(name).text.splitlines()
        for gold in question["gold"]:
            assert any(gold in line for line in lines), f"{gold!r} is not on a line of {name}"


@pytest.mark.parametrize("absent", ["Lammy", "Cooper", "°C", "sunny", "rain"])
def test_unanswerable_questions_stay_unanswerable(absent: str) -> None:
    for name in FILES:
        words = read(name).text.replace(",", " ").replace(".", " ").split()
        assert absent not in words, f"{absent!r} stands in {name}"
