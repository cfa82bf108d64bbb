"""The smallest pieces of markup: escaped text with spans wrapped, and the words and shapes of verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import NamedTuple

from assistant import Verdict


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
