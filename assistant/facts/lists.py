"""Names listed together, compared: "North Macedonia and Montenegro" where the source tells one thing of each."""

from __future__ import annotations

import re

from assistant.facts.difference import Difference
from assistant.facts.matching import sentence_at
from index import Span, content_words

_NAME = r"(?:the )?[A-Z][\w’'-]*(?: (?:of (?:the )?)?[A-Z][\w’'-]*)*"
_PAIR = re.compile(rf"(?P<one>{_NAME})(?:,? and )(?P<other>{_NAME})")
_TOLD_APART = 2
"""Content words between two names from which they are no longer one list: "and will progress talks with" has more."""


def compare(claim: str, source: str) -> list[Difference]:
    """Return the pairs of names that ``claim`` lists together and a sentence of ``source`` tells apart.

    A pair that the source lists together anywhere, or never has in one sentence, is no difference.
    """
    found = []
    for match in _PAIR.finditer(claim):
        gaps = _gaps(source, match["one"], match["other"])
        if gaps and min(_told(source, gap) for gap in gaps) >= _TOLD_APART:
            claim_span, source_span = Span(start=match.start(), end=match.end()), gaps[0]
            found.append(
                Difference(
                    kind="list",
                    severity="doubtful",
                    claim_value=match.group(),
                    claim_span=claim_span,
                    source_value=source_span.of(source),
                    source_span=source_span,
                )
            )
    return found


def _gaps(source: str, one: str, other: str) -> list[Span]:
    """The stretches from one name on to the other within a sentence of the source."""
    gaps = []
    for match in re.finditer(rf"\b{re.escape(one)}\b", source):
        end = source.find(other, match.end(), sentence_at(source, match.start())[1])
        if end >= 0:
            gaps.append(Span(start=match.start(), end=end + len(other)))
    return gaps


def _told(source: str, gap: Span) -> int:
    """How many words, other than names, stand between the two names."""
    return sum(word.text[0].islower() for word in content_words(gap.of(source)))
