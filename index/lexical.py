"""The lexical index: BM25 over stems, in tantivy. The only module that knows tantivy.

What a word and its stem are is decided in :mod:`index.words`; tantivy gets stems separated by spaces. Its BM25 has
k1 = 1.2 and b = 0.75 (Robertson and Zaragoza 2009, doi:10.1561/1500000019).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.words import words

_HEAP_BYTES = 64_000_000
_WRITER_THREADS = 1


class LexicalIndex:
    """Passages by the words they hold."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy: Any = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("passage", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document", stored=False, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        with _translated(folder):
            self._index = tantivy.Index(self._schema, path=str(folder))
        self._folder = folder

    def put(self, passages: Mapping[str, tuple[str, str]]) -> None:
        """Index passages: id to (document id, text). A passage that is there already is replaced."""
        with _translated(self._folder):
            writer = self._index.writer(_HEAP_BYTES, _WRITER_THREADS)
            for passage, (document, text) in passages.items():
                writer.delete_documents_by_term("passage", passage)
                entry = self._tantivy.Document()
                entry.add_text("passage", passage)
                entry.add_text("document", document)
                entry.add_text("text", " ".join(word.stem for word in words(text)))
                writer.add_document(entry)
            self._finish(writer)

    def delete(self, passages: Sequence[str]) -> None:
        """Remove passages; ids that are not there are ignored."""
        with _translated(self._folder):
            writer = self._index.writer(_HEAP_BYTES, _WRITER_THREADS)
            for passage in passages:
                writer.delete_documents_by_term("passage", passage)
            self._finish(writer)

    def search(self, query: str, limit: int, documents: Sequence[str] | None) -> list[str]:
        """Return the ids of the ``limit`` best passages for ``query`` by BM25, of ``documents`` only."""
        return list(self._scores(query, limit, "document", documents))

    def scores(self, query: str, passages: Sequence[str]) -> dict[str, float]:
        """Return the BM25 score of each of ``passages`` for ``query``; 0 where no word is shared."""
        found = self._scores(query, max(1, len(passages)), "passage", passages)
        return {passage: found.get(passage, 0.0) for passage in passages}

    def idf(self, stem: str) -> float:
        """Return BM25's inverse document frequency of a stem, over passages: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        searcher = self._index.searcher()
        n = searcher.doc_freq("text", stem)
        # Deleted passages count in n until tantivy merges their segment, so n may pass N.
        return math.log(1 + (max(searcher.num_docs - n, 0) + 0.5) / (n + 0.5))

    def count(self) -> int:
        """Return the number of passages."""
        return int(self._index.searcher().num_docs)

    def ids(self) -> Iterator[str]:
        """Yield the id of every passage."""
        searcher = self._index.searcher()
        hits = searcher.search(self._tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
        for _, address in hits:
            yield searcher.doc(address)["passage"][0]

    def reload(self) -> None:
        """See what other processes have written."""
        with _translated(self._folder):
            self._index.reload()

    def clear(self) -> None:
        """Remove all passages."""
        with _translated(self._folder):
            writer = self._index.writer(_HEAP_BYTES, _WRITER_THREADS)
            writer.delete_all_documents()
            self._finish(writer)

    def _finish(self, writer: Any) -> None:
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _scores(self, query: str, limit: int, field: str, allowed: Sequence[str] | None) -> dict[str, float]:
        make, occur = self._tantivy.Query, self._tantivy.Occur
        terms = [make.term_query(self._schema, "text", stem) for stem in dict.fromkeys(w.stem for w in words(query))]
        if not terms:
            return {}
        parts = [(occur.Must, make.boolean_query([(occur.Should, term) for term in terms]))]
        if allowed is not None:
            members = make.term_set_query(self._schema, field, list(allowed))
            parts.append((occur.Must, make.const_score_query(members, 0.0)))
        with _translated(self._folder):
            searcher = self._index.searcher()
            hits = searcher.search(make.boolean_query(parts), limit).hits
            return {searcher.doc(address)["passage"][0]: float(score) for score, address in hits}


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn tantivy's errors, which are plain ValueErrors, into ours."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise StoreError(f"The lexical index {folder} failed: {error}. Run: pincite doctor") from error
