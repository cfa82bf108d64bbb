"""One writer at a time: a lock file, and beside it who holds it. Readers never take it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusyError


@contextmanager
def writer_lock(home: Path) -> Iterator[None]:
    """Hold the index of ``home`` for writing. The system lets go of the lock when a process dies.

    Raises:
        IndexBusyError: another process, or another thread of this one, is writing.
    """
    from filelock import FileLock, Timeout

    home.mkdir(parents=True, exist_ok=True)
    holder = home / "writer.json"
    # Not thread-local: a lock taken by one thread must stop the others as well.
    lock = FileLock(home / "writer.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusyError(
            f"Another process{_described(holder)} is updating the index in {home}. Wait for it, or stop it first."
        ) from error
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "since": time.strftime("%H:%M:%S")}), encoding="utf-8")
        yield
    finally:
        lock.release()


def _described(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f" (pid {told['pid']}, since {told['since']})"
    except (OSError, ValueError, KeyError):  # it is being written just now
        return ""
