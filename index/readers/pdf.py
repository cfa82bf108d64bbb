"""PDF files: opened with pypdfium2, their metadata, and why one cannot be read. The rest is :mod:`pdf_layout`."""

from __future__ import annotations

import re
from typing import Any

from index.errors import UnreadableFileError
from index.readers.blocks import Content, Metadata, parse_date, real_author, real_title
from index.readers.pdf_layout import Page, lay_out
from index.readers.pdf_lines import page_lines

_REASONS = {
    "password": "this PDF is protected by a password",
    "security": "this PDF is encrypted in a way that cannot be read",
    "format": "this PDF is damaged, or is no PDF at all",
}
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def read(data: bytes) -> Content:
    """Read a PDF. Running heads, page numbers and footnote marks are left out; a scan gives no pieces.

    Raises:
        UnreadableFileError: The file is damaged or protected by a password.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = [_page(pdf, index) for index in range(len(pdf))]
            metadata = _metadata(pdf.get_metadata_dict())
    except pypdfium2.PdfiumError as exc:
        reason = next((text for word, text in _REASONS.items() if word in str(exc).lower()), _REASONS["format"])
        raise UnreadableFileError(reason) from exc
    return lay_out(pages, metadata)


def _page(pdf: Any, index: int) -> Page:
    page = pdf[index]
    try:
        return Page(page_lines(page, index + 1), page.get_height())
    finally:
        page.close()


def _metadata(fields: dict[str, str]) -> Metadata:
    created = _DATE.match(fields.get("CreationDate") or "")
    return Metadata(
        title=real_title(fields.get("Title")),
        publisher=real_author(fields.get("Author")),
        date=parse_date("-".join(created.groups())) if created else None,
    )
