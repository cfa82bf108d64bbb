"""A text's list of sources and its footnotes, read into references by number. Pure.

Numbers are those that the text writes. What it does not number gets numbers after the largest one used, in order:
first the lines of an unnumbered list ("References", "Bibliography"), then the footnotes with a name (``[^report]:``),
then (:mod:`assistant.naming`) the markers by name that point at neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assistant.markers import find_markers
from assistant.types import SYMBOLS
from index import Model

_LONGEST_LINE = 400  # characters of an unnumbered source; a longer line is a paragraph
_LIST_HEADING = re.compile(
    r"[#*_\s]*(?:sources?(?: cited)?|references?|reference list|bibliography|works cited|citations|footnotes|notes)"
    r"[*_\s]*:?[*_\s]*",
    re.IGNORECASE,
)
_LIST_LINE = re.compile(r"\s*(?:[-*•]\s+)?(?:\[\^?(\d{1,3})\]:?|【(\d{1,3})】:?|(\d{1,3})[.)])\s+(?P<label>\S.*)")
_BULLET = re.compile(r"\s*(?:[-*•–▪]\s+)?")
_FOOTNOTE = re.compile(r"^[ ]{0,3}\[\^(?P<key>[\w-]{1,40})\]:[ \t]*(?P<label>\S.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_LAST_FOOTNOTES = re.compile(
    rf"(?:(?:{_FOOTNOTE.pattern.replace('?P<key>', '').replace('?P<label>', '')})\s*)+\Z", re.M
)
_LAST_REASONS = re.compile(rf"(?:(?:\A|\n[ \t]*\n)[{re.escape(''.join(SYMBOLS.values()))}] [^\n]+)+\s*\Z")
_SPAN_END = re.compile(r"\((?P<document>.*\S)\s+(?P<start>\d+)[:–-](?P<end>\d+)\)")
_FILE_END = re.compile(r"\((?P<document>[^()]*\w\.[A-Za-z]\w{0,9})\)")
_URL = re.compile(r"https?://[^\s<>()]+")
_DATED = re.compile(r"\((?:[^()]*\b)?(?:(?:19|20)\d\d[a-z]?|n\.d\.)\)|[.,]\s(?:[^.,]{0,12}\s)?(?:19|20)\d\d(?:[.,]|$)")


class Reference(Model):
    """One line of a list of sources, or one marker by name: what it says, and the document and place it names.

    ``document`` is a document id or a URL. ``start`` and ``end`` count characters of that document's canonical text.
    ``key`` is the name of a footnote (``[^key]``); ``author`` and ``year`` are those of a marker "(Author 2024)".
    """

    label: str
    document: str | None = None
    start: int | None = None
    end: int | None = None
    key: str | None = None
    author: str | None = None
    year: int | None = None


References = dict[int, tuple[Reference, ...]]
"""Sources by number; one number may have several."""


def split_references(text: str, resolves: Callable[[Reference], bool] | None = None) -> tuple[str, References]:
    """Return ``text`` without its trailing list of sources, and the list by number; one number may have several lines.

    The body is a prefix of ``text``, so offsets stay. The list begins with a heading ("Sources", "References"), or,
    without one, is a last paragraph of ``[n]`` lines whose numbers the body uses. Text after a list means it is none.
    Footnotes (``[^1]: ...``) are read wherever they stand, and taken off at the end. The lines of a list without
    numbers each name a URL, a file or a year, or are known to ``resolves``. The reasons that an answer of ours gives
    under its text, before its list, are taken off with it.
    """
    body, notes = _LAST_FOOTNOTES.sub("", text), _footnotes(text)
    body, listed, named = _split_list(body, resolves)
    if len(body) < len(text):
        body = _LAST_REASONS.sub("", _LAST_FOOTNOTES.sub("", body))
    numbered = {int(key): (note,) for key, note in notes.items() if key.isdigit()}
    references: References = {**numbered, **listed}
    first = next_number(text, references)
    unnumbered = [*named, *(note for key, note in notes.items() if not key.isdigit())]
    return body, references | {first + place: (line,) for place, line in enumerate(unnumbered)}


def next_number(text: str, references: Iterable[int]) -> int:
    """Return the first number after all that ``text`` and ``references`` use."""
    used = {number for marker in find_markers(text) for number in marker.numbers}
    return max({0, *used, *references}) + 1


def read_reference(label: str) -> Reference:
    """Read one line's label; the last bracket that is balanced names the document, for ids may hold brackets too."""
    openings = [match.start() for match in re.finditer(r"\(", label)]
    for opening in reversed(openings):
        inside = label[opening:].rstrip(". ")
        if inside.count("(") != inside.count(")"):
            continue
        match = _SPAN_END.fullmatch(inside)
        if match:
            return Reference(label=label, document=match[1], start=int(match[2]), end=int(match[3]))
        match = _FILE_END.fullmatch(inside)
        if match:
            return Reference(label=label, document=match[1])
    url = _URL.search(label)
    return Reference(label=label, document=url.group().rstrip(".,;") if url else None)


def _footnotes(text: str) -> dict[str, Reference]:
    """The footnotes of a text by their names; the first of a name counts."""
    found: dict[str, Reference] = {}
    for match in _FOOTNOTE.finditer(text):
        key, reference = match["key"], read_reference(" ".join(match["label"].split()))
        found.setdefault(key, reference if key.isdigit() else reference.model_copy(update={"key": key}))
    return found


def _split_list(text: str, resolves: Callable[[Reference], bool] | None) -> tuple[str, References, list[Reference]]:
    """The text before its list of sources, and the list: its lines with a number, or those without."""
    lines = list(re.finditer(r"[^\n]*\n|[^\n]+\Z", text))
    for position, line in enumerate(lines):
        if not _LIST_HEADING.fullmatch(line.group()):
            continue
        rest = [line.group() for line in lines[position + 1 :]]
        references = _numbered(rest)
        named = [] if references else _unnumbered(rest, resolves)
        bare = not "".join(rest).strip() and _LAST_REASONS.search(text[: line.start()])
        if references or named or bare:
            return text[: line.start()], references, named
    return *_headless(text), []


def _headless(text: str) -> tuple[str, References]:
    """A list of sources without a heading: a last paragraph whose lines all begin with a marker that the body uses."""
    cut = len(text) - len(text.rstrip())
    start = text.rfind("\n\n", 0, len(text) - cut)
    body, tail = text[: max(start, 0)], text[max(start, 0) :].strip("\n").splitlines()
    if not body or not all(line.lstrip("-*• ").startswith(("[", "【")) for line in tail):
        return text, {}
    references = _numbered(tail)
    used = {number for marker in find_markers(body) for number in marker.numbers}
    return (body, references) if references and references.keys() <= used else (text, {})


def _numbered(lines: list[str]) -> References:
    """The numbered lines by number; empty where a line is neither numbered nor an indented continuation."""
    found: dict[int, list[str]] = {}
    number = 0
    for line in filter(str.strip, lines):
        match = _LIST_LINE.fullmatch(line.rstrip())
        if match:
            number = int(match[1] or match[2] or match[3])
            found.setdefault(number, []).append(match["label"])
        elif not (number and line[0].isspace()):
            return {}
    return {number: tuple(read_reference(label) for label in labels) for number, labels in found.items()}


def _unnumbered(lines: list[str], resolves: Callable[[Reference], bool] | None) -> list[Reference]:
    """The lines of a list without numbers; none where one of them does not read as a source."""
    labels: list[str] = []
    for line in filter(str.strip, lines):
        if labels and line[0].isspace() and not _BULLET.match(line).group().strip():  # type: ignore[union-attr]
            labels[-1] += " " + line.strip()
        else:
            labels.append(_BULLET.sub("", line, count=1).strip())
    references = [read_reference(label) for label in labels]
    return references if all(_is_source(line) or (resolves and resolves(line)) for line in references) else []


def _is_source(line: Reference) -> bool:
    """Whether a line reads as a source: it names a document, or has a year where lists of sources have theirs."""
    if len(line.label) > _LONGEST_LINE:
        return False
    return line.document is not None or (line.label[:1].isupper() and _DATED.search(line.label) is not None)
