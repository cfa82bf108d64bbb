"""From elements of a web page to pieces: headings, paragraphs, lists, tables and code, as a reader sees them.

What is hidden is gone before (:mod:`index.readers.hidden`); here is left out what is no part of the document.
"""

from __future__ import annotations

import re

from index.readers.blocks import Piece, code, heading, item, paragraph, row
from index.readers.plain import text_pieces
from index.readers.styles import Element
from index.text import normalise

LAYOUT_CELL_WORDS = 120
"""A table with a cell of more words than this lays out a page; its cells are read as running text."""

LARGEST_NUMBER = 1000
"""Larger values of ``colspan``, ``rowspan`` and ``start`` are taken for mistakes."""
LONGEST_PARAGRAPH = 400
"""A text of more words without markup has its structure in its line breaks, and is read as plain text."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(
    """script style noscript template svg math canvas iframe object embed audio video map head nav button input select
    option textarea datalist dialog progress meter img picture source""".split()
)
_SKIPPED_OUTSIDE_MAIN = frozenset({"header", "footer", "aside"})
_SKIPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu"})
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb rp rt ruby s samp small
    span strike strong sub sup time tt u var wbr""".split()
)
_BACK_REFERENCE = re.compile(r"[↩↑^]\ufe0e?")


def block_pieces(root: Element) -> list[Piece]:
    """Return the visible blocks below ``root`` in reading order."""
    walker = _Walker(inside_main=root.tag in ("main", "article") or root.get("role") == "main")
    walker.walk(root)
    walker.flush()
    return walker.pieces


def visible_words(root: Element) -> int:
    """Return how many words a reader sees below ``root``."""
    return sum(len(piece.text.split()) for piece in block_pieces(root))


class _Walker:
    """Walks the elements in document order; text gathers in a buffer until a block begins or ends."""

    def __init__(self, *, inside_main: bool) -> None:
        self.pieces: list[Piece] = []
        self._buffer: list[str] = []
        self._marker: str | None = None
        self._depth = 0
        self._opens = False
        self._skipped = _SKIPPED if inside_main else _SKIPPED | _SKIPPED_OUTSIDE_MAIN

    def walk(self, element: Element) -> None:
        """Take in one element with all below it, but not the text after it."""
        tag = element.tag
        if not isinstance(tag, str) or self._is_left_out(element):
            return
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag == "br":
            self._break(element)
        elif tag in _INLINE:
            self._children(element)
        elif tag in ("ul", "ol", "menu"):
            self._list(element)
        elif tag == "table":
            self._table(element)
        elif tag == "pre":
            self.flush()
            self.pieces.append(code("".join(element.itertext())))
        elif tag == "dl":
            self._definitions(element)
        else:
            self.flush()
            self._children(element)
            self.flush()

    def flush(self) -> None:
        """End the current paragraph or list item."""
        text = "".join(self._buffer)
        self._buffer = []
        if not text.strip():
            return
        if len(text.split()) > LONGEST_PARAGRAPH:
            self.pieces += text_pieces(normalise(text), titled=False)
        elif self._marker:
            self.pieces.append(item(text, self._marker, self._depth, opens=self._opens))
            self._marker, self._opens = None, False
        else:
            self.pieces.append(paragraph(text))

    def _children(self, element: Element) -> None:
        self._buffer.append(element.text or "")
        for child in element:
            self.walk(child)
            self._buffer.append(child.tail or "")

    def _is_left_out(self, element: Element) -> bool:
        return element.tag in self._skipped or element.get("role") in _SKIPPED_ROLES or _is_note_mark(element)

    def _break(self, element: Element) -> None:
        """Two line breaks in a row end a paragraph; one is a space."""
        after = element.getnext()
        doubled = after is not None and after.tag == "br" and not (element.tail or "").strip()
        if doubled:
            self.flush()
        else:
            self._buffer.append(" ")

    def _heading(self, element: Element, level: int) -> None:
        self.flush()
        self._children(element)
        text, self._buffer = "".join(self._buffer), []
        self.pieces.append(heading(text, level))

    def _list(self, element: Element) -> None:
        self.flush()
        self._depth += 1
        self._opens = self._depth == 1
        number = _number(element.get("start"))
        for child in element:
            if child.tag == "li":
                self._marker = f"{number}." if element.tag == "ol" else "-"
                number += 1
            self.walk(child)
            self.flush()
            self._marker = None
        self._depth -= 1

    def _definitions(self, element: Element) -> None:
        """Terms with their descriptions: rows of a table when both are short, running text otherwise."""
        self.flush()
        term = ""
        for child in element.iter("dt", "dd"):
            text = _text_below(child)
            if child.tag == "dt":
                self.pieces.append(row([term]))
                term = text
            elif _is_running(child):
                self.pieces.append(row([term]))
                term = ""
                self.walk(child)
            else:
                self.pieces.append(row([term, text]))
                term = ""
        self.pieces.append(row([term]))

    def _table(self, element: Element) -> None:
        self.flush()
        if _lays_out(element):
            self._children_as_blocks(element)
            return
        for caption in element.iter("caption"):
            self.pieces.append(paragraph(_text_below(caption)))
        for index, cells in enumerate(_grid(element)):
            self.pieces.append(row(cells, opens=index == 0))

    def _children_as_blocks(self, element: Element) -> None:
        self._children(element)
        self.flush()


def _grid(table: Element) -> list[list[str]]:
    """The cells of a table by row and column; a cell that spans several has its text in the first."""
    taken: dict[tuple[int, int], str] = {}
    lines = list(table.iter("tr"))
    for y, line in enumerate(lines):
        x = 0
        for cell in line:
            if cell.tag not in ("td", "th"):
                continue
            while (y, x) in taken:
                x += 1
            width, height = _number(cell.get("colspan")), _number(cell.get("rowspan"))
            taken.update({(y + down, x + right): "" for down in range(height) for right in range(width)})
            taken[y, x] = _text_below(cell)
            x += width
    return [[taken.get((y, x), "") for x in range(_width(taken, y))] for y in range(len(lines))]


def _width(taken: dict[tuple[int, int], str], y: int) -> int:
    return max((right + 1 for down, right in taken if down == y), default=0)


def _text_below(element: Element) -> str:
    """The visible text of one cell, on one line."""
    return " ".join(piece.text for piece in _inner(element))


def _inner(element: Element) -> list[Piece]:
    walker = _Walker(inside_main=True)
    walker._children(element)
    walker.flush()
    return walker.pieces


def _is_running(element: Element) -> bool:
    """Whether an element holds several blocks or long text, so that it is not a cell."""
    pieces = _inner(element)
    return len(pieces) > 1 or sum(len(piece.text.split()) for piece in pieces) > LAYOUT_CELL_WORDS


def _lays_out(table: Element) -> bool:
    """Whether a table serves layout: it holds another table, one column only, or very long cells."""
    if table.find(".//table") is not None:
        return True
    rows = [[cell for cell in line if cell.tag in ("td", "th")] for line in table.iter("tr")]
    if max((len(cells) for cells in rows), default=0) < 2:
        return True
    return any(len("".join(cell.itertext()).split()) > LAYOUT_CELL_WORDS for cells in rows for cell in cells)


def _is_note_mark(element: Element) -> bool:
    """A raised footnote number, or the arrow back from a note: "2006" must not read "20061"."""
    if element.tag == "sup":
        return any((link.get("href") or "").startswith("#") for link in element.iter("a"))
    return element.tag == "a" and bool(_BACK_REFERENCE.fullmatch((element.text or "").strip()))


def _number(value: str | None) -> int:
    """A small number from an attribute; 1 where it is missing, malformed or absurd."""
    return int(value) if value and value.isdecimal() and 0 < int(value) < LARGEST_NUMBER else 1
