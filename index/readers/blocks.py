"""From a reader's pieces to a document: the canonical text, its blocks with exact spans, and the metadata tidied."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.text import flatten, normalise, title_from_path
from index.types import Block, BlockKind, Document, Span

LONGEST_FIELD = 300
"""Most characters of a metadata field (title, publisher, url)."""

_BETWEEN_BLOCKS = "\n\n"
_BETWEEN_ROWS = "\n"
_RUNS = frozenset({BlockKind.ROW, BlockKind.ITEM})  # kinds whose neighbours belong together
_CELL_BORDER = " | "
_TITLE_LINE = re.compile(r"(?!https?:)(?=.*[^\W\d_]{3})[^\W_].{1,117}[^\W_].?(?<![:;,.])")  # short, and has a word
_TIME_OF_DAY = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ].*")
_DATE_FORMATS = (
    "%Y-%m-%d",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y%m%d",
)
_EARLIEST_YEAR, _LATEST_YEAR = 1000, 2200
_PLACEHOLDER_TITLES = re.compile(
    r"\S*_\S*|untitled.*|document\d*|slide \d+|(?:microsoft|powerpoint|word) .*|"
    r".*\.(?:docx?|pdf|indd|exe|rtf|xlsx?|pptx?|tmp)",
    re.IGNORECASE,
)
_PLACEHOLDER_AUTHORS = re.compile(r"(?:microsoft|windows|office|default|registered|unknown|test).*", re.IGNORECASE)


class Piece(NamedTuple):
    """One block before its place in the text is known; ``level`` as in :class:`index.types.Block`.

    ``text`` is normalised; only code has line breaks. ``opens`` starts a new table or list after another one.
    """

    kind: BlockKind
    text: str
    level: int = 0
    opens: bool = False


class PagePlace(NamedTuple):
    """Where a page begins: at character ``offset`` of the piece numbered ``piece``."""

    piece: int
    offset: int


class Metadata(NamedTuple):
    """What a file says of itself; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    date: datetime.date | None = None
    url: str | None = None
    kind: str | None = None


class Content(NamedTuple):
    """What a reader returns: the pieces in reading order, the metadata, and the pages of formats that have them."""

    pieces: Sequence[Piece]
    metadata: Metadata = Metadata()
    pages: Sequence[PagePlace] = ()


def heading(text: str, level: int = 1) -> Piece:
    """Return a heading of ``level`` 1 to 6."""
    return Piece(BlockKind.HEADING, flatten(text), min(max(level, 1), 6))


def paragraph(text: str) -> Piece:
    """Return a paragraph."""
    return Piece(BlockKind.PARAGRAPH, flatten(text))


def item(text: str, marker: str = "-", level: int = 1, *, opens: bool = False) -> Piece:
    """Return a list item; ``marker`` is ``-`` or a number with its stop."""
    words = flatten(text)
    return Piece(BlockKind.ITEM, f"{marker} {words}" if words else "", max(level, 1), opens)


def row(cells: Iterable[str], *, opens: bool = False) -> Piece:
    """Return a table row, ``cell | cell | cell``; a row of empty cells gives an empty piece.

    Empty cells keep their place, so that each cell stays in its column; those at the end of the row are dropped.
    """
    texts = [flatten(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return Piece(BlockKind.ROW, flatten(_CELL_BORDER.join(texts)), 0, opens)


def code(text: str) -> Piece:
    """Return a block of code; its line breaks are kept, blank lines at its ends are not."""
    return Piece(BlockKind.CODE, normalise(text).strip("\n"))


def assemble(content: Content, document_id: str, sha256: str) -> Document:
    """Return the document made of ``content``. Empty pieces vanish; its text is empty when all of them are."""
    parts: list[str] = []
    blocks: list[Block] = []
    starts: list[int] = []
    length = 0
    opens = False
    for piece in content.pieces:
        opens = opens or piece.opens
        if piece.text.strip():
            separator = _separator(blocks[-1] if blocks else None, piece, opens)
            length += len(separator)
            blocks.append(
                Block(kind=piece.kind, span=Span(start=length, end=length + len(piece.text)), level=piece.level)
            )
            parts += (separator, piece.text)
            opens = False
        starts.append(length)
        length = blocks[-1].span.end if blocks else 0
    starts.append(length)
    return Document(
        id=document_id,
        title=_title(content, document_id),
        publisher=tidy(content.metadata.publisher),
        date=content.metadata.date,
        url=tidy(content.metadata.url),
        kind=tidy(content.metadata.kind) or "document",
        sha256=sha256,
        text="".join(parts),
        blocks=tuple(blocks),
        page_starts=tuple(min(starts[place.piece] + place.offset, length) for place in content.pages),
    )


def _separator(before: Block | None, piece: Piece, opens: bool) -> str:
    if before is None:
        return ""
    together = before.kind == piece.kind and piece.kind in _RUNS and not opens
    return _BETWEEN_ROWS if together else _BETWEEN_BLOCKS


def _title(content: Content, document_id: str) -> str:
    """The declared title, else the first level-1 heading, else a short first line, else the file's name."""
    if declared := tidy(content.metadata.title):
        return declared
    pieces = [piece for piece in content.pieces if piece.text.strip()]
    top = (piece.text for piece in pieces if piece.kind is BlockKind.HEADING and piece.level == 1)
    if (found := next(top, None)) is not None:
        return found[:LONGEST_FIELD]
    first = pieces[0] if pieces else None
    if first and first.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and _TITLE_LINE.fullmatch(first.text):
        return first.text
    return title_from_path(document_id)[:LONGEST_FIELD]


def tidy(value: object) -> str | None:
    """Return a metadata value as one line of at most 300 characters, or None when it is empty."""
    return (flatten(str(value))[:LONGEST_FIELD].strip() or None) if value is not None else None


def real_title(value: object) -> str | None:
    """Return a title unless it is a placeholder that a program wrote ("Microsoft Word - draft.doc", "untitled")."""
    title = tidy(value)
    return None if title is None or _PLACEHOLDER_TITLES.fullmatch(title) else title


def real_author(value: object) -> str | None:
    """Return an author that names a person or a body; log-in names ("coopersk") and defaults do not."""
    author = tidy(value)
    return None if author is None or " " not in author or _PLACEHOLDER_AUTHORS.fullmatch(author) else author


def parse_date(value: object) -> datetime.date | None:
    """Return the calendar date that ``value`` (a date, or text in a usual form) holds, or None."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", flatten(str(value or "")))
    text = _TIME_OF_DAY.sub("", text)
    for form in _DATE_FORMATS:
        try:
            found = datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return found if _EARLIEST_YEAR <= found.year <= _LATEST_YEAR else None
    return None
