"""What of a web page no reader sees, removed: hidden by an attribute, by a style, or by a simple rule of a style sheet.

Text that is hidden from people and read by programs is how orders to an assistant are smuggled in. All limits here are
by judgement. What a page shows by script only (an accordion, a tab) and says so by a transition stays; sheets outside
the page are not known, so where one may give the background, light letters stay too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.readers.styles import PIXELS, Colour, Declarations, Element, Sheets, colour, length

SMALLEST = 2.0
"""Letters of fewer pixels are hidden."""

NEAR = 15.0
"""Letters are hidden where no channel (of 255) of their colour is farther than this from that of the background."""

FAINTEST = 0.1
"""Letters of less opacity are hidden."""

_UNSEEN_TAGS = frozenset({"script", "style", "template", "noscript", "datalist"})
_ROOTS = frozenset({"html", "body"})  # hidden until a script has run: with them there is no page
_UNSEEN_CLASS = re.compile(r"(?:^|\s)(?:visually-?hidden|sr-only|screen-reader-text|js-hidden|skip-link)(?:\s|$)")
_HIDDEN_CLASS = re.compile(r"(?:^|\s)hidden(?:\s|$)")
_SHOWN_WHERE_WIDE = re.compile(r"\b(?:sm|md|lg|xl|2xl):(?:block|flex|grid|inline|table|contents)")
_FAR = r"-(?:[5-9]\d\d|\d{4,})(?:\.\d+)?(?:px|pt|%|v[wh])?|-\d{2,}(?:\.\d+)?r?em"
_OFF_SCREEN = re.compile(_FAR)
_ZERO = r"(?=\.?0)0*(?:\.0*)?(?:[a-z]+|%)?"
_GONE = {
    name: re.compile(pattern)
    for name, pattern in {
        "display": "none",
        "content-visibility": "hidden",
        "clip": r"rect\((?:[\s,]*[01](?:px|%|em)?){4}[\s,]*\)",
        "clip-path": r"inset\(\s*(?:50|100)%.*\)|circle\(\s*0(?![.\d]).*\)|polygon\((?:[\s,]*0(?:px|%)?)+[\s,]*\)",
        "text-indent": _FAR,
        "margin-left": _FAR,
    }.items()
}
_GONE_UNLESS_MOVED = {
    "opacity": re.compile(rf"{_ZERO}|0?\.0\d*"),
    "transform": re.compile(rf"scale[xy]?\(\s*0?\.?0*\s*\)|translate(?:x|y|3d)?\(\s*(?:0\s*,\s*)?(?:{_FAR}).*"),
}
_PLACES = ("left", "top", "right", "bottom")
_BOXES = ("height", "width", "max-height", "max-width")
_NO_ROOM = re.compile(rf"{_ZERO}|1px")
_CLIPPED = re.compile(r"hidden|clip")
_STILL = re.compile(r"none|unset|initial|0s")
_INHERITED = ("inherit", "unset", "revert", "")
_FONT_SIZE = re.compile(r"(?<![\w.-])(?:0|(?:\d+\.?|\d*\.\d+)(?:px|pt|em|rem|%))(?![\w.%])")
_VISIBILITIES = ("visible", "hidden", "collapse")
_BLUE = Colour(0, 0, 238)


class _Look(NamedTuple):
    """What text takes from the elements around it; None for a colour that is not known."""

    colour: Colour | None = Colour(0, 0, 0)
    background: Colour | None = Colour(255, 255, 255)
    size: float = PIXELS
    visible: bool = True

    @property
    def is_drowned(self) -> bool:
        """Whether letters cannot be told from what is behind them."""
        if self.colour is None:
            return False
        near = self.background is not None and self.colour.is_near(self.background, NEAR)
        return near or self.colour.alpha < FAINTEST

    @property
    def is_unseen(self) -> bool:
        return not self.visible or self.size < SMALLEST or self.is_drowned


def remove_hidden(page: Element) -> None:
    """Remove from a page's tree, in place, the elements and the words that no reader sees, and its comments."""
    sheets = Sheets(page)
    _clear(page, _Look(), sheets.declared(page), sheets)


def _clear(element: Element, around: _Look, declared: Declarations, sheets: Sheets) -> None:
    look = _look(element, around, declared, sheets)
    if look.is_unseen:
        element.text = None
    for child in list(element):
        if look.is_unseen:
            child.tail = None
        if not isinstance(child.tag, str):
            child.drop_tree()
            continue
        its = sheets.declared(child)
        if _is_gone(child, its):
            child.drop_tree()
        else:
            _clear(child, look, its, sheets)


def _is_gone(element: Element, declared: Declarations) -> bool:
    """Whether an element is hidden with all that stands in it."""
    if element.tag in _ROOTS:
        return False
    return _is_marked(element) or _is_styled_away(declared)


def _is_marked(element: Element) -> bool:
    """Whether markup hides an element. A page behind a dialog is hidden from screen readers only, and is the page."""
    classes = element.get("class") or ""
    return (
        element.tag in _UNSEEN_TAGS
        or element.get("hidden") is not None
        or (element.tag == "dialog" and element.get("open") is None)
        or bool(_UNSEEN_CLASS.search(classes))
        or (bool(_HIDDEN_CLASS.search(classes)) and not _SHOWN_WHERE_WIDE.search(classes))
        or (element.get("aria-hidden") == "true" and not element.xpath(".//h1 | .//main | .//article"))
    )


def _is_styled_away(declared: Declarations) -> bool:
    if not declared:
        return False
    if any(_has(declared, name, pattern) for name, pattern in _GONE.items()):
        return True
    placed = declared.get("position", "static") != "static"
    if placed and any(_has(declared, name, _OFF_SCREEN) for name in _PLACES):
        return True
    if any(name in declared and not _STILL.match(declared[name]) for name in ("animation", "transition")):
        return False
    return any(_has(declared, name, pattern) for name, pattern in _GONE_UNLESS_MOVED.items()) or _has_no_room(declared)


def _has_no_room(declared: Declarations) -> bool:
    """Whether a box of no size cuts off what is in it; one with padding keeps the shape of a film or picture."""
    clips = any(_CLIPPED.search(declared.get(name, "")) for name in ("overflow", "overflow-x", "overflow-y"))
    padded = any(name.startswith("padding") and not _NO_ROOM.fullmatch(value) for name, value in declared.items())
    return clips and not padded and any(_has(declared, name, _NO_ROOM) for name in _BOXES)


def _has(declared: Declarations, name: str, pattern: re.Pattern[str]) -> bool:
    return name in declared and pattern.fullmatch(declared[name]) is not None


def _look(element: Element, around: _Look, declared: Declarations, sheets: Sheets) -> _Look:
    """How the text right inside an element looks."""
    look = _Look(
        colour=_colour(element, around, declared),
        background=_background(element, around, declared, sheets),
        size=_size(around, declared),
        visible=around.visible,
    )
    if element.tag in _ROOTS:  # light letters on a page that is dark by a sheet that is not known
        return look._replace(background=None) if look.is_drowned else look
    visibility = declared.get("visibility", "")
    return look._replace(visible=visibility == "visible" if visibility in _VISIBILITIES else around.visible)


def _colour(element: Element, around: _Look, declared: Declarations) -> Colour | None:
    if "text" in declared.get("background-clip", declared.get("-webkit-background-clip", "")):
        return None
    if declared.get("text-shadow", "none") != "none":
        return None
    attribute = {"font": "color", "body": "text"}.get(element.tag)
    value = declared.get("color", ((attribute and element.get(attribute)) or "").lower())
    if value not in _INHERITED:
        return colour(value)
    return _BLUE if element.tag == "a" and element.get("href") else around.colour


def _background(element: Element, around: _Look, declared: Declarations, sheets: Sheets) -> Colour | None:
    """What is behind the text; None where a picture, an unknown sheet or another element may be."""
    if element.get("background") or declared.get("background-image", "none") != "none":
        return None
    value = declared.get("background-color", declared.get("background", (element.get("bgcolor") or "").lower()))
    if "url(" in value or "gradient(" in value:
        return None
    if value not in (*_INHERITED, "none", "transparent"):
        given = colour(value) or next(filter(None, map(colour, value.split())), None)
        return around.background if given and given.alpha < FAINTEST else given
    named = element.tag not in _ROOTS and (element.get("class") or element.get("id"))
    laid_over = declared.get("position") in ("absolute", "fixed")
    return None if laid_over or (named and sheets.are_partial) else around.background


def _size(around: _Look, declared: Declarations) -> float:
    value = declared.get("font-size", "")
    if not value and "font" in declared:
        value = next(iter(_FONT_SIZE.findall(declared["font"].partition("/")[0])[-1:]), "")
    if value in _INHERITED:
        return around.size
    size = length(value, around.size)
    return PIXELS if size is None or size < 0 else size
