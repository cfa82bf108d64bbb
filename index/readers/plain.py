"""Plain text: encodings, hard-wrapped lines, and the headings and lists that people write without markup."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import NamedTuple

from index.errors import UnreadableFileError
from index.readers.blocks import Content, Piece, heading, item, paragraph, parse_date, row
from index.readers.front_matter import split_front_matter
from index.text import normalise

LONGEST_HEADING = 80
"""Most characters of a line that is taken for a heading; longer lines without a final stop are paragraphs."""
LONGEST_TITLE = 250
"""The same for the file's first line."""
WRAP_COLUMNS = range(40, 121)
"""Widths at which editors and mail programs break lines; a file whose lines are longer is not hard-wrapped."""
WIDEST_LINES = 0.97
"""Quantile of the line lengths that counts as the width, so that a long address or two do not."""
FULL_LINE = 0.75
"""Share of the width that a line fills when it was broken for lack of room."""
WRAPPED_SHARE = 0.6
"""Share of such lines that makes a file hard-wrapped."""
MIN_BORDERS = 2
"""Cell borders (``|``) that make a line a table row."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEADING_DATE = re.compile(r"\s*date (\d{4}-\d{2}-\d{2})\s+")
_BULLET = re.compile(r"\s*[-*•‣·–]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,3}[.)])\s+(?=\S)")
_LONE_NUMBER = re.compile(r"\((?:\d{1,3}[A-Z]{0,2}|[a-z]{1,4})\)|\d{1,3}[A-Z]?\.?")
_UNFINISHED = re.compile(r"[^.!?:;,…”\"’'—–-]")


def read(data: bytes) -> Content:
    """Read a plain text file, with or without front matter.

    Raises:
        UnreadableFileError: The bytes are not text.
    """
    metadata, text = split_front_matter(decode(data))
    text = normalise(text)
    if dated := _LEADING_DATE.match(text):
        metadata = metadata._replace(date=metadata.date or parse_date(dated[1]))
        text = text[dated.end() :]
    return Content(text_pieces(text), metadata)


def decode(data: bytes) -> str:
    """Return the text of ``data``: by its byte order mark, else UTF-8, else Windows-1252.

    UTF-8 with a damaged byte here and there stays UTF-8, that byte replaced: read as Windows-1252, it would garble
    every quotation mark.

    Raises:
        UnreadableFileError: The bytes are not text in any of these.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        if encoding:
            return data.decode(encoding)
        if b"\0" in data:
            raise UnreadableFileError("this is not a text file")
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        foreign = sum(not character.isascii() for character in text) if damaged else 0
        return text if foreign >= 2 * damaged else data.decode("cp1252")
    except UnicodeDecodeError as exc:
        raise UnreadableFileError("this is not text in UTF-8, UTF-16 or Windows-1252") from exc


class _Line(NamedTuple):
    """One line that is not blank; ``apart`` when a blank line stands before it."""

    text: str
    apart: bool


def text_pieces(text: str, *, titled: bool = True) -> list[Piece]:
    """Return the blocks of normalised plain text; with ``titled``, a first line without a stop is the title."""
    blocks = _joined_numbers(_paragraphs(_lines(text)))
    if not blocks:
        return []  # a file of control characters
    following = [*blocks[1:], None]
    return [
        _piece(block, after, first=titled and index == 0)
        for index, (block, after) in enumerate(zip(blocks, following, strict=True))
    ]


def _lines(text: str) -> list[_Line]:
    lines, apart = [], True
    for line in text.split("\n"):
        if line.strip():
            lines.append(_Line(line, apart))
        apart = not line.strip()
    return lines


def _paragraphs(lines: list[_Line]) -> list[str]:
    """One string per paragraph: the lines themselves, or lines joined where the file is hard-wrapped."""
    width = _wrap_width(lines)
    paragraphs: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        wrapped = before is not None and width is not None and len(before.text) >= FULL_LINE * width
        if wrapped and not line.apart and not _is_item(line.text) and not _is_row(line.text):
            paragraphs[-1] += " " + line.text.strip()
        else:
            paragraphs.append(line.text.strip())
    return paragraphs


def _wrap_width(lines: list[_Line]) -> int | None:
    """The column at which the file's lines are broken, or None where each line is a paragraph.

    A line was wrapped when the next line's first word would not have fitted on it.
    """
    if not lines:
        return None
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * WIDEST_LINES)]
    pairs = [(a, b) for a, b in pairwise(lines) if not b.apart and not _is_item(b.text)]
    full = sum(len(a.text) + 1 + len(b.text.split()[0]) > FULL_LINE * width for a, b in pairs)
    return width if width in WRAP_COLUMNS and pairs and full >= WRAPPED_SHARE * len(pairs) else None


def _joined_numbers(blocks: list[str]) -> list[str]:
    """Put a number or letter that stands alone on its line ("(1)") in front of the line it numbers."""
    joined: list[str] = []
    pending = ""
    for block in blocks:
        if _LONE_NUMBER.fullmatch(block):
            joined += [pending] if pending else []
            pending = block
        else:
            joined.append(f"{pending} {block}".strip())
            pending = ""
    return [*joined, pending] if pending else joined


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def _is_row(line: str) -> bool:
    return line.count("|") >= MIN_BORDERS


def _piece(block: str, after: str | None, *, first: bool) -> Piece:
    if _is_row(block):
        return row(block.strip("|").split("|"))
    if (bullet := _BULLET.match(block)) is not None:
        return item(block[bullet.end() :])
    if _is_heading(block, after, first=first):
        return heading(block, 1 if first else 2)
    if (number := _NUMBER.match(block)) is not None:
        return item(block[number.end() :], number[1])
    return paragraph(block)


def _is_heading(block: str, after: str | None, *, first: bool) -> bool:
    """Whether a line without a final stop heads the longer text after it."""
    if after is None or not (block[0].isupper() or block[0].isdigit() or block[0] in "“‘"):
        return False
    if len(block) > (LONGEST_TITLE if first else LONGEST_HEADING) or not _UNFINISHED.fullmatch(block[-1]):
        return False
    follows_item = bool(_NUMBER.match(block) and _NUMBER.match(after))
    return not follows_item and (first or (len(after) > len(block) and not _UNFINISHED.fullmatch(after[-1])))
