"""The reading order of a PDF page, and which of its lines are rows of a table."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.readers.pdf_lines import Line

WIDE_GAP = 1.6
"""White space, in font sizes, that separates two cells even where only one line of the page has it."""

MARKER = re.compile(r"[•–—*-]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivx]{1,5})[.)]?")
"""A bullet, or the number or letter of a list item or paragraph."""

_LEADER = re.compile(r"(.*?\w\W?)\s*(?:[.…] ?){4,}\s*(\d+|[ivxl]+)")
_SAME_BASELINE = 0.35  # of the font size
_ALIGNED = 3.0  # points by which the cells of one column may begin apart
_NEXT_ROW = 4.0  # font sizes between two rows of one table, at most
_WRAPPED = 1.35  # font sizes between the lines of one cell, at most


class Row(NamedTuple):
    """A table row: its cells from left to right, and the place of its first line. ``opens``: first of its table."""

    cells: tuple[str, ...]
    page: int
    opens: bool


class _Item(NamedTuple):
    """Lines that keep together, with the range of the page they take up."""

    units: Sequence[Line | Row]
    top: float
    bottom: float


def arranged(lines: Sequence[Line]) -> list[Line | Row]:
    """Return one page's lines in reading order, those of tables turned into rows.

    The order is that of the page's content; where nothing stands side by side, it is from top to bottom.
    """
    bands = _bands(lines)
    edges = [band[0] for band in bands if len(band) == 1]
    items = [_item(region, edges) for region in _regions(bands)]
    by_height = sorted(items, key=lambda item: -item.top)
    if all(above.bottom >= below.top for above, below in pairwise(by_height)):
        items = by_height
    return [unit for item in items for unit in item.units]


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Neighbours on one baseline, from left to right; a list number and what it numbers become one line."""
    bands: list[list[Line]] = []
    for line in lines:
        last = bands[-1][-1] if bands else None
        if last is None or abs(last.bottom - line.bottom) > _SAME_BASELINE * line.size or line.left < last.right:
            bands.append([line])
        elif len(bands[-1]) == 1 and MARKER.fullmatch(last.text):
            bands[-1][-1] = _joined(last, line)
        else:
            bands[-1].append(line)
    return bands


def _joined(left: Line, right: Line) -> Line:
    return right._replace(text=f"{left.text} {right.text}", left=left.left, bold=left.bold and right.bold)


def _regions(bands: list[list[Line]]) -> Iterator[list[list[Line]]]:
    """Single bands, and runs of bands that make up a table."""
    region: list[list[Line]] = []
    for band in bands:
        if region and not (len(region[0]) > 1 and _continues(region, band)):
            yield region
            region = []
        region.append(band)
    if region:
        yield region


def _continues(region: list[list[Line]], band: list[Line]) -> bool:
    """Whether a band belongs to the table above it or beside it."""
    lines = [line for other in region for line in other]
    lowest, size = min(line.bottom for line in lines), band[0].size
    if band[0].bottom < lowest - _NEXT_ROW * size or band[0].bottom > lines[0].bottom + size:
        return False
    if len(band) > 1:
        return True
    columns = _columns(lines)
    column = next((i for i, left in enumerate(columns) if abs(left - band[0].left) <= _ALIGNED), None)
    if column is None or band[0].bottom < lowest - 2 * size:
        return False
    return column + 1 == len(columns) or band[0].right < columns[column + 1]


def _columns(lines: Sequence[Line]) -> list[float]:
    """The left edges of a table's columns."""
    columns: list[float] = []
    for left in sorted(line.left for line in lines):
        if not columns or left - columns[-1] > _ALIGNED:
            columns.append(left)
    return columns


def _item(region: list[list[Line]], edges: Sequence[Line]) -> _Item:
    """The units of one region; ``edges`` are the page's lines of running text."""
    lines = [line for band in region for line in band]
    top, bottom = max(line.bottom + line.size / 2 for line in lines), min(line.bottom for line in lines)
    if len(lines) == 1:
        leader = _LEADER.fullmatch(lines[0].text)
        return _Item([Row(leader.groups(), lines[0].page, False)] if leader else lines, top, bottom)
    if len(region) == 1 and (_is_narrow(lines) or any(_same_edges(lines, edge) for edge in edges)):
        return _Item([functools.reduce(_joined, lines)], top, bottom)
    return _Item(_rows(lines), top, bottom)


def _is_narrow(lines: Sequence[Line]) -> bool:
    """Whether a band is two words with a wide space, not two cells."""
    return len(lines) == 2 and lines[1].left - lines[0].right < WIDE_GAP * lines[1].size


def _same_edges(lines: Sequence[Line], edge: Line) -> bool:
    """Whether a band is one line of justified text, as wide as another line of it."""
    return abs(lines[0].left - edge.left) <= _ALIGNED and abs(lines[-1].right - edge.right) <= _ALIGNED


def _rows(lines: Sequence[Line]) -> list[Row]:
    """The rows of one table, from top to bottom, wrapped cells put together and empty ones kept.

    The fullest row tells the columns; a cell belongs to the column that it overlaps most.
    """
    levels = _levels(lines)
    columns = max(levels, key=len)
    rows: list[dict[int, str]] = []
    first_count, last_bottom = 0, 0.0
    for level in levels:
        cells: dict[int, str] = {}
        for line in level:
            column = max(range(len(columns)), key=lambda i: _overlap(columns[i], line))
            cells[column] = f"{cells[column]} {line.text}" if column in cells else line.text
        wrapped = last_bottom - level[0].bottom <= _WRAPPED * level[0].size
        if rows and wrapped and 0 not in cells and len(cells) < first_count and cells.keys() <= rows[-1].keys():
            rows[-1] |= {column: f"{rows[-1][column]} {text}" for column, text in cells.items()}
        else:
            rows.append(cells)
            first_count = len(cells)
        last_bottom = level[0].bottom
    return [
        Row(tuple(cells.get(column, "") for column in range(len(columns))), lines[0].page, index == 0)
        for index, cells in enumerate(rows)
    ]


def _overlap(column: Line, cell: Line) -> float:
    """How far a cell reaches over a column, in points; below 0 the distance between them."""
    return min(column.right, cell.right) - max(column.left, cell.left)


def _levels(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a table by baseline, from top to bottom and left to right."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if levels and abs(levels[-1][0].bottom - line.bottom) <= _SAME_BASELINE * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda line: line.left) for level in levels]
