"""Markdown (CommonMark with tables): rendered to the words a reader sees, without markup."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from index.readers.blocks import Content, Piece, code, heading, item, paragraph, row
from index.readers.front_matter import split_front_matter
from index.readers.html import fragment_pieces
from index.readers.plain import decode

if TYPE_CHECKING:
    from markdown_it.token import Token


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
            self.pieces += fragment_pieces(token.content)
        elif token.type == "inline" and opener is not None:
            if opener.type in ("th_open", "td_open"):
                self._cells.append(_words(token))
            elif opener.type == "heading_open":
                self._add(heading(_words(token), int(opener.tag[1:])))
            else:
                self._add(self._running(_words(token)))

    def _running(self, words: str) -> Piece:
        """A paragraph; the first one of a list item carries the item's marker."""
        if not self._markers or not self._markers[-1]:
            return paragraph(words)
        marker, self._markers[-1] = self._markers[-1], ""
        return item(words, marker, len(self._markers), opens=self._opens)

    def _add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self._opens = False


def _words(inline: Token) -> str:
    """The text of an inline token: links keep their words; markup, images and HTML tags vanish."""
    parts = []
    for child in inline.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak", "html_inline"):
            parts.append(" " if child.type != "html_inline" or child.content.startswith("<br") else "")
    return "".join(parts)
