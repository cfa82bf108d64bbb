"""Files that are read and written for other programs: rows of JSON, plain or gzipped; results written whole."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from index import PinciteError

_GZIP = b"\x1f\x8b"


@contextmanager
def atomically(path: Path) -> Iterator[TextIO]:
    """Yield a UTF-8 file that takes the place of ``path`` when the block ends; after an error ``path`` is untouched.

    What is no plain file (a pipe, a terminal) is written to as it is.

    Raises:
        PinciteError: it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8") as direct:
                yield direct
            return
        with _beside(path.resolve()) as file:
            yield file
    except OSError as error:
        raise PinciteError(f"{path} cannot be written: {error.strerror or error}") from error


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, whole or not at all; see :func:`atomically`."""
    with atomically(path) as file:
        file.write(text)


@contextmanager
def _beside(path: Path) -> Iterator[TextIO]:
    """A file in the folder of ``path``, renamed at the end: a rename is atomic within one file system only."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced; those of a new file where there is none."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def byte_lines(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield the lines of a stream, gunzipped where it begins as gzip does.

    Raises:
        PinciteError: it cannot be read to its end; ``name`` is what the message calls it.
    """
    try:
        buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
        if buffered.peek(len(_GZIP))[: len(_GZIP)] == _GZIP:
            with gzip.open(buffered) as unpacked:
                yield from unpacked
        else:
            yield from buffered
    except (OSError, EOFError, zlib.error) as error:
        raise PinciteError(f"{name} cannot be read: {error}") from error
