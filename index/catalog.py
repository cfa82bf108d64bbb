"""The catalog: what is indexed, in one SQLite file. What the catalog says exists, exists.

Vectors and lexical index are derived from it. A batch of documents is written in this order, so that a process killed
at any point leaves a catalog that is right and knows what to clean up:

1. :meth:`Catalog.announce` the new passages (they are to be swept, should step 3 never come);
2. write them to the derived stores;
3. :meth:`Catalog.replace` the documents: one transaction, the commit point;
4. delete the passages that are now without a document from the derived stores, then :meth:`Catalog.swept`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from index.database import Database
from index.errors import DocumentNotFoundError, IndexMismatchError, IndexMissingError
from index.types import Block, BlockKind, Document, DocumentInfo, Filters, Passage, Sentence, Span

_VARIABLES = 500
"""Values bound in one statement; SQLite's own limit is 999 in old builds."""

_INFO_COLUMNS = "d.id, d.title, d.publisher, d.date, d.url, d.kind, d.sha256"


class FileState(NamedTuple):
    """What the catalog knows of a file below a folder: its document's id (None if it failed), hash and failure."""

    document: str | None
    sha256: str
    reason: str | None


class FoundPassage(NamedTuple):
    """A passage with the document it is of."""

    passage: Passage
    info: DocumentInfo


class Catalog:
    """Documents, passages and the state of the index. Safe to use from many threads; each has its own connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.rows
        self._transaction = database.transaction

    @classmethod
    def open(cls, path: Path) -> Catalog:
        """Open an existing catalog without changing it.

        Raises:
            IndexMissingError: there is none.
            IndexMismatchError: it was written by another version of Pincite.
        """
        if not path.is_file():
            raise IndexMissingError(f"Nothing is indexed in {path.parent} yet. Index a folder: pincite sync FOLDER")
        database = Database(path)
        have, want = database.version(), database.newest_version()
        if have == 0:
            raise IndexMissingError(f"The index in {path.parent} was never completed. Run: pincite sync FOLDER")
        if have > want:
            raise IndexMismatchError(
                f"The index in {path.parent} was written by a newer Pincite (format {have}, this one knows {want}). "
                "Upgrade Pincite, or choose another home with --home."
            )
        if have < want:
            raise IndexMismatchError(
                f"The index in {path.parent} has an older format ({have}, now {want}). To update it run: pincite sync"
            )
        return cls(database)

    @classmethod
    def create(cls, path: Path) -> Catalog:
        """Open a catalog to write to; make it, or bring its tables up to date, where needed."""
        path.parent.mkdir(parents=True, exist_ok=True)
        Database(path).migrate()
        return cls.open(path)

    def close(self) -> None:
        """Close the connections of all threads."""
        self._database.close()

    # Reading

    def documents(self) -> list[DocumentInfo]:
        """Return all documents, ordered by id."""
        return [_info(row) for row in self._rows(f"SELECT {_INFO_COLUMNS} FROM documents d ORDER BY d.id")]

    def document(self, document_id: str) -> Document:
        """Return one document with its text.

        Raises:
            DocumentNotFoundError: no document has this id.
        """
        rows = self._rows(
            f"SELECT {_INFO_COLUMNS}, d.text, d.blocks, d.page_starts FROM documents d WHERE d.id = ?", (document_id,)
        )
        if not rows:
            raise DocumentNotFoundError(f"No document {document_id!r} in the index. pincite search finds documents.")
        row = rows[0]
        blocks = tuple(
            Block(kind=BlockKind(kind), span=Span(start=start, end=end), level=level)
            for kind, start, end, level in json.loads(row["blocks"])
        )
        return Document(
            **_info(row).model_dump(),
            text=row["text"],
            blocks=blocks,
            page_starts=tuple(json.loads(row["page_starts"])),
        )

    def page_starts(self, document_id: str) -> tuple[int, ...]:
        """Return the offsets at which the pages of a document begin; none for formats without pages."""
        rows = self._rows("SELECT page_starts FROM documents WHERE id = ?", (document_id,))
        return tuple(json.loads(rows[0]["page_starts"])) if rows else ()

    def passages(self, ids: Sequence[str]) -> dict[str, FoundPassage]:
        """Return the passages that exist among ``ids``; others are left out."""
        found = {}
        for chunk in _chunks(ids):
            marks = ",".join("?" * len(chunk))
            for row in self._rows(
                f"SELECT {_INFO_COLUMNS}, p.id AS passage, p.start, p.end, p.section, p.page, p.sentences,"
                " substr(d.text, p.start + 1, p.end - p.start) AS words"
                f" FROM passages p JOIN documents d ON d.key = p.document WHERE p.id IN ({marks})",
                chunk,
            ):
                found[row["passage"]] = FoundPassage(_passage(row), _info(row))
        return found

    def passage_ids(self) -> Iterator[str]:
        """Return the id of every passage."""
        return (row["id"] for row in self._rows("SELECT id FROM passages"))

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return the passages of one document in order."""
        ids = [
            row["id"]
            for row in self._rows(
                "SELECT p.id FROM passages p JOIN documents d ON d.key = p.document WHERE d.id = ? ORDER BY p.start",
                (document_id,),
            )
        ]
        found = self.passages(ids)
        return [found[passage_id].passage for passage_id in ids]

    def count_passages(self) -> int:
        """Return the number of passages."""
        return int(self._rows("SELECT count(*) AS n FROM passages")[0]["n"])

    def matching(self, filters: Filters | None) -> list[str] | None:
        """Return the ids of the documents that ``filters`` allow; None where nothing is restricted."""
        if filters is None or filters == Filters():
            return None
        conditions: list[str] = []
        values: list[str] = []
        for column, allowed in (
            ("id", filters.documents),
            ("kind", filters.kinds),
            ("publisher", filters.publishers),
        ):
            if allowed:
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(allowed))
        for comparison, day in ((">=", filters.since), ("<=", filters.until)):
            if day:
                conditions.append(f"date {comparison} ?")
                values.append(day.isoformat())
        rows = self._rows(f"SELECT id FROM documents WHERE {' AND '.join(conditions)}", values)
        return [row["id"] for row in rows]

    def meta(self, name: str) -> str | None:
        """Return a value that describes the index as a whole."""
        rows = self._rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0]["value"]) if rows else None

    def folders(self) -> list[Path]:
        """Return the followed folders in the order in which they were first synced."""
        return [Path(row["path"]) for row in self._rows("SELECT path FROM folders ORDER BY key")]

    def files(self, folder: Path) -> dict[str, FileState]:
        """Return what is known of the files below ``folder``, by their path below it."""
        rows = self._rows(
            "SELECT d.path, d.id, d.sha256, NULL AS reason FROM documents d JOIN folders f ON f.key = d.folder"
            " WHERE f.path = :folder UNION ALL"
            " SELECT x.path, NULL, x.sha256, x.reason FROM failures x JOIN folders f ON f.key = x.folder"
            " WHERE f.path = :folder",
            {"folder": str(folder)},
        )
        return {row["path"]: FileState(row["id"], row["sha256"], row["reason"]) for row in rows}

    def to_sweep(self) -> list[str]:
        """Return the passages that the derived stores may hold although no document has them."""
        return [
            row["passage"]
            for row in self._rows("SELECT passage FROM sweep WHERE passage NOT IN (SELECT id FROM passages)")
        ]

    # Writing

    def set_meta(self, name: str, value: str) -> None:
        """Record a value that describes the index as a whole."""
        with self._transaction() as connection:
            _set_meta(connection, name, value)

    def follow(self, folder: Path) -> None:
        """Record that ``folder`` is followed."""
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (str(folder),))

    def announce(self, passages: Iterable[str]) -> None:
        """Record that these passages are about to be written to the derived stores."""
        with self._transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO sweep VALUES (?)", [(passage,) for passage in passages])

    def replace(self, folder: Path, documents: Mapping[str, tuple[Document, Sequence[Passage]]]) -> None:
        """Store documents, by their path below ``folder``, in place of what was there. This is the commit point."""
        with self._transaction() as connection:
            key = _folder_key(connection, folder)
            for path, (document, passages) in documents.items():
                _forget(connection, key, path)
                _insert(connection, key, path, document, passages)
            _advance(connection)

    def remove(self, folder: Path, paths: Iterable[str]) -> None:
        """Remove the documents and failures at ``paths`` below ``folder``; their passages are then to be swept."""
        with self._transaction() as connection:
            key = _folder_key(connection, folder)
            for path in paths:
                _forget(connection, key, path)
            _advance(connection)

    def fail(self, folder: Path, path: str, sha256: str, reason: str) -> None:
        """Record that the file at ``path`` could not be read; a document that it was before is removed."""
        with self._transaction() as connection:
            key = _folder_key(connection, folder)
            _forget(connection, key, path)
            connection.execute("INSERT INTO failures VALUES (?, ?, ?, ?)", (key, path, sha256, reason))
            _advance(connection)

    def unfollow(self, folder: Path) -> None:
        """Forget ``folder``, its documents and its failures."""
        with self._transaction() as connection:
            key = _folder_key(connection, folder)
            for row in connection.execute("SELECT path FROM documents WHERE folder = ?", (key,)).fetchall():
                _forget(connection, key, row["path"])
            connection.execute("DELETE FROM folders WHERE key = ?", (key,))
            _advance(connection)

    def swept(self, passages: Iterable[str]) -> None:
        """Record that the derived stores hold none of ``passages`` unless a document has them."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM sweep WHERE passage = ?", [(passage,) for passage in passages])

    def clear(self) -> None:
        """Remove all documents, failures and what is known of the index as a whole; folders stay followed."""
        with self._transaction() as connection:
            for table in ("documents", "failures", "sweep"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("DELETE FROM meta WHERE name NOT IN ('generation', 'collection')")
            _advance(connection)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _VARIABLES):
        yield ids[start : start + _VARIABLES]


def _info(row: sqlite3.Row) -> DocumentInfo:
    return DocumentInfo(**{name: row[name] for name in DocumentInfo.model_fields})


def _passage(row: sqlite3.Row) -> Passage:
    return _made(*(row[name] for name in ("passage", "id", "start", "end", "words", "section", "page", "sentences")))


@lru_cache(maxsize=2_000)  # a text of many claims finds the same passages again and again
def _made(
    passage: str, document: str, start: int, end: int, words: str, section: str, page: int | None, sentences: str
) -> Passage:
    return Passage(
        id=passage,
        document=document,
        span=Span(start=start, end=end),
        text=words,
        section=tuple(json.loads(section)),
        page=page,
        sentences=_sentences(sentences),
    )


def _sentences(stored: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(kind=BlockKind(kind), span=Span(start=start, end=end)) for kind, start, end in json.loads(stored)
    )


def _set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def _advance(connection: sqlite3.Connection) -> None:
    """Count one more change, so that open readers notice that what they hold in memory is old."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
    _set_meta(connection, "generation", str(int(row["value"]) + 1 if row else 1))


def _folder_key(connection: sqlite3.Connection, folder: Path) -> int:
    return int(connection.execute("SELECT key FROM folders WHERE path = ?", (str(folder),)).fetchone()["key"])


def _forget(connection: sqlite3.Connection, folder: int, path: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO sweep SELECT p.id FROM passages p JOIN documents d ON d.key = p.document"
        " WHERE d.folder = ? AND d.path = ?",
        (folder, path),
    )
    connection.execute("DELETE FROM documents WHERE folder = ? AND path = ?", (folder, path))
    connection.execute("DELETE FROM failures WHERE folder = ? AND path = ?", (folder, path))


def _insert(
    connection: sqlite3.Connection, folder: int, path: str, document: Document, passages: Sequence[Passage]
) -> None:
    blocks = [(block.kind, block.span.start, block.span.end, block.level) for block in document.blocks]
    values = document.info.model_dump(mode="json") | {
        "folder": folder,
        "path": path,
        "text": document.text,
        "blocks": json.dumps(blocks),
        "page_starts": json.dumps(document.page_starts),
    }
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    key = connection.execute(f"INSERT INTO documents ({names}) VALUES ({marks})", values).lastrowid
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                passage.id,
                key,
                passage.span.start,
                passage.span.end,
                json.dumps(passage.section),
                passage.page,
                json.dumps([(s.kind, s.span.start, s.span.end) for s in passage.sentences]),
            )
            for passage in passages
        ],
    )
    connection.executemany("DELETE FROM sweep WHERE passage = ?", [(passage.id,) for passage in passages])
