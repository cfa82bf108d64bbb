"""Files of every format to documents: structure, metadata and pages as a reader sees them, and refusals in words."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.errors import UnreadableFileError
from index.readers import LARGEST_FILE, READER_SUFFIXES, read_file
from index.readers.blocks import Content, Metadata, PagePlace, assemble, heading, item, paragraph, parse_date, row
from index.types import BlockKind, Document

Read = Callable[[str, "str | bytes"], Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read it."""

    def write_and_read(name: str, content: str | bytes) -> Document:
        path = tmp_path / "file"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(path, name)

    return write_and_read


def outline(document: Document) -> list[str]:
    """The blocks as ``kind+level text``, for comparison at a glance."""
    short = {"heading": "h", "paragraph": "p", "item": "i", "row": "r", "code": "c"}
    return [f"{short[b.kind]}{b.level or ''} {b.span.of(document.text)}" for b in document.blocks]


# The document that pieces make


def test_blocks_have_exact_spans_and_separators() -> None:
    pieces = [
        heading("One"),
        paragraph("a\n b"),
        item("x"),
        item("y", opens=False),
        paragraph(" "),
        row(["1", "", "2"]),
    ]
    document = assemble(Content(pieces), "a.md", "0")
    assert document.text == "One\n\na b\n\n- x\n- y\n\n1 | | 2"
    assert outline(document) == ["h1 One", "p a b", "i1 - x", "i1 - y", "r 1 | | 2"]


def test_two_tables_in_a_row_stay_apart() -> None:
    pieces = [row(["a", "b"], opens=True), row(["c", "d"]), row(["e", "f", ""], opens=True)]
    assert assemble(Content(pieces), "a.md", "0").text == "a | b\nc | d\n\ne | f"


def test_page_starts_count_empty_pages_and_places_inside_a_block() -> None:
    pieces = [paragraph("First page goes on here."), paragraph(""), paragraph("Last.")]
    pages = [PagePlace(0, 0), PagePlace(0, 11), PagePlace(1, 0), PagePlace(2, 0), PagePlace(3, 0)]
    document = assemble(Content(pieces, pages=pages), "a.pdf", "0")
    assert document.page_starts == (0, 11, 24, 26, 31)
    assert document.text[11:].startswith("goes on")
    assert [document.page_at(offset) for offset in (0, 10, 11, 26)] == [1, 1, 2, 4]


@pytest.mark.parametrize(
    ("pieces", "declared", "title"),
    [
        ([heading("Found")], "Declared\n title", "Declared title"),
        ([paragraph("Intro."), heading("Sub", 2), heading("Found")], None, "Found"),
        ([paragraph("A short first line"), paragraph("Text.")], None, "A short first line"),
        ([paragraph("Key:"), paragraph("Text.")], None, "uk visit"),
        ([paragraph("Long text. " * 30)], None, "uk visit"),
        ([], "x" * 900, "x" * 300),
    ],
)
def test_title_falls_back(pieces: list[Any], declared: str | None, title: str) -> None:
    assert assemble(Content(pieces, Metadata(title=declared)), "notes/uk-visit.md", "0").title == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-05-15", (2025, 5, 15)),
        ("2025-05-15T10:00:00Z", (2025, 5, 15)),
        ("15 May 2025", (2025, 5, 15)),
        ("15th May 2025", (2025, 5, 15)),
        ("May 15, 2025", (2025, 5, 15)),
        ("15/05/2025", (2025, 5, 15)),
        (datetime.datetime(2025, 5, 15, 9), (2025, 5, 15)),
        ("2025-13-45", None),
        ("soon", None),
        ("", None),
        (None, None),
        (2025, None),
    ],
)
def test_dates_parse_or_are_none(text: object, date: tuple[int, int, int] | None) -> None:
    assert parse_date(text) == (datetime.date(*date) if date else None)


@given(st.text(max_size=40))
def test_no_date_text_raises(text: str) -> None:
    parse_date(text)


# Markdown

MARKDOWN = """---
title: The visit
publisher: Prime Minister's Office
date: 2025-05-15
url: https://a.example/visit
kind: official
---
# Visit to *Albania*

Some **bold** [words](https://b.example)
on two lines.<!-- hidden -->

<!-- a hidden block -->

- first
  - nested
- second

  more of it

3. third
4. fourth

| Year | Number |
|------|-------:|
| 2022 | 2,035  |
| 2024 |        |

<table><tr><td>raw</td><td>cell</td></tr></table>

> quoted

```python
x = 1

y = 2
```
"""


def test_markdown(read: Read) -> None:
    document = read("visit.md", MARKDOWN)
    assert outline(document) == [
        "h1 Visit to Albania", "p Some bold words on two lines.", "i1 - first", "i2 - nested", "i1 - second",
        "p more of it", "i1 3. third", "i1 4. fourth", "r Year | Number", "r 2022 | 2,035", "r 2024", "r raw | cell",
        "p quoted", "c x = 1\n\ny = 2",
    ]  # fmt: skip
    assert document.title == "The visit"
    assert document.publisher == "Prime Minister's Office"
    assert document.date == datetime.date(2025, 5, 15)
    assert document.url == "https://a.example/visit"
    assert document.kind == "official"
    assert document.sha256 == hashlib.sha256(MARKDOWN.encode()).hexdigest()


@pytest.mark.parametrize(
    "head",
    ["---\nnot yaml: [\n---\n", "---\njust words\n---\n", "---\ndate: 2024-99-99\n---\n", "---\nopen: 1\n", "---\n"],
)
def test_odd_front_matter_loses_no_text(read: Read, head: str) -> None:
    document = read("a.md", head + "The text stays.")
    assert "The text stays." in document.text
    assert document.date is None


def test_front_matter_that_is_no_mapping_is_text(read: Read) -> None:
    assert "just words" in read("a.txt", "---\njust words\n---\nMore.").text


# Plain text


def test_plain_one_paragraph_per_line(read: Read) -> None:
    text = (
        " date 2025-05-15 A headline without a stop\n\nLong first paragraph of the text, which ends here.\n\nDetails\n"
        + ("The details follow in this paragraph, which is longer than its heading.\n- one\n* two\n• three\n1. four\n")
    )
    document = read("news.txt", text)
    assert outline(document) == [
        "h1 A headline without a stop", "p Long first paragraph of the text, which ends here.", "h2 Details",
        "p The details follow in this paragraph, which is longer than its heading.",
        "i1 - one", "i1 - two", "i1 - three", "i1 1. four",
    ]  # fmt: skip
    assert document.date == datetime.date(2025, 5, 15)
    assert document.title == "A headline without a stop"


def test_plain_hard_wrapped_lines_are_joined(read: Read) -> None:
    text = """A NOTE

The first paragraph was written in an editor that breaks its
lines at sixty columns, so that its sentences run over three
lines of the file.

- an item that is long enough to be broken by the editor as
  well, like this
- another item

Second heading

The second paragraph is broken in the same way as the first
one, and it ends here.
"""
    assert outline(read("note.txt", text)) == [
        "h1 A NOTE",
        "p The first paragraph was written in an editor that breaks its lines at sixty columns, so that its sentences "
        "run over three lines of the file.",
        "i1 - an item that is long enough to be broken by the editor as well, like this",
        "i1 - another item",
        "h2 Second heading",
        "p The second paragraph is broken in the same way as the first one, and it ends here.",
    ]


def test_plain_numbers_on_their_own_line_join_what_they_number(read: Read) -> None:
    text = "1\nDefined terms\n(1)\nThis section defines the terms that are used in this Part.\n(a)\none,\n"
    assert outline(read("act.txt", text))[-2:] == [
        "p (1) This section defines the terms that are used in this Part.",
        "p (a) one,",
    ]
    assert not any(
        line.startswith("h") for line in outline(read("b.txt", "Text.\n(f) a workshop; and\nA longer line follows it."))
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_encodings(read: Read, encoding: str) -> None:
    document = read("a.txt", "Café costs £1 – “really”.".encode(encoding))
    assert document.text == "Café costs £1 – “really”."


def test_plain_utf8_with_a_damaged_byte_stays_utf8(read: Read) -> None:
    assert read("a.txt", "Café – “really”".encode() + b"\xff").text == "Café – “really”\ufffd"


def test_a_name_without_suffix_is_read_as_text(read: Read) -> None:
    assert read("The_Order_No._4", "It is an order.").text == "It is an order."


# Web pages

PAGE = """<!DOCTYPE html><html><head><title>Visit - Adriatic Wire</title>
<meta property="og:site_name" content="Adriatic Wire"><meta name="pincite:kind" content="news">
<meta property="article:published_time" content="2025-05-16T08:00:00Z">
<link rel="canonical" href="https://wire.example/visit"><script>var x = "hidden";</script></head>
<body><header><nav><a href="/">Home</a></nav></header><main>
<h1>Visit</h1><p>First <b>bold</b>ly, <a href="/x">linked</a><sup><a href="#fn1">1</a></sup>.<br>Second line.</p>
<div style="display: none">hidden</div><p hidden>hidden</p><p class="visually-hidden">hidden</p>
<ul><li>one<ul><li>deep</li></ul></li><li><p>two</p></li></ul><ol start="3"><li>three</li></ol>
<table><caption>Returns</caption><tr><th>Year</th><th colspan="2">Number</th></tr>
<tr><td rowspan="2">2022</td><td>2,035</td><td>up</td></tr><tr><td>2,036</td><td>down</td></tr></table>
<dl><dt>Term</dt><dd>Meaning</dd></dl><pre>a
 b</pre><blockquote>Quoted.</blockquote>Bare words
<table><tr><td><h2>Framed</h2><p>text</p></td></tr></table>
</main><footer>Imprint</footer></body></html>"""


def test_html(read: Read) -> None:
    document = read("page.html", PAGE)
    assert outline(document) == [
        "h1 Visit", "p First boldly, linked. Second line.", "i1 - one", "i2 - deep", "i1 - two", "i1 3. three",
        "p Returns", "r Year | Number", "r 2022 | 2,035 | up", "r | 2,036 | down", "r Term | Meaning", "c a\n b",
        "p Quoted.", "p Bare words", "h2 Framed", "p text",
    ]  # fmt: skip
    assert (document.title, document.publisher, document.kind) == ("Visit", "Adriatic Wire", "news")
    assert (document.date, document.url) == (datetime.date(2025, 5, 16), "https://wire.example/visit")


def test_html_without_main_keeps_the_story_and_its_table(read: Read) -> None:
    story = "".join(f"<p>Sentence number {i} of the story is long enough to be kept by anyone.</p>" for i in range(12))
    menu = "".join(f'<li><a href="/{i}">Menu {i}</a></li>' for i in range(12))
    page = f"""<html><head><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "The story",
        "datePublished": "2025-05-16", "publisher": {{"name": "Wire"}}}}</script></head><body>
        <div id="menu"><ul>{menu}</ul></div><div class="story"><h1>The story</h1>{story}<h2>Figures</h2>
        <table><tr><th>Year</th><th>Number</th></tr><tr><td>2024</td><td>5,294</td></tr></table></div></body></html>"""
    document = read("page.htm", page)
    assert "Sentence number 11 of the story" in document.text
    assert "2024 | 5,294" in document.text
    assert (document.title, document.publisher, document.date) == ("The story", "Wire", datetime.date(2025, 5, 16))


def test_html_text_without_markup_has_paragraphs(read: Read) -> None:
    lines = "\n\n".join(f"Paragraph {i} " + "goes on for many words " * 12 + "and ends." for i in range(10))
    assert len(read("page.html", f"<main><h1>Title</h1>{lines}</main>").blocks) == 11


def test_html_declares_its_encoding(read: Read) -> None:
    page = '<meta charset="windows-1251"><p>Тирана</p>'.encode("windows-1251")
    assert read("page.html", page).text == "Тирана"


def test_html_nested_beyond_the_parser_is_refused_not_cut(read: Read) -> None:
    with pytest.raises(UnreadableFileError, match="nested"):
        read("page.html", "<p>top</p>" + "<div>" * 3000 + "deep")


# Word


def docx_bytes(build: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def build_word(document: Any) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.category = "The brief", "Home Office", "briefing"
    properties.created = datetime.datetime(2025, 5, 13)
    document.add_heading("Brief", 1)
    document.add_paragraph("First paragraph.")
    document.add_paragraph("a bullet", style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    for index, cell in enumerate(cell for line in table.rows for cell in line.cells):
        cell.text = f"c{index}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "tall"
    document.add_heading("Details", 2)
    inserted = document.add_paragraph("Kept ")
    inserted._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>inserted</w:t></w:r></w:ins>"))
    inserted._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>deleted</w:delText></w:r></w:del>"))
    frame = document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "A framed paragraph."


def test_docx(read: Read) -> None:
    document = read("brief.docx", docx_bytes(build_word))
    assert outline(document) == [
        "h1 Brief", "p First paragraph.", "i1 - a bullet", "r wide | | c2", "r c3 | c4 | tall", "r c6 | c7",
        "h2 Details", "p Kept inserted", "p A framed paragraph.",
    ]  # fmt: skip
    assert (document.title, document.publisher, document.kind) == ("The brief", "Home Office", "briefing")
    assert document.date == datetime.date(2025, 5, 13)


# PDF


def pdf_bytes(
    draw: Callable[[Canvas], None], *, title: str = "", author: str = "", password: str | None = None
) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=password)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def draw_lines(canvas: Canvas, lines: list[str], top: float, size: float = 11) -> float:
    """Draw lines from ``top`` downwards; returns the height below them."""
    canvas.setFont("Helvetica", size)
    for line in lines:
        canvas.drawString(72, top, line)
        top -= 1.3 * size
    return top


def draw_report(canvas: Canvas) -> None:
    for number in range(1, 5):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 800, "The running head")
        canvas.drawString(290, 30, f"Page {number} of 4")
        if number == 1:
            canvas.setFont("Helvetica-Bold", 20)
            canvas.drawString(72, 740, "The report")
            top = draw_lines(
                canvas, ["The first paragraph of the report has a word that is hyphen-", "ated here."], 700
            )
            for row_number, cells in enumerate([("Year", "Number"), ("2022", "2,035"), ("2024", "5,294")]):
                for column, cell in enumerate(cells):
                    canvas.drawString(72 + 200 * column, top - 20 - 16 * row_number, cell)
            draw_lines(canvas, ["• a first item", "• a second item"], top - 90)
            draw_lines(canvas, ["This sentence begins on the first page of the report and it", "goes on"], 120)
        elif number == 2:
            draw_lines(canvas, ["on the second page, where it ends.", "", "The next paragraph is short."], 740)
        elif number == 4:
            draw_lines(canvas, ["The last page."], 740)
        canvas.showPage()


def test_pdf(read: Read) -> None:
    document = read("report.pdf", pdf_bytes(draw_report, title="Microsoft Word - report.doc", author="Home Office"))
    assert outline(document) == [
        "h1 The report", "p The first paragraph of the report has a word that is hyphenated here.",
        "r Year | Number", "r 2022 | 2,035", "r 2024 | 5,294", "i1 - a first item", "i1 - a second item",
        "p This sentence begins on the first page of the report and it goes on on the second page, where it ends.",
        "p The next paragraph is short.", "p The last page.",
    ]  # fmt: skip
    starts = [document.text[start:][:13] for start in document.page_starts]
    assert starts == ["The report\n\nT", "on the second", "The last page", "The last page"]
    assert (document.title, document.publisher) == ("The report", "Home Office")
    assert document.date is not None


def test_pdf_in_two_columns_is_read_column_by_column(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        for column, words in enumerate(("left", "right")):
            canvas.setFont("Helvetica", 10)
            for line in range(20):
                canvas.drawString(72 + 250 * column, 740 - 13 * line, f"{words} line {line} of a long {words} column")
        canvas.showPage()

    text = read("columns.pdf", pdf_bytes(draw)).text
    assert text.index("left line 19") < text.index("right line 0")


def test_pdf_text_drawn_out_of_order_is_put_in_order(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lines(canvas, ["Second paragraph of the page."], 500)
        draw_lines(canvas, ["First paragraph of the page."], 700)

    assert outline(read("a.pdf", pdf_bytes(draw))) == [
        "p First paragraph of the page.",
        "p Second paragraph of the page.",
    ]


def test_pdf_footnote_marks_do_not_change_figures(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        draw_lines(canvas, ["Growth was the best since 2006"], 700)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(72 + canvas.stringWidth("Growth was the best since 2006", "Helvetica", 11), 704, "12")

    assert read("a.pdf", pdf_bytes(draw)).text == "Growth was the best since 2006"


# Refusals

EMPTY_PDF = pdf_bytes(lambda canvas: canvas.showPage())
LOCKED_PDF = pdf_bytes(lambda canvas: draw_lines(canvas, ["Secret."], 700) and None, password="secret")  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "this file is empty"),
        ("a.md", b" \n\t", "this file is empty"),
        ("a.md", b"<!-- nothing -->", "this file holds no text"),
        ("a.pdf", EMPTY_PDF, "this PDF holds no text; it may be a scan, which needs OCR first"),
        ("a.pdf", LOCKED_PDF, "protected by a password"),
        ("a.pdf", b"%PDF-1.7 and then nothing", "damaged"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "protected by a password, or is in the old .doc format"),
        ("a.pptx", b"PK", "Pincite does not read .pptx files; it reads .docx, .htm, .html"),
        ("a.csv", b"a,b", "does not read .csv files"),
        ("a.txt", b"text\0with\0zeros", "not a text file"),
        ("photo", b"\x89PNG\r\n\x1a\n\0\0", "not a text file"),
        ("a.html", b"<html></html>", "this file holds no text"),
    ],
)
def test_unreadable_files_are_refused_with_a_reason(read: Read, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason.replace(".", r"\.")):
        read(name, content)


def test_missing_and_large_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        read_file(tmp_path / "none.txt", "none.txt")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UnreadableFileError, match="too large"):
        read_file(large, "large.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_file(tmp_path, "folder.txt")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@example(content=b"\x01", suffix=".txt")
@given(content=st.binary(max_size=300), suffix=st.sampled_from(sorted(READER_SUFFIXES)))
def test_any_bytes_give_a_document_or_a_reason(read: Read, content: bytes, suffix: str) -> None:
    try:
        document = read(f"a{suffix}", content)
    except UnreadableFileError:
        return
    assert all(block.span.of(document.text) for block in document.blocks)
    assert all(block.kind is BlockKind.CODE or "\n" not in block.span.of(document.text) for block in document.blocks)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(place=st.integers(0, 100), junk=st.binary(max_size=40), which=st.sampled_from([".pdf", ".docx"]))
def test_a_damaged_file_gives_a_document_or_a_reason(read: Read, place: int, junk: bytes, which: str) -> None:
    whole = GOOD[which]
    at = place * len(whole) // 100
    with contextlib.suppress(UnreadableFileError):
        read(f"a{which}", whole[:at] + junk + whole[at + len(junk) + 1 :])


GOOD = {".pdf": pdf_bytes(draw_report), ".docx": docx_bytes(build_word)}
