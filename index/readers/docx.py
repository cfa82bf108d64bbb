"""Word documents (DOCX): paragraphs, headings, list items and tables, in document order."""

from __future__ import annotations

import io

from index.readers.blocks import Content, paragraph


def read(data: bytes) -> Content:
    """Read a DOCX file."""
    import docx

    return Content([paragraph(p.text) for p in docx.Document(io.BytesIO(data)).paragraphs])
