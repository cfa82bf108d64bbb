"""Evidence for a claim: the sentences of the index that come nearest to it, as citations without a marker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.citing import Reference
from assistant.types import Citation
from index import DocumentInfo, Filters, Hit, SentenceHit

PASSAGES = 8
"""Passages searched for a claim."""

SENTENCES = 5
"""Sentences kept as candidates; the checker chooses among them."""


class Library(Protocol):
    """What evidence is looked for in: an :class:`index.Index`."""

    def search(self, query: str, limit: int, filters: Filters | None) -> list[Hit]:
        """Return the best passages, the best first."""

    def sentences(self, query: str, hits: Sequence[Hit]) -> list[SentenceHit]:
        """Return the sentences of ``hits``, the best first."""

    def documents(self) -> list[DocumentInfo]:
        """Return all documents."""

    def page_at(self, document_id: str, offset: int) -> int | None:
        """Return the page that holds ``offset``."""


def citation_of(scored: SentenceHit, page: int | None, marker: int | None = None) -> Citation:
    """Return a sentence of the index as a citation."""
    info = scored.hit.document
    return Citation(
        marker=marker,
        document=info.id,
        title=info.title,
        publisher=info.publisher,
        kind=info.kind,
        date=info.date,
        url=info.url,
        page=page,
        start=scored.sentence.span.start,
        end=scored.sentence.span.end,
        quote=scored.text,
        sha256=info.sha256,
    )
