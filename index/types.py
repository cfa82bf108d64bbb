"""The data of the index: documents, passages, hits. Each type is defined once, here.

All offsets count Unicode code points of a document's canonical text, from 0, the end exclusive (Python slices).
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Model(BaseModel):
    """Base of Pincite's data types: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A half-open range ``[start, end)`` of characters of a text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"span ends at {self.end}, before it starts at {self.start}")
        return self

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """Return the span moved by ``by`` characters."""
        return Span(start=self.start + by, end=self.end + by)


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


class Block(Model):
    """A structural unit of a document: no sentence crosses its borders.

    ``level`` is 1 to 6 for headings (1 the highest), the nesting depth from 1 for list items, and 0 otherwise.
    """

    kind: BlockKind
    span: Span
    level: int = Field(default=0, ge=0)


class DocumentInfo(Model):
    """What is known of a document besides its text.

    ``id`` is the file's path below the followed folder, with forward slashes. ``kind`` says what sort of source it is
    (``official``, ``news``, ``background``, ``guide``, ...; ``document`` where the file does not say).
    ``sha256`` is the hash of the file's bytes.
    """

    id: str = Field(min_length=1)
    title: str
    publisher: str | None = None
    date: datetime.date | None = None
    url: str | None = None
    kind: str = "document"
    sha256: str


class Document(DocumentInfo):
    """A document with its canonical text (Unicode NFC, newlines as line feeds) and its structure.

    ``page_starts[i]`` is the offset at which page ``i + 1`` begins; empty for formats without pages.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    page_starts: tuple[int, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the page, counted from 1, that holds ``offset``; None for formats without pages."""
        return page_at(self.page_starts, offset)

    @property
    def info(self) -> DocumentInfo:
        """The document without its text."""
        return DocumentInfo(**{name: getattr(self, name) for name in DocumentInfo.model_fields})


def page_at(page_starts: Sequence[int], offset: int) -> int | None:
    """Return the page, counted from 1, that holds ``offset``; None where there are no pages."""
    return max(1, bisect.bisect_right(page_starts, offset)) if page_starts else None


class Sentence(Model):
    """A sentence of a passage: its span in the document, and the kind of block it stands in."""

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH


class Passage(Model):
    """A run of whole sentences of one document, short enough for the encoder to see all of it.

    Invariant: ``document.text[span.start:span.end] == text``. ``section`` is the path of headings above the passage.
    """

    id: str
    document: str
    span: Span
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    sentences: tuple[Sentence, ...]


class Hit(Model):
    """A passage found for a query. ``score`` grows with relevance and is comparable within one result list only.

    ``dense`` is the cosine similarity of query and passage in [-1, 1]; ``lexical`` is the BM25 score, 0 or more.
    """

    passage: Passage
    document: DocumentInfo
    score: float
    dense: float
    lexical: float


class Filters(Model):
    """Which documents a question is asked of. An empty field does not restrict; ``since`` and ``until`` are inclusive.

    A document without a date is left out when a date range is given.
    """

    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None


class FailedFile(Model):
    """A file that could not be read, and why."""

    document: str
    reason: str


class SyncReport(Model):
    """What one sync did: document ids by outcome, the passages now in the index, and the seconds it took."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    passages: int = 0
    seconds: float = 0.0


class WordMatch(Model):
    """How closely a content word of a query is matched.

    ``sentence`` and ``passage`` are its best similarities, about 0 to 1, among the tokens of a sentence and of that
    sentence's passage. ``weight`` is the word's inverse document frequency, 0 or more.
    """

    word: str
    weight: float
    sentence: float
    passage: float


class SentenceHit(Model):
    """A sentence of a found passage, scored for a query.

    ``score`` orders the sentences of one query, higher is better. ``features`` are the named figures it was made of
    (documented in :mod:`index.interaction`); refusing and checking use them too. ``words`` are the query's content
    words, in order. ``lead`` covers the sentences right before it that it points back to, where it does.
    """

    hit: Hit
    sentence: Sentence
    text: str
    lead: Sentence | None = None
    score: float
    features: dict[str, float] = Field(default_factory=dict)
    words: tuple[WordMatch, ...] = ()


class Progress(Model):
    """How far a sync has come: ``done`` of ``total`` files that need work, and what is being done now, in words."""

    done: int
    total: int
    doing: str


class IndexStatus(Model):
    """The state of an index.

    ``vectors`` and ``lexical`` count what the derived stores hold; ``to_sweep`` counts what a killed sync left there.
    ``mismatch`` says in words why the index cannot be used with the settings in force.
    """

    home: Path
    folders: tuple[Path, ...]
    documents: int
    passages: int
    vectors: int
    lexical: int
    to_sweep: int
    encoder: str | None
    mismatch: str | None
    failed: tuple[FailedFile, ...]
