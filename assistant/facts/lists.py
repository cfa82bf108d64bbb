"""Names listed together, compared: "North Macedonia and Montenegro" where the source tells one thing of each."""

from __future__ import annotations

import re

from assistant.facts.difference import Difference
from assistant.facts.matching import sentence_at
from assistant.facts.swapping import difference
from index import Span, content_words

_NAME = r"(?:the )?[A-Z][\w’'-]*(?: (?:of (?:the )?)?[A-Z][\w’'-]*)*"
_PAIR = re.compile(rf"(?P<one>{_NAME})(?:,? and )(?P<other>{_NAME})")
_CLAUSE = re.compile(r"[,;:()–—]\s|\b(?:which|who|while|whereas|but)\b")
_COMING = re.compile(
    r"\b(?:will|would|shall|may|might|could|(?:is|are|due|set) to|expect(?:s|ed) to"
    r"|(?:plan|hope|intend|aim|want)(?:s|ed)? to|discuss\w*|negotiat\w*|propos\w*|consider(?:s|ing)|talks)\b"
)
_TOLD_APART = 2
"""Content words between two names from which they are no longer one list: "and will progress talks with" has more."""


def compare(claim: str, source: str) -> list[Difference]:
    """Return the pairs of names that ``claim`` lists together and ``source`` tells apart.

    It does so in one sentence with much between the two, or where all that it says of one of them is still to come
    ("is expected to be expanded to North Macedonia"), what it says of the other is not, and the claim makes no
    difference. A pair that the source lists together anywhere is no difference.
    """
    found = []
    for match in _PAIR.finditer(claim):
        gaps = _gaps(source, match["one"], match["other"])
        apart = gaps if gaps and min(_told(source, gap) for gap in gaps) >= _TOLD_APART else []
        if not gaps and not _to_come(claim, match.start()):
            apart = _not_yet(source, match["one"], match["other"])
        if apart:
            theirs = (apart[0].start, apart[0].end)
            found.append(difference("list", "doubtful", claim, match.span(), source, theirs))
    return found


def _not_yet(source: str, one: str, other: str) -> list[Span]:
    """Where the source names the one of two that it says only things to come of; nothing unless there is just one."""
    places = [_places(source, name) for name in (one, other)]
    to_come = [bool(spans) and all(_to_come(source, span.start) for span in spans) for spans in places]
    told_as_done = [any(not _to_come(source, span.start) for span in spans) for spans in places]
    if to_come[0] and told_as_done[1]:
        return places[0]
    return places[1] if to_come[1] and told_as_done[0] else []


def _places(source: str, name: str) -> list[Span]:
    return [Span(start=m.start(), end=m.end()) for m in re.finditer(rf"\b{re.escape(name)}\b", source)]


def _to_come(text: str, offset: int) -> bool:
    """Whether the clause at ``offset`` tells of what is to come, or may be."""
    first, last = sentence_at(text, offset)
    borders = [first, *(m.end() for m in _CLAUSE.finditer(text, first, last)), last]
    start = max(border for border in borders if border <= offset)
    end = min((border for border in borders if border > offset), default=last)
    return _COMING.search(text, start, end) is not None


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
