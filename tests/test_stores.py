"""The stores one by one: catalog, vectors, lexical index."""

from __future__ import annotations

import datetime
import math
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index import Document, Filters, IndexMismatchError, IndexMissingError, Passage, Sentence, Span, StoreError
from index.catalog import Catalog
from index.lexical import LexicalIndex
from index.vectors import PAGE, VectorStore

# Catalog


def document(name: str, text: str = "One. Two.", **fields: object) -> tuple[Document, list[Passage]]:
    made = Document.model_validate({"id": name, "title": name, "sha256": f"hash of {text}", "text": text, **fields})
    span = Span(start=0, end=len(text))
    passage = Passage(id=f"{name}/{text}", document=name, span=span, text=text, sentences=(Sentence(span=span),))
    return made, [passage]


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    catalog = Catalog.create(tmp_path / "catalog.sqlite")
    catalog.follow(tmp_path)
    return catalog


def test_documents_come_back_as_they_were_stored(catalog: Catalog, tmp_path: Path) -> None:
    made, passages = document(
        "a.pdf", "Grüße 🎉 aus Tirana.\n\nZwei.", date=datetime.date(2025, 5, 15), page_starts=(0, 21), publisher="P"
    )
    catalog.replace(tmp_path, {"a.pdf": (made, passages)})
    assert catalog.document("a.pdf") == made
    assert catalog.documents() == [made.info]
    assert catalog.document_passages("a.pdf") == passages
    assert catalog.page_starts("a.pdf") == (0, 21)


def test_replacing_sweeps_the_passages_that_are_gone(catalog: Catalog, tmp_path: Path) -> None:
    catalog.replace(tmp_path, {"a": document("a", "old")})
    catalog.announce(["a/new"])
    assert catalog.to_sweep() == ["a/new"]  # announced only: a killed process may have written it
    catalog.replace(tmp_path, {"a": document("a", "new")})
    assert catalog.to_sweep() == ["a/old"]
    catalog.swept(["a/old"])
    assert catalog.to_sweep() == []


def test_a_failed_transaction_changes_nothing(catalog: Catalog, tmp_path: Path) -> None:
    catalog.replace(tmp_path, {"a": document("a", "old")})
    generation = catalog.meta("generation")
    twice = document("b")
    with pytest.raises(StoreError, match="UNIQUE"):
        catalog.replace(tmp_path, {"a": document("a", "new"), "b": (twice[0], twice[1] * 2)})
    assert catalog.document("a").text == "old"
    assert catalog.meta("generation") == generation


def test_every_change_advances_the_generation(catalog: Catalog, tmp_path: Path) -> None:
    seen = [catalog.meta("generation")]
    catalog.replace(tmp_path, {"a": document("a")})
    seen.append(catalog.meta("generation"))
    catalog.fail(tmp_path, "a", "hash", "torn")
    seen.append(catalog.meta("generation"))
    catalog.remove(tmp_path, ["a"])
    seen.append(catalog.meta("generation"))
    assert len(set(seen)) == 4
    assert catalog.documents() == []
    assert catalog.files(tmp_path) == {}


@pytest.mark.parametrize(
    ("filters", "matching"),
    [
        (Filters(), None),
        (Filters(documents=("a", "nowhere")), ["a"]),
        (Filters(kinds=("news",)), ["b", "c"]),
        (Filters(publishers=("Wire",), kinds=("news",)), ["b"]),
        (Filters(since=datetime.date(2025, 5, 15)), ["a", "b"]),
        (Filters(until=datetime.date(2025, 5, 15)), ["a"]),
        (Filters(since=datetime.date(2026, 1, 1)), []),
    ],
)
def test_filters(catalog: Catalog, tmp_path: Path, filters: Filters, matching: list[str] | None) -> None:
    made = {
        "a": document("a", kind="official", date=datetime.date(2025, 5, 15)),
        "b": document("b", kind="news", publisher="Wire", date=datetime.date(2025, 5, 16)),
        "c": document("c", kind="news"),
    }
    catalog.replace(tmp_path, made)
    found = catalog.matching(filters)
    assert (sorted(found) if found is not None else None) == matching


def test_opening_what_is_not_there_or_not_ours(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="pincite sync"):
        Catalog.open(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("this is no database, but long enough to look at" * 10)
    with pytest.raises(StoreError, match=r"text\.sqlite"):
        Catalog.open(tmp_path / "text.sqlite")
    Catalog.create(tmp_path / "newer.sqlite").close()
    connection = sqlite3.connect(tmp_path / "newer.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexMismatchError, match="newer Pincite"):
        Catalog.open(tmp_path / "newer.sqlite")


# Vectors


def unit(*numbers: float) -> np.ndarray:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_vectors_are_found_by_cosine(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, None, "test")
    store.put({"p1": "a", "p2": "a", "p3": "b"}, np.stack([unit(1, 0), unit(1, 1), unit(0, 1)]))
    assert store.search(unit(1, 0.1), 3, None) == ["p1", "p2", "p3"]
    assert store.search(unit(1, 0.1), 3, ["b"]) == ["p3"]
    assert store.search(unit(1, 0.1), 3, []) == []
    similarities = store.similarities(unit(1, 0), ["p2", "p3", "unknown"])
    assert similarities == {"p2": pytest.approx(math.sqrt(0.5)), "p3": pytest.approx(0)}
    store.delete(["p1", "unknown"])
    assert sorted(store.ids()) == ["p2", "p3"]
    store.clear()
    assert store.count() == 0
    store.close()


def test_more_vectors_and_documents_than_one_request_may_name(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, None, "test")
    count = PAGE + 100
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(count, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"p{i}" for i in range(count)]
    store.put({passage: f"d{i}" for i, passage in enumerate(ids)}, vectors)
    assert store.count() == count
    assert len(set(store.ids())) == count
    assert len(store.similarities(vectors[0], ids)) == count
    assert store.search(vectors[-1], 1, [f"d{i}" for i in range(count)]) == [ids[-1]]
    store.close()


def test_vectors_of_another_length_are_refused_in_words(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, None, "test")
    store.put({"p1": "a"}, np.stack([unit(1, 0)]))
    with pytest.raises(StoreError, match="dimension"):
        store.put({"p2": "a"}, np.stack([unit(1, 0, 0)]))
    store.close()


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9"):
        VectorStore(tmp_path, "http://127.0.0.1:9", "test")


# Lexical index


def bm25(texts: dict[str, list[str]], query: list[str]) -> dict[str, float]:
    """BM25 as it is defined (Robertson and Zaragoza 2009, with Lucene's idf), to compare tantivy with."""
    k1, b, count = 1.2, 0.75, len(texts)
    average = sum(map(len, texts.values())) / count
    scores = dict.fromkeys(texts, 0.0)
    for word in query:
        holding = sum(word in text for text in texts.values())
        idf = math.log(1 + (count - holding + 0.5) / (holding + 0.5))
        for name, text in texts.items():
            frequency = text.count(word)
            scores[name] += idf * frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * len(text) / average))
    return scores


def test_scores_are_bm25(tmp_path: Path) -> None:
    texts = {
        "p1": ["river", "river", "mountain"],
        "p2": ["river", "sea", "boat", "boat", "harbour"],
        "p3": ["mountain", "goat"],
        "p4": ["sea"],
    }
    index = LexicalIndex(tmp_path / "lexical")
    index.put({name: (f"d{name}", " ".join(text)) for name, text in texts.items()})
    expected = bm25(texts, ["river", "sea"])
    assert index.scores("rivers and the SEA", list(texts)) == pytest.approx(expected, rel=1e-4)
    best_first = sorted((name for name in texts if expected[name]), key=lambda name: -expected[name])
    assert index.search("rivers and the SEA", 10, None) == best_first
    assert index.search("rivers and the SEA", 10, ["dp4"]) == ["p4"]
    assert index.idf("river") == pytest.approx(math.log(1 + 2.5 / 2.5))
    assert index.idf("nowher") > index.idf("river")


def test_lexical_index_forgets_and_replaces(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "lexical")
    index.put({"p1": ("a", "old words"), "p2": ("a", "other words")})
    index.put({"p1": ("a", "new words")})
    assert index.search("old", 10, None) == []
    index.delete(["p2", "unknown"])
    assert list(index.ids()) == ["p1"]
    assert index.search("?!", 10, None) == []
    assert index.scores("?!", ["p1"]) == {"p1": 0.0}
    index.clear()
    assert index.count() == 0


def test_a_damaged_lexical_index_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "lexical"
    LexicalIndex(folder).put({"p1": ("a", "words")})
    (folder / "meta.json").write_text("{}")
    with pytest.raises(StoreError, match="pincite doctor"):
        LexicalIndex(folder)
