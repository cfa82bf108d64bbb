"""A document to HTML, opened at the cited words: its blocks, page borders, and the words marked, all escaped.

A long document is shown as a window around the citation; :func:`section` gives the text before or after it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant import BlockKind, Document
from ui.web.markup import wrapped

WHOLE = 200_000
"""Characters up to which a document is shown whole: some 60 pages, laid out by a browser in well under a second."""

AROUND = 20_000
"""Characters shown on either side of the cited words of a longer document, and added by each 'show more'."""

LONGEST_PIECE = 8_000
"""Characters in one piece of the page: a file without a blank line would otherwise defeat the window."""

_BLANK_LINES = re.compile(r"\n\s*\n")
_CELL_BORDER = re.compile(r" ?\| ?")
_BULLET = re.compile(r"[-*•–] ")
_CONTAINERS = {BlockKind.ITEM: "ul", BlockKind.ROW: "table"}


class Mark(NamedTuple):
    """Cited words of the document; ``active`` is the citation that was opened, the others are marked weaker."""

    start: int
    end: int
    active: bool


class Piece(NamedTuple):
    """A run of the document's text that is laid out as one thing. ``page`` is the page that begins with it, if any."""

    start: int
    end: int
    kind: BlockKind
    level: int
    page: int | None


def document_html(document: Document, marks: Sequence[Mark]) -> str:
    """Return the document around the active one of ``marks``; all of it where it is not long."""
    pieces = pieces_of(document)
    focus = next((mark for mark in marks if mark.active), Mark(0, 0, True))
    reach = len(document.text) if len(document.text) <= WHOLE else AROUND
    starts = [piece.start for piece in pieces]
    low = max(0, bisect.bisect_right(starts, max(0, focus.start - reach)) - 1)
    high = bisect.bisect_right(starts, focus.end + reach)
    shown = _pieces_html(document.text, pieces[low:high], marks)
    return _earlier(pieces, low) + shown + _later(pieces, high)


def section(document: Document, marks: Sequence[Mark], *, before: int | None = None, after: int = 0) -> str:
    """Return the text that ends where a window began (``before``), or else begins where it ended (``after``)."""
    pieces = pieces_of(document)
    starts = [piece.start for piece in pieces]
    if before is not None:
        high = bisect.bisect_left(starts, before)
        low = bisect.bisect_left(starts, max(0, before - AROUND), hi=high)
        return _earlier(pieces, low) + _pieces_html(document.text, pieces[low:high], marks)
    low = bisect.bisect_left(starts, after)
    high = bisect.bisect_right(starts, after + AROUND, lo=low)
    return _pieces_html(document.text, pieces[low:high], marks) + _later(pieces, high)


def _earlier(pieces: Sequence[Piece], low: int) -> str:
    return _more("before", pieces[low].start, "Show earlier text") if 0 < low < len(pieces) else ""


def _later(pieces: Sequence[Piece], high: int) -> str:
    return _more("after", pieces[high].start, "Show later text") if high < len(pieces) else ""


def _more(side: str, offset: int, label: str) -> str:
    return f'<button type="button" class="pc-more" data-{side}="{offset}">{label}</button>'


def pieces_of(document: Document) -> list[Piece]:
    """Return the whole text as pieces in order: its blocks, and what lies between them, cut at page borders.

    Only white space is left out, and signs between blocks.
    """
    pages = {start: number for number, start in enumerate(document.page_starts, start=1)}
    borders = sorted(pages)
    pieces = []
    for kind, level, start, end in _runs(document):
        cuts = borders[bisect.bisect_right(borders, start) : bisect.bisect_left(borders, end)]
        for low, high in zip((start, *cuts), (*cuts, end), strict=True):
            for first, last in _short(document.text, low, high):
                pieces.append(Piece(first, last, kind, level, None))
    return _numbered(pieces, borders)


def _numbered(pieces: list[Piece], borders: Sequence[int]) -> list[Piece]:
    """Return ``pieces``, the first one of each page carrying its number."""
    numbered, seen = [], 0
    for piece in pieces:
        page = bisect.bisect_right(borders, piece.start)
        numbered.append(piece._replace(page=page) if page > seen else piece)
        seen = max(seen, page)
    return numbered


def _runs(document: Document) -> Iterator[tuple[BlockKind, int, int, int]]:
    """Yield kind, level, start and end of every block and of every text between blocks that is not blank."""
    cursor = 0
    for block in sorted(document.blocks, key=lambda block: block.span.start):
        if block.span.start > cursor:
            yield from _paragraphs(document.text, cursor, block.span.start)
        if block.span.end > cursor:
            yield block.kind, block.level, max(cursor, block.span.start), block.span.end
            cursor = block.span.end
    yield from _paragraphs(document.text, cursor, len(document.text))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[BlockKind, int, int, int]]:
    if text[start:end].isspace():
        return
    cuts = [match.span() for match in _BLANK_LINES.finditer(text, start, end)]
    for low, high in zip((start, *(cut[1] for cut in cuts)), (*(cut[0] for cut in cuts), end), strict=True):
        if any(character.isalnum() for character in text[low:high]):
            yield BlockKind.PARAGRAPH, 0, low, high


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield ``[start, end)`` in parts of at most :data:`LONGEST_PIECE`, cut after a line or a word if there is one."""
    while end - start > LONGEST_PIECE:
        limit = start + LONGEST_PIECE
        cut = max(text.rfind("\n", start, limit), text.rfind(" ", start, limit)) + 1 or limit
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _pieces_html(text: str, pieces: Sequence[Piece], marks: Sequence[Mark]) -> str:
    html = []
    for container, group in _grouped(text, pieces):
        inner = "".join(_page_html(piece, container) + _piece_html(text, piece, marks) for piece in group)
        html.append({"ul": f'<ul class="pc-list">{inner}</ul>', "table": _table(inner)}.get(container, inner))
    return "".join(html)


def _grouped(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """Yield the pieces by the element that holds them together: a list, a table, or none. A blank line ends either."""
    group: list[Piece] = []
    for piece in pieces:
        if group and (piece.kind is not group[-1].kind or _BLANK_LINES.search(text, group[-1].end, piece.start)):
            yield _CONTAINERS.get(group[0].kind, ""), group
            group = []
        group.append(piece)
    if group:
        yield _CONTAINERS.get(group[0].kind, ""), group


def _table(inner: str) -> str:
    return f'<div class="pc-table-wrap" tabindex="0" role="region" aria-label="Table"><table>{inner}</table></div>'


def _page_html(piece: Piece, container: str) -> str:
    if piece.page is None:
        return ""
    label = f'<span class="pc-page-break" data-page="{piece.page}">Page {piece.page}</span>'
    wrappers = {"ul": f'<li class="pc-break">{label}</li>', "table": f'<tr><td colspan="99">{label}</td></tr>'}
    return wrappers.get(container, label)


def _piece_html(text: str, piece: Piece, marks: Sequence[Mark]) -> str:
    if piece.kind is BlockKind.ROW:
        return f"<tr>{_cells_html(text, piece, marks)}</tr>"
    bullet = _BULLET.match(text, piece.start, piece.end) if piece.kind is BlockKind.ITEM else None
    inner = _marked(text, bullet.end() if bullet else piece.start, piece.end, marks)
    if piece.kind is BlockKind.HEADING:
        tag = f"h{min(max(piece.level, 1) + 2, 6)}"
        return f'<{tag} class="pc-h pc-h-{min(max(piece.level, 1), 6)}">{inner}</{tag}>'
    if piece.kind is BlockKind.ITEM:
        look = "pc-bullet" if bullet else "pc-numbered"
        return f'<li class="{look} pc-depth-{min(max(piece.level, 1), 4)}">{inner}</li>'
    return f"<pre>{inner}</pre>" if piece.kind is BlockKind.CODE else f"<p>{inner}</p>"


def _cells_html(text: str, piece: Piece, marks: Sequence[Mark]) -> str:
    cells, cursor = [], piece.start
    for match in _CELL_BORDER.finditer(text, piece.start, piece.end):
        cells.append((cursor, match.start()))
        cursor = match.end()
    cells.append((cursor, piece.end))
    return "".join(f"<td>{_marked(text, start, end, marks)}</td>" for start, end in cells)


def _marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    ordered = sorted(marks, key=lambda mark: not mark.active)
    spans = [(mark.start, mark.end, ' class="pc-active"' if mark.active else "") for mark in ordered]
    return wrapped(text, start, end, spans, tag="mark")
