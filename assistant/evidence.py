"""Evidence for claims: what the index says on them, and what a list of sources points at, as exact citations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from assistant.citing import Reference
from assistant.types import Citation
from index import BlockKind, Document, DocumentInfo, DocumentNotFoundError, Filters, SentenceHit, Span

SENTENCES = 6
"""Sentences kept as candidates for a claim; the checker chooses among them, or takes some together."""

LEAST_SHARE = 0.35
"""Least score of a candidate, as a share of the best one's; by judgement: less adds nothing to what others say."""

Candidate = tuple[Citation, ...]
"""Words that may bear a claim out together: a sentence, with those that it points back to or the head of its table."""


class Source(NamedTuple):
    """What a line of a list of sources points at: a document's id, and the exact words, where the line gives them."""

    document: str
    cited: Citation | None = None


class Library(Protocol):
    """What evidence is looked for in: an :class:`index.Index`."""

    def speaking_of(self, claims: Sequence[str], filters: Filters | None) -> list[list[SentenceHit]]:
        """Return the sentences that speak of each claim, the best first."""

    def documents(self) -> list[DocumentInfo]:
        """Return all documents."""

    def document(self, document_id: str) -> Document:
        """Return one document with its text."""

    def page_at(self, document_id: str, offset: int) -> int | None:
        """Return the page that holds ``offset``."""


class Evidence:
    """Finds what the documents say on claims, and what a line of a list of sources points at."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(self, claims: Sequence[str], documents: Sequence[str] = ()) -> list[list[Candidate]]:
        """Return the words nearest to each claim, the best first; only of ``documents`` (ids), if any are named."""
        if not claims:
            return []
        found = self._library.speaking_of(claims, Filters(documents=tuple(documents)))
        return [[self.candidate(hit) for hit in _near(hits)] for hits in found]

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
        return Source(info.id, cite(document, Span(start=reference.start, end=reference.end)))

    def candidate(self, hit: SentenceHit) -> Candidate:
        """Return a sentence with its lead as one citation; a row and the head of its table as two."""
        lead, own = hit.lead, hit.sentence.span
        if lead is None:
            return (self._cited(hit, own),)
        if hit.sentence.kind is BlockKind.ROW:
            return (self._cited(hit, lead.span), self._cited(hit, own))
        return (self._cited(hit, Span(start=lead.span.start, end=own.end)),)

    def _cited(self, hit: SentenceHit, span: Span) -> Citation:
        passage, info = hit.hit.passage, hit.hit.document
        return Citation(
            **info.model_dump(exclude={"id"}),
            document=info.id,
            # Only formats with pages are worth the look-up.
            page=None if passage.page is None else self._library.page_at(info.id, span.start),
            start=span.start,
            end=span.end,
            quote=span.shift(-passage.span.start).of(passage.text),
        )

    def _named(self, reference: Reference) -> DocumentInfo | None:
        if reference.document:
            try:
                return self._library.document(reference.document).info
            except DocumentNotFoundError:
                pass  # a URL, or the id in another index; its title may still be known here
        return next((info for info in self._library.documents() if _is_named(info, reference)), None)


def _near(hits: Sequence[SentenceHit]) -> list[SentenceHit]:
    return [hit for hit in hits[:SENTENCES] if hit.score >= LEAST_SHARE * hits[0].score]


def _is_named(info: DocumentInfo, reference: Reference) -> bool:
    """Whether a line or a marker means this document: by its URL, its title, or its publisher and year."""
    if reference.document is not None and reference.document == info.url:
        return True
    if reference.author is not None:
        known = f"{info.publisher or ''} {info.title}".casefold()
        in_year = reference.year is None or (info.date is not None and info.date.year == reference.year)
        return in_year and reference.author.casefold() in known
    return reference.label.casefold().startswith(info.title.casefold())


def cite(document: Document, span: Span) -> Citation:
    """Return the words of a document at ``span`` as a citation without a marker."""
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
