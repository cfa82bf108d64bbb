"""One SQLite file: a connection for each thread, transactions, and numbered migrations."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from index.errors import StoreError

BUSY_TIMEOUT_S = 30.0


class Database:
    """A SQLite database in WAL mode: readers go on while one writer writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
            self._local = threading.local()

    def rows(self, statement: str, values: Any = ()) -> list[sqlite3.Row]:
        """Run a query and return its rows.

        Raises:
            StoreError: the file cannot be read, or is no catalog.
        """
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"The catalog {self._path} cannot be read: {error}") from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give a connection on which everything is committed at the end, or nothing where an error is raised.

        Raises:
            StoreError: the file cannot be written, for instance because the disk is full.
        """
        try:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise StoreError(f"The catalog {self._path} cannot be written: {error}") from error

    def version(self) -> int:
        """Return the number of the last migration that was applied; 0 for a new file."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def newest_version(self) -> int:
        """Return the number of the last migration that there is."""
        return len(_migrations())

    def migrate(self) -> None:
        """Apply the migrations that are still to be applied, in order."""
        self.rows("PRAGMA journal_mode = WAL")
        for number, script in enumerate(_migrations(), start=1):
            if number > self.version():
                # One transaction with the version it leads to: killed here, the step is undone, not half done.
                self._connection().executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self._path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection


def _migrations() -> list[str]:
    folder = resources.files("index") / "migrations"
    scripts = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda e: e.name)
    return [script.read_text(encoding="utf-8") for script in scripts]
