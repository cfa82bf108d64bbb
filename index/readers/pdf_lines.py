"""The lines of a PDF page with their place and type, asked of pdfium's C interface."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from index.readers.pdf_unseen import Grounds
from index.text import flatten

CELL_GAP = 0.9
"""White space inside a line, in font sizes, that may separate two cells; in justified text it is rarely so wide."""
NOTE_SIZE = 0.8
"""A raised number of at most this share of its neighbour's size is a footnote mark and no part of the text."""

_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy", re.IGNORECASE)
_HYPHEN_AT_END = 0x02  # pdfium puts this for a hyphen at a line's end, and drops the line break
_LINE_BREAKS = (0x0A, 0x0D)
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf06e\uf0fc\uf0d8●▪■◦○", "•"))
_CUT_WORD = re.compile(r"[a-z]-$")
_NOISE = re.compile("[\ufffe\uffff\ufffd\ue000-\uf8ff]")


class Line(NamedTuple):
    """A run of characters on one baseline without wide gaps. Lengths in points, ``bottom`` from the page's foot.

    ``hyphenated``: a hyphen at its end was cut off; the line after continues the word.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    page: int
    hyphenated: bool = False


class _Glyph(NamedTuple):
    """A character with its box; ``height`` is that of its font, not of its ink."""

    place: int
    code: int
    left: float
    right: float
    bottom: float
    height: float


def page_lines(page: Any, number: int) -> list[Line]:
    """Return the lines of a pypdfium2 page, in the order of its content, cut at the gaps between cells.

    Letters that are white on the white page are left out.
    """
    textpage = page.get_textpage()
    grounds = Grounds(page, textpage.raw)
    try:
        return [
            line
            for glyphs, hyphenated in _runs(textpage.raw, _Turn(page))
            if (line := _line(textpage.raw, _seen(glyphs, grounds), number, hyphenated)) is not None
        ]
    finally:
        textpage.close()


class _Turn:
    """Brings boxes upright on pages that are shown turned."""

    def __init__(self, page: Any) -> None:
        self._angle = page.get_rotation()
        self._page = page
        if self._angle:
            page.set_rotation(0)
        self._width, self._height = page.get_size()

    def box(self, left: float, right: float, bottom: float, top: float) -> tuple[float, float, float, float]:
        """Return left, right, bottom and height of a box as it is shown."""
        if self._angle == 90:
            return bottom, top, self._width - right, right - left
        if self._angle == 180:
            return self._width - right, self._width - left, self._height - top, top - bottom
        if self._angle == 270:
            return self._height - top, self._height - bottom, left, right - left
        return left, right, bottom, top - bottom


def _runs(raw: Any, turn: _Turn) -> Iterator[tuple[list[_Glyph], bool]]:
    """The glyphs of each run, spaces without a box, and whether the run ends with a hyphen."""
    import pypdfium2.raw as pdfium

    rectangle = pdfium.FS_RECTF()
    run: list[_Glyph] = []
    last: _Glyph | None = None
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in _LINE_BREAKS or code == _HYPHEN_AT_END:
            yield run, code == _HYPHEN_AT_END
            run, last = [], None
        elif code <= 0x20 or code == 0xA0:
            run.append(_Glyph(index, 0x20, 0, 0, 0, 0))
        elif pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rectangle)):
            box = turn.box(rectangle.left, rectangle.right, rectangle.bottom, rectangle.top)
            glyph = _Glyph(index, code, *box)
            if last is not None and glyph.left - last.right > CELL_GAP * last.height:
                yield run, False
                run = []
            if last is None or not _is_note_mark(glyph, last):
                run.append(glyph)
                last = glyph
    yield run, False


def _is_note_mark(glyph: _Glyph, before: _Glyph) -> bool:
    """Whether a digit stands small and raised after a word or its punctuation."""
    raised = glyph.bottom > before.bottom + 0.1 * before.height
    return chr(glyph.code).isdigit() and raised and glyph.height <= NOTE_SIZE * before.height


def _seen(glyphs: list[_Glyph], grounds: Grounds) -> list[_Glyph]:
    """The glyphs that a reader sees; all of them where the first, the last and the one between are not white."""
    asked = {glyphs[i].place for i in (0, len(glyphs) // 2, -1)} if glyphs else ()
    if not any(map(grounds.is_white, asked)):
        return glyphs
    return [glyph for glyph in glyphs if glyph.height <= 0 or not grounds.hides(glyph.place)]


def _line(raw: Any, glyphs: list[_Glyph], page: int, hyphenated: bool) -> Line | None:
    codes = [glyph.code for glyph in glyphs]
    text = b"".join(code.to_bytes(4 if code > 0xFFFF else 2, "little") for code in codes if code <= 0xFFFF)
    words = flatten(_NOISE.sub("", text.decode("utf-16-le", "replace").translate(_BULLETS)))
    inked = [glyph for glyph in glyphs if glyph.height > 0]
    if not words or not inked:
        return None
    if _CUT_WORD.search(words):
        words, hyphenated = words[:-1], True
    middle = sorted(inked, key=lambda glyph: glyph.height)[len(inked) // 2]
    return Line(
        text=words,
        left=inked[0].left,
        right=inked[-1].right,
        bottom=middle.bottom,
        size=round(middle.height, 1),
        bold=all(_is_bold(raw, glyph.place) for glyph in (inked[0], middle, inked[-1])),
        page=page,
        hyphenated=hyphenated,
    )


def _is_bold(raw: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, len(name), ctypes.byref(flags))
    return bool(_BOLD_NAME.search(name.value.decode("utf-8", "replace")))
