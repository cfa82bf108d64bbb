"""Citation markers: where a text points at its sources by number, and the text without them. Pure.

Read as markers: ``[1]``, ``[1][2]``, ``[1, 2]``, ``[1-3]``, ``[^1]``, ``【1】`` and ``【1†source】``, before or after
the full stop of their sentence; superscripts (``¹``) of numbers that point at something. Not markers: ``[2024]``,
``[sic]``, ``[...]``, links (``[1](https://...)``), and code. Markers by name are in :mod:`assistant.naming`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from index import Span

PLAIN_MARKERS = 99
"""Numbers up to this are read as markers in any text; higher ones only where they are known to point at something."""

_WIDEST_RANGE = 50  # "[1-300]" is a span of something else than citations
_NUMBERS = r"\^?\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*"
_MARKER = re.compile(rf"(?<!!)\[(?P<square>{_NUMBERS})\](?!\()|【(?P<lens>{_NUMBERS})(?:†[^】\n]*)?】")
_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]+`", re.DOTALL)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = re.compile(r"(?<=[^\W\d_]|[.,;:!?”’)\"%])[⁰¹²³⁴-⁹]+(?:[,˒][⁰¹²³⁴-⁹]+)*")
_SUPERSCRIPT_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcmd]?m|ft|s|in|yd|mi)$")  # "12 km²" is no citation


class Marker(NamedTuple):
    """The numbers of one marker and the characters ``[start, end)`` it takes.

    ``keeps`` are the words of a link that belong to its sentence: they stay where the marker is blanked.
    """

    numbers: tuple[int, ...]
    start: int
    end: int
    keeps: Span | None = None


def find_markers(text: str, known: Collection[int] = ()) -> list[Marker]:
    """Return the markers of ``text`` in order; numbers above 99 and superscripts only where ``known`` has them."""
    code = code_spans(text)
    found = []
    for match in _MARKER.finditer(text):
        numbers = _numbers(match["square"] or match["lens"])
        if numbers and all(0 < number <= PLAIN_MARKERS or number in known for number in numbers):
            found.append(Marker(numbers, match.start(), match.end()))
    found += _superscripts(text, known) if known else []
    outside = (marker for marker in found if not inside(marker.start, code))
    return sorted(outside, key=lambda marker: marker.start)


def blank_markers(text: str, known: Collection[int] = ()) -> str:
    """Return ``text`` with every marker replaced by as many spaces, so that offsets stay what they were."""
    return blanked(text, find_markers(text, known))


def blanked(text: str, markers: Sequence[Marker]) -> str:
    """Return ``text`` with ``markers`` as white space, but for the words they keep; offsets stay what they were."""
    pieces, last = [], 0
    for marker in sorted(markers, key=lambda marker: marker.start):
        kept = marker.keeps or Span(start=marker.end, end=marker.end)
        white = " " * (kept.start - marker.start) + kept.of(text) + " " * (marker.end - kept.end)
        pieces += [text[last : marker.start], white]
        last = marker.end
    return "".join([*pieces, text[last:]])


def claim_words(text: str, known: Collection[int] = ()) -> str:
    """Return a sentence without its markers, on one line, for comparing and for showing."""
    return re.sub(r"\s+(?=[.,;:!?])", "", " ".join(blank_markers(text, known).split()))


def code_spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches of ``text`` that are code."""
    return [match.span() for match in _CODE.finditer(text)]


def inside(position: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return whether ``position`` lies in one of ``ranges``."""
    return any(start <= position < end for start, end in ranges)


def _superscripts(text: str, known: Collection[int]) -> list[Marker]:
    """Raised figures, each run one number, or one number a figure where only that points at something."""
    found = []
    for match in _SUPERSCRIPT.finditer(text):
        runs = [run.translate(_RAISED) for run in re.split("[,˒]", match.group())]
        numbers = [number for run in runs for number in ([int(run)] if int(run) in known else map(int, run))]
        if all(number in known for number in numbers) and not _SUPERSCRIPT_UNIT.search(text[: match.start()][-4:]):
            found.append(Marker(tuple(dict.fromkeys(numbers)), match.start(), match.end()))
    return found


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of a marker's inside, ranges written out; empty where it is no marker."""
    numbers: list[int] = []
    for part in re.split(r"[,;]", text.replace("^", "")):
        first, *rest = (int(number) for number in re.split(r"[–-]", part))
        last = rest[-1] if rest else first
        if len(rest) > 1 or not 0 <= last - first <= _WIDEST_RANGE:
            return ()
        numbers.extend(range(first, last + 1))
    return tuple(dict.fromkeys(numbers))
