"""From a file to a document: the factory that picks the reader by the file's suffix."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from index.errors import UnreadableFileError
from index.readers.blocks import Content, assemble
from index.readers.docx import read as read_docx
from index.readers.html import read as read_html
from index.readers.markdown import read as read_markdown
from index.readers.pdf import read as read_pdf
from index.readers.plain import read as read_plain
from index.types import Document

LARGEST_FILE = 200 * 1024 * 1024
"""Most bytes of a file; larger ones are refused, because a reader holds the whole file in memory."""

_READERS: dict[str, Callable[[bytes], Content]] = {
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".pdf": read_pdf,
    ".txt": read_plain,
}
READER_SUFFIXES: frozenset[str] = frozenset(_READERS)
"""Suffixes, in lower case, that are read. A file whose name has none is read too when it holds text."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,8}")


def read_file(path: Path, document_id: str) -> Document:
    """Read one file.

    Args:
        path: The file.
        document_id: Its path below the followed folder, with forward slashes; the suffix is taken from it.

    Raises:
        UnreadableFileError: The file is missing, empty, too large, damaged, protected, of another format, or holds
            no text; the message is the reason in words.
    """
    reader = _reader_for(document_id)
    data = _bytes_of(path)
    document = assemble(reader(data), document_id, hashlib.sha256(data).hexdigest())
    if not document.text:
        if reader is read_pdf:
            raise UnreadableFileError("this PDF holds no text; it may be a scan, which needs OCR first")
        raise UnreadableFileError("this file holds no text")
    return document


def _reader_for(document_id: str) -> Callable[[bytes], Content]:
    suffix = PurePosixPath(document_id).suffix
    reader = _READERS.get(suffix.lower())
    if reader is None and _SUFFIX.fullmatch(suffix):
        raise UnreadableFileError(
            f"Pincite does not read {suffix.lower()} files; it reads {', '.join(sorted(READER_SUFFIXES))}"
        )
    return reader or read_plain


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableFileError(
                f"this file is too large: {size / 2**20:.0f} MB, and at most {LARGEST_FILE // 2**20} MB are read"
            )
        data = path.read_bytes()
    except PermissionError as exc:
        raise UnreadableFileError("permission to read this file was denied") from exc
    except OSError as exc:
        raise UnreadableFileError(f"this file cannot be opened: {exc.strerror or exc}") from exc
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFileError("this file is empty")
    return data
