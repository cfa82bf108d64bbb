"""The smallest pieces of markup: escaped text with spans wrapped, without its markers; verdicts in words and shapes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape
from itertools import pairwise
from typing import NamedTuple

from assistant import CheckedClaim, Verdict, find_markers


class Look(NamedTuple):
    """How a verdict is told: in words, and by the id of its shape in ``page.html``."""

    label: str
    icon: str


LOOKS = {
    Verdict.SUPPORTED: Look("Supported", "pc-i-supported"),
    Verdict.PARTLY_SUPPORTED: Look("Partly supported", "pc-i-partly"),
    Verdict.UNSUPPORTED: Look("Not supported", "pc-i-unsupported"),
    Verdict.CONTRADICTED: Look("Contradicted", "pc-i-contradicted"),
    Verdict.UNCITED: Look("No source cited", "pc-i-uncited"),
    Verdict.DANGLING: Look("Source missing", "pc-i-dangling"),
}


def wrapped(text: str, start: int, end: int, spans: Iterable[tuple[int, int, str]], tag: str) -> str:
    """Return ``text[start:end]`` escaped, with each ``(start, end, attributes)`` of ``spans`` inside a ``tag``.

    Where spans overlap the earlier in the sequence wins. ``attributes`` is trusted markup with its leading space.
    """
    spans = [(max(low, start), min(high, end), attributes) for low, high, attributes in spans]
    spans = [span for span in spans if span[0] < span[1]]
    edges = sorted({start, end, *(span[0] for span in spans), *(span[1] for span in spans)})
    parts: list[tuple[str, str | None]] = []
    for low, high in pairwise(edges):
        owner = next((attributes for first, last, attributes in spans if first <= low < last), None)
        if parts and parts[-1][1] == owner:
            parts[-1] = (parts[-1][0] + text[low:high], owner)
        else:
            parts.append((text[low:high], owner))
    return "".join(escape(part) if owner is None else f"<{tag}{owner}>{escape(part)}</{tag}>" for part, owner in parts)


def icon(name: str) -> str:
    """Return the shape called ``name``, hidden from screen readers: a word always stands beside it."""
    return f'<svg class="pc-icon" aria-hidden="true" focusable="false"><use href="#{name}"></use></svg>'


def without_markers(text: str, known: Collection[int]) -> str:
    """Return ``text`` without the markers of the numbers ``known``, nor the space before each."""
    parts, cursor = [], 0
    for marker in find_markers(text, known):
        if set(marker.numbers).issubset(known):
            parts.append(text[cursor : marker.start].rstrip(" "))
            cursor = marker.end
    return "".join(parts) + text[cursor:]


def numbers_of(claim: CheckedClaim) -> set[int]:
    """Return the numbers of a claim's markers, those that point at nothing among them."""
    return {citation.marker for citation in claim.citations if citation.marker is not None} | set(claim.dangling)
