"""Just enough of CSS to tell what a page hides: declarations, rules with one simple selector, lengths and colours."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

Element: TypeAlias = Any
"""An lxml element; lxml ships no types."""

Declarations: TypeAlias = dict[str, str]
"""Values by property, both in lower case."""

PIXELS = 16.0
"""Size of letters where nothing is said of it."""

LONGEST_VALUE = 300
"""Most characters of a value that are read; longer ones hold pictures."""

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "rem": PIXELS, "mm": 3.78, "cm": 37.8, "in": 96.0}
_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(%|[a-z]*)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SIMPLE = re.compile(r"(?=.)(?P<tag>[a-z][\w-]*)?(?P<name>[.#]-?[_a-z][\w-]*)?", re.IGNORECASE)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*", re.IGNORECASE)
_IMPORTANT = re.compile(r"(?<!\s)\s*!\s*important$")
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_NAMED = {
    "black": "#000", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0", "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3", "red": "#f00", "green": "#008000", "blue": "#00f", "navy": "#000080", "yellow": "#ff0",
    "white": "#fff", "snow": "#fffafa", "ivory": "#fffff0", "ghostwhite": "#f8f8ff", "whitesmoke": "#f5f5f5",
    "floralwhite": "#fffaf0", "mintcream": "#f5fffa", "azure": "#f0ffff", "aliceblue": "#f0f8ff",
    "honeydew": "#f0fff0", "seashell": "#fff5ee", "transparent": "#0000",
}  # fmt: skip


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255; ``alpha`` from 0 (transparent) to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def is_near(self, other: Colour, most: float) -> bool:
        """Return whether no channel differs by more than ``most``."""
        return all(abs(mine - its) <= most for mine, its in zip(self[:3], other[:3], strict=True))


class _Rule(NamedTuple):
    usual: Declarations
    important: Declarations


class Sheets:
    """The style sheets inside a page. Rules with more than a tag, a class or an id are left out."""

    def __init__(self, page: Element) -> None:
        self.are_partial = bool(page.xpath("//link[contains(@rel, 'stylesheet')]"))
        """Whether rules that are not known may give a background."""
        self._rules: dict[str, _Rule] = {}
        for style in page.iter("style"):
            if (style.get("media") or "all").strip().lower() in ("all", "screen"):
                self._add(_COMMENT.sub("", style.text or ""))

    def declared(self, element: Element) -> Declarations:
        """Return what is declared for an element, by the sheets and by its own ``style``."""
        style = element.get("style")
        rules = [self._rules[key] for key in _keys(element) if key in self._rules] if self._rules else []
        if style:
            rules.append(_declarations(style))
        found: Declarations = {}
        for rule in rules:
            found |= rule.usual
        for rule in rules:
            found |= rule.important
        return found

    def _add(self, sheet: str) -> None:
        self.are_partial = self.are_partial or "@import" in sheet
        for selectors, body in _blocks(sheet):
            rule = _declarations(body)
            for selector in selectors.split(","):
                if simple := _SIMPLE.fullmatch(selector.strip()):
                    key = (simple["tag"] or "").lower() + (simple["name"] or "")
                    known = self._rules.setdefault(key, _Rule({}, {}))
                    known.usual.update(rule.usual)
                    known.important.update(rule.important)
                else:
                    self.are_partial = self.are_partial or "background" in body


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and bodies of the outermost blocks, those of ``@media screen`` opened."""
    depth = start = end = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if depth == 0:
                selectors, start = sheet[end : brace.start()].rpartition(";")[2].strip(), brace.end()
            depth += 1
            continue
        depth = max(depth - 1, 0)
        if depth == 0:
            body, end = sheet[start : brace.start()], brace.end()
            yield from _blocks(body) if _SCREEN.fullmatch(selectors) else [(selectors, body)]


def _keys(element: Element) -> Iterator[str]:
    """The simple selectors that mean an element, the weakest first."""
    tag = str(element.tag)
    names = [f".{name}" for name in (element.get("class") or "").split()]
    names += [f"#{element.get('id')}"] if element.get("id") else []
    yield tag
    for name in names:
        yield from (name, f"{tag}{name}")


def _declarations(style: str) -> _Rule:
    rule = _Rule({}, {})
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            value = value.strip()
            plain = _IMPORTANT.sub("", value)
            (rule.usual if plain == value else rule.important)[name.strip()] = plain[:LONGEST_VALUE]
    return rule


def length(value: str, base: float = PIXELS) -> float | None:
    """Return a length in pixels; ``base`` is what ``em`` and per cent are of. None where it is none."""
    match = _LENGTH.fullmatch(value.strip())
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    if unit in ("em", "%"):
        return number * base / (100 if unit == "%" else 1)
    return number * _UNITS[unit] if unit in _UNITS else None


def colour(value: str) -> Colour | None:
    """Return a colour; None where it is none that is known here."""
    value = _NAMED.get(value.strip(), value.strip())
    if _HEX.fullmatch(value):
        digits = value[1:] if len(value) > 5 else "".join(digit * 2 for digit in value[1:])
        red, green, blue, alpha = (int(digits[i : i + 2] or "ff", 16) for i in range(0, 8, 2))
        return Colour(red, green, blue, alpha / 255)
    match = _FUNCTION.fullmatch(value)
    return _made(match[1], re.split(r"[\s,/]+", match[2].strip())) if match else None


def _made(model: str, parts: list[str]) -> Colour | None:
    """The colour of ``rgb()`` or ``hsl()`` with its arguments."""
    numbers = [length(part.removesuffix("deg"), 255 if model == "rgb" and i < 3 else 1) for i, part in enumerate(parts)]
    if len(numbers) not in (3, 4) or any(number is None for number in numbers):
        return None
    first, second, third, alpha = [number or 0.0 for number in [*numbers, 1.0][:4]]
    if model == "rgb":
        return Colour(first, second, third, alpha)
    red, green, blue = colorsys.hls_to_rgb(first / 360 % 1, third, second)
    return Colour(red * 255, green * 255, blue * 255, alpha)
