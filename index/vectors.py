"""Passage vectors in Chroma: on disk beside the catalog, or on a Chroma server. The only module that knows Chroma.

Chroma's scores are distances; here they become cosine similarities, once. Texts stay in the catalog.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from index.encoder import Matrix
from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

PAGE = 5_000
"""Ids or documents named in one request: more fail with "too many SQL variables" (seen at 40,000, Chroma 1.5.9)."""


class VectorStore:
    """Vectors of unit length by passage id."""

    def __init__(self, folder: Path, url: str | None, collection: str) -> None:
        """Open the store below ``folder``, or on the Chroma server at ``url``.

        Raises:
            StoreError: Chroma cannot be opened or reached.
        """
        self._folder, self._url, self._name = folder, url, collection
        # Chroma serves threads, but not while it is closed and opened again under them.
        self._lock = threading.RLock()
        self._open()

    def reopen(self) -> None:
        """See what other processes have written: Chroma reads its graph once, when it is opened (seen with 1.5.9)."""
        if self._url is None:
            with self._lock:
                self._client.close()
                self._open()

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            self._client.close()

    def put(self, passages: Mapping[str, str], vectors: Matrix) -> None:
        """Store a vector for each passage; ``passages`` maps passage ids to the ids of their documents."""
        ids = list(passages)
        with self._lock, _translated():
            for start in range(0, len(ids), self._batch):
                chunk = ids[start : start + self._batch]
                self._collection.upsert(
                    ids=chunk,
                    embeddings=vectors[start : start + self._batch],
                    metadatas=[{"document": passages[passage]} for passage in chunk],
                )

    def delete(self, passages: Sequence[str]) -> None:
        """Remove vectors; ids that are not there are ignored."""
        with self._lock, _translated():
            for chunk in _chunks(passages, self._batch):
                self._collection.delete(ids=list(chunk))

    def search(self, query: Matrix, limit: int, documents: Sequence[str] | None) -> list[str]:
        """Return the ids of the ``limit`` passages nearest to ``query`` (shape (dimension,)), of ``documents`` only."""
        found: list[tuple[float, str]] = []
        with self._lock, _translated():
            for chunk in [None] if documents is None else list(_chunks(documents, PAGE)):
                result = self._collection.query(
                    query_embeddings=[query],
                    n_results=limit,
                    where=None if chunk is None else {"document": {"$in": list(chunk)}},
                    include=["distances"],
                )
                found += zip(result["distances"][0], result["ids"][0], strict=True)
        return [passage for _, passage in sorted(found)[:limit]]

    def similarities(self, query: Matrix, passages: Sequence[str]) -> dict[str, float]:
        """Return the cosine similarity, in [-1, 1], of ``query`` to each passage that is in the store."""
        found: dict[str, float] = {}
        with self._lock, _translated():
            for chunk in _chunks(passages, PAGE):
                result = self._collection.get(ids=list(chunk), include=["embeddings"])
                if result["ids"]:
                    scores = np.asarray(result["embeddings"], dtype=np.float32) @ query
                    found.update(zip(result["ids"], map(float, scores), strict=True))
        return found

    def count(self) -> int:
        """Return the number of vectors."""
        with self._lock, _translated():
            return int(self._collection.count())

    def ids(self) -> Iterator[str]:
        """Yield the id of every vector."""
        offset = 0
        while True:
            with self._lock, _translated():
                page = self._collection.get(limit=PAGE, offset=offset, include=[])["ids"]
            if not page:
                return
            yield from page
            offset += len(page)

    def clear(self) -> None:
        """Remove the collection with everything in it, and start an empty one."""
        with self._lock, _translated():
            self._client.delete_collection(self._name)
        self._open()

    def _open(self) -> None:
        with _translated():
            self._client: Any = _client(self._folder, self._url)  # its types leave out close()
            # Cosine, not the default squared Euclidean distance; no embedding function, ours is the encoder.
            self._collection: Any = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            self._batch = min(PAGE, self._client.get_max_batch_size())


def _client(folder: Path, url: str | None) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if url is None:
        return chromadb.PersistentClient(str(folder), settings=quiet)
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "", port=parts.port or (443 if secure else 8000), ssl=secure, settings=quiet
        )
    except ValueError as error:  # what Chroma raises when nothing answers
        raise StoreError(f"The Chroma server {url} cannot be reached: {error}") from error


def _chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


@contextmanager
def _translated() -> Iterator[None]:
    """Turn Chroma's errors into ours."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise StoreError(f"The vector store failed: {error}. Run: pincite doctor") from error
