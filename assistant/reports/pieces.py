"""A checked text cut into paragraphs, claims, remarks and what stands between; and spans to highlight. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.facts import shared_values
from assistant.types import CheckedClaim, Citation, Remark, Report
from index import Span, Word, content_words

_BREAK = re.compile(r"\n[ \t]*(?:\n\s*)?")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)[\"'“”‘(\[]*$")


class Piece(NamedTuple):
    """A stretch ``[start, end)`` of the text: a claim with its number (from 1), a remark, or neither."""

    start: int
    end: int
    number: int = 0
    claim: CheckedClaim | None = None
    remark: Remark | None = None


class Paragraph(NamedTuple):
    """A paragraph at ``[start, end)``, or a line of its own, with the claims that begin in it, by number.

    ``heading`` is its level from 1, 0 for none.
    """

    start: int
    end: int
    heading: int
    pieces: tuple[Piece, ...]
    claims: tuple[tuple[int, CheckedClaim], ...]


def pieces_of(report: Report) -> list[Piece]:
    """Return the claims and remarks of ``report`` in the order of its text; of two that overlap, the first."""
    found = [Piece(claim.start, claim.end, number, claim) for number, claim in enumerate(report.claims, start=1)]
    found += [Piece(remark.start, remark.end, remark=remark) for remark in report.remarks]
    kept: list[Piece] = []
    for piece in sorted(found, key=lambda piece: (piece.start, piece.number == 0)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def paragraphs_of(report: Report) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text, in order; the marks of a heading and blank lines are left out.

    A line of its own is a paragraph; lines that one claim runs over are one.
    """
    pieces, text = pieces_of(report), report.text
    claims = list(enumerate(report.claims, start=1))
    for first, end in pairwise(_cuts(text, pieces)):
        heading = _HEADING.match(text, first, end)
        start = heading.end() if heading else first
        inside = [piece for piece in pieces if first <= piece.start < end]
        if text[start:end].strip():
            yield Paragraph(
                start,
                end,
                _level(heading, inside),
                tuple(_filled(start, end, inside)),
                tuple((number, claim) for number, claim in claims if first <= claim.start < end),
            )


def _cuts(text: str, pieces: Sequence[Piece]) -> list[int]:
    """Where the text is cut: at line ends, not inside a piece."""
    ends = [match.end() for match in _BREAK.finditer(text)]
    return sorted({0, len(text), *(cut for cut in ends if not any(p.start < cut < p.end for p in pieces))})


def _level(heading: re.Match[str] | None, inside: Sequence[Piece]) -> int:
    if heading:
        return len(heading[1])
    return 2 if any(piece.remark and piece.remark.kind == "heading" for piece in inside) else 0


def _filled(start: int, end: int, inside: Iterable[Piece]) -> Iterator[Piece]:
    cursor = start
    for piece in inside:
        if cursor < piece.start:
            yield Piece(cursor, piece.start)
        yield piece._replace(start=max(cursor, piece.start))
        cursor = max(cursor, piece.end)
    if cursor < end:
        yield Piece(cursor, end)


def differing(claim: CheckedClaim) -> list[Span]:
    """Return what of the claim differs from its source, as spans of ``claim.text``."""
    spans = [(departure.start - claim.start, departure.end - claim.start) for departure in claim.departures]
    return [Span(start=low, end=high) for low, high in spans if 0 <= low < high <= len(claim.text)]


def differing_in(citation: Citation, claim: CheckedClaim) -> list[Span]:
    """Return what of the evidence the claim departs from, as spans of ``citation.quote``."""
    return [
        Span(start=departure.source_start - citation.start, end=departure.source_end - citation.start)
        for departure in claim.departures
        if departure.document in (None, citation.document)
        and departure.source_start is not None
        and departure.source_end is not None
        and citation.start <= departure.source_start < departure.source_end <= citation.end
    ]


def decisive_in(citation: Citation, claim: CheckedClaim) -> list[Span]:
    """Return the words of the evidence that decide, as spans of ``citation.quote``.

    These are the figures, dates and names that it shares with the claim; with fewer than two, all words of weight that
    it shares.
    """
    quote = citation.quote
    shared = _shared_words(quote, claim.text)
    names = [word for word in shared if word.text[0].isupper() and not _SENTENCE_START.search(quote[: word.start])]
    spans = [*shared_values(quote, claim.text), *(Span(start=word.start, end=word.end) for word in names)]
    return spans if len(spans) > 1 else [*spans, *(Span(start=word.start, end=word.end) for word in shared)]


def _shared_words(quote: str, claim: str) -> list[Word]:
    told = {word.stem for word in content_words(claim)}
    return [word for word in content_words(quote) if word.stem in told]


def joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return ``spans`` in order, without overlaps; those that only white space divides are one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(start=found[-1].start, end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
