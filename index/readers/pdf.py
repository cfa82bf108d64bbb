"""PDF files: by page, lines joined to paragraphs."""

from __future__ import annotations

from index.errors import UnreadableFileError
from index.readers.blocks import Content, PagePlace, Piece, paragraph


def read(data: bytes) -> Content:
    """Read a PDF.

    Raises:
        UnreadableFileError: The file is damaged or needs a password.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        raise UnreadableFileError("this PDF is damaged or needs a password") from exc
    pieces: list[Piece] = []
    places = []
    for page in pdf:
        places.append(PagePlace(len(pieces), 0))
        pieces += [paragraph(line) for line in page.get_textpage().get_text_range().split("\n")]
    return Content(pieces, pages=places)
