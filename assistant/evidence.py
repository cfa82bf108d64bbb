"""Evidence for a claim: what the index says on it, and what a list of sources points at, as exact citations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.checking import Source
from assistant.citing import Reference
from assistant.types import Citation
from index import Document, DocumentInfo, DocumentNotFoundError, Filters, Hit, SentenceHit, Span

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

    def document(self, document_id: str) -> Document:
        """Return one document with its text."""

    def page_at(self, document_id: str, offset: int) -> int | None:
        """Return the page that holds ``offset``."""


class Evidence:
    """Finds what the documents say on a claim, and what a line of a list of sources points at."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(self, claim: str, documents: Sequence[str] = ()) -> list[Citation]:
        """Return the sentences nearest to ``claim``, the best first; only of ``documents`` (ids), if any are named."""
        hits = self._library.search(claim, PASSAGES, Filters(documents=tuple(documents)))
        nearest = self._library.sentences(claim, hits)[:SENTENCES]
        return [
            citation_of(scored, self._library.page_at(scored.hit.document.id, scored.sentence.span.start))
            for scored in nearest
        ]

    def resolve(self, reference: Reference) -> Source | None:
        """Return the document that ``reference`` names by id, URL or title; the exact words, where it has a place."""
        info = self._named(reference)
        if info is None:
            return None
        if reference.start is None or reference.end is None:
            return Source(info.id)
        document = self._library.document(info.id)
        if not reference.start < reference.end <= len(document.text):
            return Source(info.id)
        return Source(info.id, _cited(document, Span(start=reference.start, end=reference.end)))

    def _named(self, reference: Reference) -> DocumentInfo | None:
        if reference.document:
            try:
                return self._library.document(reference.document).info
            except DocumentNotFoundError:
                pass  # a URL, or the id in another index; its title may still be known here
        label = reference.label.casefold()
        for info in self._library.documents():
            if info.url == reference.document is not None or label.startswith(info.title.casefold()):
                return info
        return None


def _cited(document: Document, span: Span) -> Citation:
    return Citation(
        **document.info.model_dump(exclude={"id"}),
        document=document.id,
        page=document.page_at(span.start),
        start=span.start,
        end=span.end,
        quote=span.of(document.text),
    )


def citation_of(scored: SentenceHit, page: int | None, marker: int | None = None) -> Citation:
    """Return a sentence of the index as a citation."""
    info = scored.hit.document
    return Citation(
        **info.model_dump(exclude={"id"}),
        marker=marker,
        document=info.id,
        page=page,
        start=scored.sentence.span.start,
        end=scored.sentence.span.end,
        quote=scored.text,
    )
