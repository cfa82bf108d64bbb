"""Pincite's retrieval for LangChain: the only mapping between our hits and LangChain's documents."""

from __future__ import annotations

from typing import Any, Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.types import Filters, Hit


class Searchable(Protocol):
    """What the retriever searches: an :class:`index.Index`."""

    def search(self, query: str, limit: int = 10, filters: Filters | None = None) -> list[Hit]:
        """Return the best passages for a query."""


class PassageRetriever(BaseRetriever):
    """Passages as LangChain documents, each with its exact place in its source.

    ``page_content`` is the passage's text; ``metadata`` holds ``document``, ``start``, ``end`` (offsets in the
    document's canonical text), ``page``, ``section``, ``score``, and the document's ``title``, ``publisher``, ``date``,
    ``url`` and ``kind``.
    """

    index: Any
    k: int = 4
    filters: Filters | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it by name
    ) -> list[Document]:
        searchable: Searchable = self.index
        return [to_document(hit) for hit in searchable.search(query, self.k, self.filters)]


def to_document(hit: Hit) -> Document:
    """Return ``hit`` as a LangChain document."""
    info = hit.document.model_dump(mode="json", exclude={"id", "sha256"})
    passage = hit.passage
    place = {"document": passage.document, "start": passage.span.start, "end": passage.span.end, "page": passage.page}
    metadata = {**place, "section": list(passage.section), "score": hit.score, **info}
    return Document(page_content=passage.text, id=passage.id, metadata=metadata)
