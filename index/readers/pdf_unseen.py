"""White letters on the white page of a PDF: who reads it does not see them. On a picture or a coloured area they stay.

Three letters of each line are asked for their colour, which takes 1.3% of the time to read a file; to ask all would
take 45% (17 files, 1.1 million characters). So white words between black ones on one line may be read. Invisible
letters (render mode 3) are, because that is how scans hold their text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cached_property
from typing import Any

WHITE = 240
"""Least value of each channel, of 255, of what is white; by judgement."""

_FILLED = (0, 4)  # text render modes: letters are filled and have no outline

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


class Grounds:
    """What is behind the letters of one page: ``raw`` is its text page."""

    def __init__(self, page: Any, raw: Any) -> None:
        import pypdfium2.raw as pdfium

        self._fill_colour = pdfium.FPDFText_GetFillColor  # looked up once: it is called for every line
        self._page = page
        self._raw = raw
        self._channels = tuple(ctypes.c_uint() for _ in range(4))
        self._references = tuple(map(ctypes.byref, self._channels))

    def is_white(self, place: int) -> bool:
        """Return whether the letter at ``place`` of the text page is white."""
        return bool(self._fill_colour(self._raw, place, *self._references)) and self._is_light()

    def hides(self, place: int) -> bool:
        """Return whether the letter at ``place`` is white, and nothing but the page behind it."""
        import pypdfium2.raw as pdfium

        if not self.is_white(place):
            return False
        text_object = pdfium.FPDFText_GetTextObject(self._raw, place)
        if not text_object or pdfium.FPDFTextObj_GetTextRenderMode(text_object) not in _FILLED:
            return False
        box = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._raw, place, ctypes.byref(box)):
            return False
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        return not any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self._areas)

    @cached_property
    def _areas(self) -> Sequence[Box]:
        """Where something other than white is painted: pictures, shadings, filled paths, forms that hold any."""
        import pypdfium2.raw as pdfium

        count = pdfium.FPDFPage_CountObjects(self._page.raw)
        objects = (pdfium.FPDFPage_GetObject(self._page.raw, index) for index in range(count))
        return [box for each in objects if self._paints(each) and (box := _bounds(each))]

    def _paints(self, page_object: Any) -> bool:
        import pypdfium2.raw as pdfium

        kind = pdfium.FPDFPageObj_GetType(page_object)
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            return bool(kind != pdfium.FPDF_PAGEOBJ_TEXT)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(page_object, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value:
            return False
        return not pdfium.FPDFPageObj_GetFillColor(page_object, *self._references) or not self._is_light()

    def _is_light(self) -> bool:
        red, green, blue, alpha = self._channels
        return (red.value >= WHITE and green.value >= WHITE and blue.value >= WHITE) or not alpha.value


def _bounds(page_object: Any) -> Box | None:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = pdfium.FPDFPageObj_GetBounds(page_object, *map(ctypes.byref, (left, bottom, right, top)))
    return (left.value, bottom.value, right.value, top.value) if found else None
