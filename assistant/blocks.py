"""A text's blocks: the paragraphs, list items, table rows and titles whose sentences are read one by one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from assistant.predicates import finite_verbs
from index import Span

_WRAP_COLUMN = 60  # characters; prose is hard-wrapped wider than this, headings and short lines are narrower

_PREFIX = re.compile(r"\s*(?P<quoted>(?:>\s*)*)(?:(?P<item>[-*+•–—▪✓]\s+|\(?\d{1,3}[.)]\s+)|(?P<title>#{1,6}\s+))?")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_RULE = re.compile(r"[\s|:=*_-]*")
_STOP = re.compile(r"[.!?:;…。][\"'”’»)\]*_]*$")
_FOOTNOTE = re.compile(r" {0,3}\[\^[\w-]{1,40}\]:\s")
_CREDITS = re.compile(r"\W*(?:sources?|references?|credits?|further reading)\W*:\W*\w", re.IGNORECASE)
_READ_AS = re.compile(r"Read as: ")  # over an answer of ours: the question as it was understood
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")


class Block(NamedTuple):
    """Lines that a sentence may cross. ``heads`` are the column heads of a table's row, joined with ", "."""

    span: Span
    kind: Literal["prose", "item", "row", "title"] = "prose"
    heads: str = ""


class _Line(NamedTuple):
    text: str
    start: int

    def span(self, prefix: int) -> Span:
        """What stands on the line after ``prefix`` characters."""
        return Span(start=self.start + prefix, end=self.start + max(prefix, len(self.text)))


def blocks(text: str, blank: str) -> Iterator[Block]:
    """Yield the blocks of ``text`` in order: no code, no rules, no footnotes, no head of a table, no line of credits.

    ``blank`` is the text without its markers, of the same length.
    """
    lines = [_Line(match.group().rstrip(), match.start()) for match in re.finditer(r"[^\n]*\n?", text)]
    prose: Block | None = None
    fenced, heads = False, ""
    for position, line in enumerate(lines):
        fence = _FENCE.match(line.text) is not None
        row = "|" in line.text and not fenced
        heads = heads if row else ""
        single = None if fenced or fence else _alone(lines, position, blank, heads)
        skipped = fence or fenced or single is not None or _is_skipped(lines, position, blank)
        if prose and not skipped and _goes_on(blank[prose.span.start : prose.span.end], line.text):
            prose = prose._replace(span=Span(start=prose.span.start, end=line.start + len(line.text)))
            continue
        yield from [block for block in (prose, single) if block]
        prose = None if skipped else _opened(line)
        fenced ^= fence
        if row and not heads and position + 1 < len(lines) and _is_table_rule(lines[position + 1].text):
            heads = ", ".join(cell.strip(" *_`") for cell in line.text.split("|") if cell.strip(" *_`"))
    if prose:
        yield prose


def _alone(lines: list[_Line], position: int, blank: str, heads: str) -> Block | None:
    """A title or a table's row: a block on one line."""
    line = lines[position]
    if _is_skipped(lines, position, blank):
        return None
    prefix = _PREFIX.match(line.text)
    if prefix and prefix["title"]:
        return Block(line.span(prefix.end()), "title")
    if heads or line.text.lstrip().startswith("|"):
        inner = line.text.strip("| \t")
        start = line.start + line.text.index(inner)
        return Block(Span(start=start, end=start + len(inner)), "row", heads)
    return None


def _is_skipped(lines: list[_Line], position: int, blank: str) -> bool:
    """Whether a line is no part of what the text says; a table's head with a marker is kept as a row."""
    line = lines[position]
    marked = blank[line.start : line.start + len(line.text)] != line.text
    if _RULE.fullmatch(line.text) or _FOOTNOTE.match(line.text):
        return True
    if _READ_AS.match(line.text) and not any(earlier.text.strip() for earlier in lines[:position]):
        return True
    table_head = "|" in line.text and position + 1 < len(lines) and _is_table_rule(lines[position + 1].text)
    credits_line = _CREDITS.match(line.text) and not finite_verbs(line.text)
    return not marked and bool(table_head or credits_line)


def _is_table_rule(line: str) -> bool:
    return "|" in line and _TABLE_RULE.fullmatch(line) is not None


def _opened(line: _Line) -> Block:
    prefix = _PREFIX.match(line.text)
    length = prefix.end() if prefix else 0
    return Block(line.span(length), "item" if prefix and prefix["item"] else "prose")


def _goes_on(before: str, line: str) -> bool:
    """Whether ``line`` goes on with the sentence that the line before it leaves unfinished."""
    prefix = _PREFIX.match(line)
    last = before.rsplit("\n", 1)[-1].rstrip()
    if (prefix and prefix["item"]) or _STOP.search(last):
        return False
    return line.lstrip()[:1].islower() or len(last) >= _WRAP_COLUMN
