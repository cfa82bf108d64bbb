"""From the lines of a PDF to its blocks: running heads dropped, lines joined to paragraphs, headings recognised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.readers.blocks import Content, Metadata, PagePlace, Piece, heading, item, paragraph, row
from index.readers.pdf_lines import Line
from index.readers.pdf_tables import Row, arranged

MARGIN = 0.12
"""Share of the page's height, at top and foot, in which running heads and page numbers stand."""
REPEATED_PAGES = 3
"""A line that stands in the margin of this many pages is furniture; its digits may differ."""
TABLE_HEAD = 3
"""Cells on one baseline that make a repeated line the head of a table."""
LARGER = 1.08
"""A heading's font size, in body sizes, at least."""
SMALLER = 0.92
"""A note's font size, in body sizes, at most."""
HEADING_LENGTH = 200
"""Most characters of a heading."""

_PARAGRAPH_GAP = 1.25  # of the usual distance between baselines
_DEFAULT_LEADING = 1.1  # of the font size
_INDENT = 0.7  # of the font size, by which the first line of a paragraph is moved in
_RAGGED = 3.0  # font sizes by which a full line may end short of the column's edge
_SAME_SIZE = 0.06
_ENDS = re.compile(r"[.!?:;][\"”’')\]]*$")
_STOPS = re.compile(r"[.;,:]$")
_BULLET = re.compile(r"[•*–—-] +(?=\S)|o (?=[A-Z])")
_STARTS_ITEM = re.compile(
    r"(?:[•*–—-]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,3}){1,3}) +\S"
)
_UNSPACED_END = re.compile(r"[^\s–—/][–—/]$")  # "2018–" and "https://" go on without a space
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"(\d{1,2}[.)]|\([a-z]{1,3}\)) +(?=\S)")


class Page(NamedTuple):
    """The lines of one page and its height in points."""

    lines: Sequence[Line]
    height: float


def lay_out(pages: Sequence[Page], metadata: Metadata) -> Content:
    """Return the blocks of all pages. A paragraph that crosses a page stays one block."""
    kept = _without_furniture(pages)
    writer = _Writer([line for lines in kept for line in lines])
    for lines in kept:
        writer.page(arranged(lines))
    return Content(writer.finish(), metadata, writer.places(len(pages)))


def _without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page without running heads, running feet and page numbers.

    The head of a table that goes on over pages repeats too: it is kept where it stands first.
    """
    seen = Counter(key for page in pages for key in {_margin_key(line, page) for line in page.lines})
    met: set[str] = set()
    kept = []
    for page in pages:
        keys = [_margin_key(line, page) for line in page.lines]
        repeated = [key is not None and seen[key] >= REPEATED_PAGES for key in keys]
        heads = {line.bottom for line, key in zip(page.lines, keys, strict=True) if key not in met}
        beside = Counter(line.bottom for line in page.lines)
        kept.append(
            [
                line
                for line, is_repeated in zip(page.lines, repeated, strict=True)
                if not is_repeated or (line.bottom in heads and beside[line.bottom] >= TABLE_HEAD)
            ]
        )
        met.update(key for key in keys if key is not None)
    return kept


def _margin_key(line: Line, page: Page) -> str | None:
    """What a line in the margin has in common with its like on other pages; None for other lines."""
    middle = line.bottom + line.size / 2
    if MARGIN * page.height < middle < (1 - MARGIN) * page.height:
        return None
    return re.sub(r"\d+|\b[ivxl]+\b", "#", line.text)


class _Writer:
    """Takes the units of one page after the other and writes pieces; one paragraph is open at a time."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._pieces: list[Piece] = []
        self._open: list[Line] = []
        self._starts: dict[int, PagePlace] = {}
        self._type = _Typography(lines)
        self._number = 0

    def page(self, units: Sequence[Line | Row]) -> None:
        """Take in a page; its notes go before a paragraph that runs on to the next page."""
        self._number += 1
        end = len(units)
        while end and (unit := units[end - 1]) and isinstance(unit, Line) and self._type.is_note(unit):
            end -= 1
        self._take(units[:end] or units)
        notes = units[end:] if end else ()
        if notes and self._open and self._open[0].page == self._number and not _ENDS.search(self._open[-1].text):
            held, self._open = self._open, []
            self._take(notes)
            self._close()
            self._open = held
        else:
            self._take(notes)

    def finish(self) -> list[Piece]:
        """Return the pieces of all pages."""
        self._close()
        return self._pieces

    def places(self, count: int) -> list[PagePlace]:
        """Return where each of ``count`` pages begins; a page without text begins where the next one does."""
        place = PagePlace(len(self._pieces), 0)
        places = [place := self._starts.get(number, place) for number in range(count, 0, -1)]
        return places[::-1]

    def _take(self, units: Iterable[Line | Row]) -> None:
        for unit in units:
            if isinstance(unit, Row):
                self._close()
                self._starts.setdefault(unit.page, PagePlace(len(self._pieces), 0))
                self._pieces.append(row(unit.cells, opens=unit.opens))
            else:
                if self._open and not self._type.continues(self._open, unit):
                    self._close()
                self._open.append(unit)

    def _close(self) -> None:
        """Write the open paragraph."""
        lines, self._open = self._open, []
        if not lines:
            return
        text, starts = self._type.joined(lines)
        piece, shift = self._type.piece(lines, text)
        for number, offset in starts.items():
            self._starts.setdefault(number, PagePlace(len(self._pieces), max(0, offset + shift) if offset else 0))
        self._pieces.append(piece)


class _Typography:
    """What is usual in this document: body size, distance of lines, right edges, words and heading sizes."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes = Counter[float]()
        gaps: dict[float, Counter[float]] = {}
        for line in lines:
            sizes[line.size] += len(line.text)
        for above, below in pairwise(lines):
            gap = above.bottom - below.bottom
            if above.size == below.size and above.page == below.page and 0.5 * above.size < gap < 2 * above.size:
                gaps.setdefault(above.size, Counter())[round(gap)] += 1
        self._body = sizes.most_common(1)[0][0] if sizes else 1.0
        self._leading = {size: found.most_common(1)[0][0] for size, found in gaps.items()}
        larger = sorted({line.size for line in lines if line.size > LARGER * self._body}, reverse=True)
        self._levels = _grouped(larger)
        self._words = _vocabulary(lines)
        self._edges: dict[tuple[int, int], float] = {}
        for line in lines:
            key = line.page, round(line.left / 20)
            self._edges[key] = max(self._edges.get(key, 0.0), line.right)

    def is_note(self, line: Line) -> bool:
        """Whether a line is set smaller than the body."""
        return line.size < SMALLER * self._body

    def continues(self, lines: Sequence[Line], line: Line) -> bool:
        """Whether ``line`` goes on with the paragraph of ``lines``."""
        last = lines[-1]
        if abs(last.size - line.size) > _SAME_SIZE * last.size:
            return False
        if last.hyphenated:
            return True
        ended = bool(_ENDS.search(last.text))
        hangs = line.left < last.left - _INDENT * line.size
        if _STARTS_ITEM.match(line.text) and (ended or hangs or self._is_short(last)):
            return False
        gap = last.bottom - line.bottom
        leading = self._leading.get(line.size, _DEFAULT_LEADING * line.size)
        if line.page != last.page or gap <= 0 or gap > 4 * leading:
            runs_on = line.text[0].islower() or not (self._is_short(last) or line.bold)
            return runs_on and not ended and not self._is_heading(lines, last.text)
        if gap > _PARAGRAPH_GAP * leading or (last.bold != line.bold and self._is_short(last)):
            return False
        indented = line.left > last.left + _INDENT * line.size
        return not (ended and (indented or self._is_short(last)))

    def joined(self, lines: Sequence[Line]) -> tuple[str, dict[int, int]]:
        """Return the text of a paragraph, and the offset at which each of its pages begins."""
        text = ""
        starts: dict[int, int] = {}
        for before, line in zip([None, *lines], lines, strict=False):
            if before is not None:
                text += self._between(before, line)
            starts.setdefault(line.page, len(text))
            text += line.text
        return text, starts

    def piece(self, lines: Sequence[Line], text: str) -> tuple[Piece, int]:
        """Return the block of a paragraph, and by how much its text begins later than ``text``."""
        if self._is_heading(lines, text):
            return heading(text, self._level(lines[0].size, text)), 0
        if match := _BULLET.match(text):
            return item(text[match.end() :]), 2 - match.end()
        if match := _NUMBER.match(text):
            return item(text[match.end() :], match[1]), len(match[1]) + 1 - match.end()
        return paragraph(text), 0

    def _between(self, before: Line, line: Line) -> str:
        """A space, or what a hyphen at the line's end stands for: a compound's hyphen or nothing."""
        if not before.hyphenated:
            return "" if _UNSPACED_END.search(before.text) else " "
        left = re.findall(r"[\w-]*$", before.text.lower())[0]
        right = re.findall(r"^\w*", line.text.lower())[0]
        compound, whole = self._words[f"{left}-{right}"], self._words[left + right]
        if compound != whole:
            return "-" if compound > whole else ""
        both_words = self._words[left.rsplit("-", 1)[-1]] and self._words[right]
        return "-" if both_words or not right.islower() else ""

    def _is_short(self, line: Line) -> bool:
        """Whether a line ends well before the right edge of its column."""
        return line.right < self._edges[line.page, round(line.left / 20)] - _RAGGED * line.size

    def _is_heading(self, lines: Sequence[Line], text: str) -> bool:
        if len(text) > HEADING_LENGTH or _STOPS.search(text) or not any(c.isalpha() for c in text):
            return False
        if _BULLET.match(text) or text[0].islower():
            return False
        large = all(line.size > LARGER * self._body for line in lines)
        return large or (all(line.bold for line in lines) and lines[0].size >= SMALLER * self._body)

    def _level(self, size: float, text: str) -> int:
        """1 for the largest headings; those of body size come after all larger ones, capitals first."""
        return self._levels.get(size, max(self._levels.values(), default=0) + (1 if text.isupper() else 2))


def _vocabulary(lines: Sequence[Line]) -> Counter[str]:
    """How often each word stands in the text, the halves of words cut at a line's end left out."""
    found = Counter[str]()
    cut = False
    for line in lines:
        words = _WORD.findall(line.text.lower())
        found.update(words[1 if cut else 0 : -1 if line.hyphenated else None])
        cut = line.hyphenated
    return found


def _grouped(sizes: Sequence[float]) -> dict[float, int]:
    """Levels 1 to 4 by falling size; sizes that hardly differ share one."""
    levels: dict[float, int] = {}
    level = 0
    above = 0.0
    for size in sizes:
        if not above or size < above * (1 - _SAME_SIZE):
            level += 1
            above = size
        levels[size] = min(level, 4)
    return levels
