"""Word documents (DOCX): paragraphs, headings, list items, tables and notes, in document order.

python-docx opens the package and knows its styles; the body is walked here, because its ``Paragraph.text`` leaves out
insertions and content controls, its cells repeat merged ones, and its style look-ups are slow (872 pages: 20 s).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from index.errors import UnreadableFileError
from index.readers.blocks import (
    Content,
    Metadata,
    Piece,
    heading,
    item,
    paragraph,
    parse_date,
    real_author,
    real_title,
    row,
    tidy,
)

Element: TypeAlias = Any
"""An lxml element; lxml ships no types."""

LARGEST_UNPACKED = 2**30
"""Most bytes of a file's parts together; an 872-page handbook has 5.6 million."""

_DAMAGED = "this Word file is damaged"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # Word encrypts a document by wrapping it in an OLE container; .doc files are one too
_SKIPPED = frozenset({_W + "del", _W + "moveFrom", _W + "txbxContent", _W + "rPr", _W + "pPr", _FALLBACK})
_CHARACTERS = {_W + "tab": " ", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "-", _W + "ptab": " "}
_HEADING_STYLE = re.compile(r"heading (\d)")
_CONTENTS_STYLE = re.compile(r"toc( heading| ?\d)")
_MOST_COLUMNS = 63  # of a Word table
_NOTES = "footnotes", "endnotes"


class _Style(NamedTuple):
    """What a paragraph style says: a heading's level (0: none), a list's bullet or number, a table of contents."""

    level: int = 0
    marker: str | None = None
    contents: bool = False


def read(data: bytes) -> Content:
    """Read a DOCX file. Deleted and hidden text, tables of contents, headers and footers are left out.

    Raises:
        UnreadableFileError: The file is damaged, protected by a password, or no DOCX at all.
    """
    if data.startswith(_OLE_MAGIC):
        raise UnreadableFileError("this Word file is protected by a password, or is in the old .doc format")
    _check_size(data)
    document = _open(data)
    try:
        return Content([*_Reader(document).blocks(document.element.body), *_notes(document)], _metadata(document))
    except (KeyError, ValueError) as exc:
        raise UnreadableFileError(_DAMAGED) from exc


def _open(data: bytes) -> Any:
    """Open the package with python-docx, which lets errors of many libraries through."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return docx.Document(io.BytesIO(data))
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError) as exc:
        raise UnreadableFileError(_DAMAGED) from exc
    except (AttributeError, TypeError, RuntimeError) as exc:
        # Seen for relations without a target, missing parts, and members that are encrypted.
        raise UnreadableFileError(_DAMAGED) from exc


def _check_size(data: bytes) -> None:
    """Refuse a package that unpacks to more than memory should hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as exc:
        raise UnreadableFileError(_DAMAGED) from exc
    if unpacked > LARGEST_UNPACKED:
        raise UnreadableFileError(f"this Word file is too large: it unpacks to {unpacked / 2**20:.0f} MB")


class _Reader:
    """Walks the body of one document; keeps what its styles mean and how far its lists have counted."""

    def __init__(self, document: Any) -> None:
        self._styles = _styles(document)
        self._formats = _number_formats(document)
        self._counts: Counter[tuple[str, int]] = Counter()

    def blocks(self, parent: Element) -> Iterator[Piece]:
        """The pieces below an element, in document order."""
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child)

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        style = self._styles.get(_value(element, "pPr/pStyle") or "", _Style())
        text = _text(element)
        if not style.contents and text.strip():
            yield self._piece(element, style, text)
        for box in element.iter(_W + "txbxContent"):
            if not any(ancestor.tag in (_FALLBACK, _W + "txbxContent") for ancestor in box.iterancestors()):
                yield from self.blocks(box)

    def _piece(self, element: Element, style: _Style, text: str) -> Piece:
        outline = _value(element, "pPr/outlineLvl")
        level = style.level or (int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 6 else 0)
        if level:
            return heading(text, level)
        number, depth = _value(element, "pPr/numPr/numId"), int(_value(element, "pPr/numPr/ilvl") or 0)
        if number and number != "0":
            return item(text, self._marker(number, depth), depth + 1)
        return item(text, style.marker) if style.marker else paragraph(text)

    def _marker(self, number: str, depth: int) -> str:
        """A bullet, or the next number of a decimal list; deeper levels start again."""
        self._counts[number, depth] += 1
        for deeper in [key for key in self._counts if key[0] == number and key[1] > depth]:
            del self._counts[deeper]
        decimal = self._formats.get((number, depth)) == "decimal"
        return f"{self._counts[number, depth]}." if decimal else "-"

    def _table(self, table: Element) -> Iterator[Piece]:
        """Rows of cells; a table of one column frames text, which is read as text."""
        lines = [list(_cells(line)) for line in _nearest(table, _W + "tr")]
        if all(sum(cell is not None for cell in cells) < 2 for cells in lines):
            for cell in (cell for cells in lines for cell in cells if cell is not None):
                yield from self.blocks(cell)
            return
        for index, cells in enumerate(lines):
            yield row([_cell_text(cell) for cell in cells], opens=index == 0)


def _styles(document: Any) -> dict[str, _Style]:
    """What each paragraph style means, its ancestors' names included, once per document."""
    found = {}
    for style in document.styles.element.iter(_W + "style"):
        names = [name.lower() for name in _style_names(document.styles.element, style)]
        level = next((int(match[1]) for name in names if (match := _HEADING_STYLE.match(name))), 0)
        level = level or (1 if "title" in names else 0)
        listed = any(name.startswith(("list bullet", "list number")) for name in names)
        contents = any(_CONTENTS_STYLE.fullmatch(name) for name in names)
        found[style.get(_W + "styleId") or ""] = _Style(level, "-" if listed else None, contents)
    return found


def _style_names(styles: Element, style: Element) -> list[str]:
    """The names of a style and of those it is based on."""
    by_id = {other.get(_W + "styleId"): other for other in styles.iter(_W + "style")}
    names: list[str] = []
    while style is not None and len(names) < 10:  # a damaged file may have a ring of styles
        names.append(_value(style, "name") or "")
        style = by_id.get(_value(style, "basedOn"))
    return names


def _number_formats(document: Any) -> dict[tuple[str, int], str]:
    """The number format of each list and level ("decimal", "bullet", ...)."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        each.get(_W + "abstractNumId"): {
            int(level.get(_W + "ilvl") or 0): _value(level, "numFmt") or "" for level in each.iter(_W + "lvl")
        }
        for each in numbering.iter(_W + "abstractNum")
    }
    return {
        (number.get(_W + "numId"), level): form
        for number in numbering.iter(_W + "num")
        for level, form in abstract.get(_value(number, "abstractNumId"), {}).items()
    }


def _value(element: Element, path: str) -> str | None:
    """The ``w:val`` of the element at ``path`` below ``element``."""
    found = element.find("/".join(_W + name for name in path.split("/")))
    value: str | None = None if found is None else found.get(_W + "val")
    return value


def _text(element: Element) -> str:
    """The words of one paragraph as they are printed."""
    parts: list[str] = []
    for child in element:
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in _CHARACTERS:
            parts.append(_CHARACTERS[child.tag])
        elif child.tag == _W + "r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        elif child.tag not in _SKIPPED:
            parts.append(_text(child))
    return "".join(parts)


def _cell_text(cell: Element | None) -> str:
    return "" if cell is None else " ".join(_text(paragraph) for paragraph in cell.iter(_W + "p"))


def _nearest(parent: Element, tag: str) -> Iterator[Element]:
    """The elements ``tag`` below ``parent``, through content controls but not through tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag != _W + "tbl":
            yield from _nearest(child, tag)


def _cells(line: Element) -> Iterator[Element | None]:
    """The cells of a row by column; None where a cell reaches over, from the left or from above."""
    for cell in _nearest(line, _W + "tc"):
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        yield cell if merge is None or merge.get(_W + "val") == "restart" else None
        width = _value(cell, "tcPr/gridSpan") or "1"
        yield from [None] * (min(int(width), _MOST_COLUMNS) - 1 if width.isdecimal() else 0)


def _notes(document: Any) -> Iterator[Piece]:
    """Footnotes and endnotes, after the text."""
    from lxml.etree import fromstring

    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in _NOTES and not relation.is_external:
            for note in fromstring(relation.target_part.blob):
                if note.get(_W + "type") is None:
                    yield paragraph(" ".join(_text(p) for p in note.iter(_W + "p")))


def _metadata(document: Any) -> Metadata:
    """The core properties; a file made by python-docx has its template's author and date until others are set."""
    properties = document.core_properties
    made_by_program = properties.author == "python-docx"
    return Metadata(
        title=real_title(properties.title),
        publisher=None if made_by_program else real_author(properties.author),
        date=None if made_by_program else parse_date(properties.created),
        kind=tidy(properties.category),
    )
