"""Markdown (CommonMark with tables): rendered to the words a reader sees, without markup.

HTML may stand around Markdown (``<div hidden>``, a blank line, a paragraph): which elements are open is kept, so that
what stands in a hidden one is left out.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

from index.readers.blocks import Content, Piece, code, heading, item, paragraph, row
from index.readers.front_matter import split_front_matter
from index.readers.html import fragment_pieces, is_seen_inside
from index.readers.plain import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SLASH = re.compile(r"\s*/>$")  # means nothing to a browser: "<span/>" is open
_MOST_OPEN = 100  # elements inside one another; pages that people wrote stay below


def read(data: bytes) -> Content:
    """Read a Markdown file, with or without front matter.

    Raises:
        UnreadableFileError: The bytes are not text.
    """
    from markdown_it import MarkdownIt

    metadata, text = split_front_matter(decode(data))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    renderer = _Renderer()
    for opener, token in pairwise([None, *parser.parse(text)]):
        if token is not None:
            renderer.take(token, opener)
    return Content(renderer.pieces, metadata)


class _Renderer:
    """Turns the parser's tokens into pieces; ``_markers`` has one entry per open list, for its item's first block."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._open = _OpenElements()
        self._markers: list[str] = []
        self._cells: list[str] = []
        self._opens = False

    def take(self, token: Token, opener: Token | None) -> None:
        """Take in one token; ``opener`` is the token before it."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._opens = self._opens or not self._markers
                self._markers.append("")
            case "bullet_list_close" | "ordered_list_close":
                self._markers.pop()
            case "list_item_open":
                self._markers[-1] = f"{token.info}{token.markup}" if token.info else "-"
            case "table_open":
                self._opens = True
            case "tr_close":
                self._add(row(self._cells, opens=self._opens))
                self._cells = []
            case _:
                self._take_text(token, opener)

    def _take_text(self, token: Token, opener: Token | None) -> None:
        if token.type in ("fence", "code_block"):
            self._add(code(token.content))
        elif token.type == "html_block":
            self.pieces += fragment_pieces(self._open.hiding() + token.content)
            self._open.take(token.content)
        elif token.type == "inline" and opener is not None:
            words = _words(token, self._open)
            if opener.type in ("th_open", "td_open"):
                self._cells.append(words)
            elif opener.type == "heading_open":
                self._add(heading(words, int(opener.tag[1:])))
            else:
                self._add(self._running(words))

    def _running(self, words: str) -> Piece:
        """A paragraph; the first one of a list item carries the item's marker."""
        if not self._markers or not self._markers[-1]:
            return paragraph(words)
        marker, self._markers[-1] = self._markers[-1], ""
        return item(words, marker, len(self._markers), opens=self._opens)

    def _add(self, piece: Piece) -> None:
        if not self._open.hiding():
            self.pieces.append(piece)
            self._opens = False


class _OpenElements:
    """The HTML elements that are open, by the tags that opened them."""

    def __init__(self) -> None:
        self._tags: list[tuple[str, str]] = []

    def take(self, source: str) -> None:
        """Take in the tags of a piece of HTML. A paragraph ends with it, as every block ends one."""
        reader = _TagReader(self._tags)
        reader.feed(source)
        reader.close()
        self._tags[:] = [tag for tag in self._tags if tag[0] != "p"]

    def take_inline(self, source: str) -> None:
        _TagReader(self._tags).feed(source)

    def count(self) -> int:
        return len(self._tags)

    def end_after(self, count: int) -> None:
        """Close all but the first ``count``: what is opened inside a block ends with it."""
        del self._tags[count:]

    def hiding(self) -> str:
        """Return the tags that are open where they hide what follows; otherwise nothing."""
        tags = [tag for _, tag in self._tags]
        return "" if not tags or is_seen_inside(*tags) else "".join(tags)


class _TagReader(HTMLParser):
    """Opens and closes elements as a browser does, roughly: an end tag closes what is open inside of its element."""

    def __init__(self, tags: list[tuple[str, str]]) -> None:
        super().__init__()
        self._tags = tags

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID and len(self._tags) < _MOST_OPEN:
            self._tags.append((tag, _SLASH.sub(">", self.get_starttag_text() or "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        last = next((i for i in reversed(range(len(self._tags))) if self._tags[i][0] == tag), None)
        if last is not None:
            del self._tags[last:]


def _words(inline: Token, elements: _OpenElements) -> str:
    """The text of an inline token: links keep their words; markup, images, HTML tags and hidden words vanish."""
    parts = []
    before = elements.count()
    for child in inline.children or []:
        if child.type == "html_inline":
            elements.take_inline(child.content)
            parts.append(" " if child.content.startswith("<br") else "")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline") and not elements.hiding():
            parts.append(child.content)
    elements.end_after(before)
    return "".join(parts)
