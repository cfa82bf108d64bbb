"""Values of two texts put side by side: which match, which take each other's place, which have no counterpart.

Numbers and dates share this: a value of the claim that the source lacks contradicts the source only where a value of
the same sort stands in the same place, that is, among the same words.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar

from assistant.facts.difference import Difference, Kind
from index import Span, Word, content_words

WINDOW = 6
"""Content words on each side of a value that tell its place."""

SAME_PLACE = 0.45
"""Least share of a value's neighbours found around another value for the two to stand in the same place."""

SAME_NOUN = 0.2
"""What it adds when both values are followed by the same word ("54 arrests", "55 arrests")."""

FEW_NEIGHBOURS = 2
"""Fewer neighbours than this place a value half as surely: a date alone on its line has none."""

_BORDER = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n+")

ELSEWHERE = 0.75
"""Share of neighbours at which another value takes the place of one that the source only has elsewhere."""


class Mention(Protocol):
    """A value at ``[start, end)`` of a text."""

    @property
    def start(self) -> int:
        """Offset of its first character."""

    @property
    def end(self) -> int:
        """Offset after its last character."""


M = TypeVar("M", bound=Mention)


@dataclass(frozen=True)
class Rules(Generic[M]):
    """What a kind of value needs: whether the source's value bears the claim's out, and whether two are of a sort."""

    kind: Kind
    matches: Callable[[M, M], bool]
    comparable: Callable[[M, M], bool]
    must_be_found: Callable[[M], bool]


def differences(
    claim: str, source: str, claimed: Sequence[M], stated: Sequence[M], rules: Rules[M]
) -> list[Difference]:
    """Return the values of ``claimed`` that ``stated`` contradicts or lacks."""
    taken = {s.start for s in stated for c in claimed if rules.matches(c, s)}
    free = [s for s in stated if s.start not in taken]
    found = []
    for value in claimed:
        place = _Place.of(claim, value)
        rivals = [(place.nearness(_Place.of(source, s)), s) for s in free if rules.comparable(value, s)]
        near, rival = max(rivals, key=lambda pair: pair[0], default=(0.0, None))
        matched = [place.nearness(_Place.of(source, s)) for s in stated if rules.matches(value, s)]
        if matched and not (max(matched) == 0 and near >= ELSEWHERE):
            continue
        needed = SAME_PLACE if rules.must_be_found(value) else ELSEWHERE
        if rival and near >= needed:
            found.append(_difference(rules.kind, claim, value, source, rival))
        elif rules.must_be_found(value):
            found.append(_difference(rules.kind, claim, value))
    return found


def shared(claimed: Sequence[M], stated: Sequence[M], rules: Rules[M]) -> list[Span]:
    """Return where the values of ``claimed`` stand that ``stated`` bears out."""
    return [
        Span(start=value.start, end=value.end)
        for value in claimed
        if any(rules.matches(value, other) for other in stated)
    ]


class _Place(NamedTuple):
    """Where a value stands: the stems around it, and the one right after it, which is often what it counts."""

    around: frozenset[str]
    after: str

    @classmethod
    def of(cls, text: str, mention: Mention) -> _Place:
        _, last = sentence_at(text, mention.start)
        after = next((word.stem for word in _content(text) if mention.end <= word.start < last), "")
        return cls(neighbours(text, mention), after)

    def nearness(self, other: _Place) -> float:
        few = min(len(self.around), len(other.around)) < FEW_NEIGHBOURS
        near = overlap(self.around, other.around) * (0.5 if few and self.around != other.around else 1.0)
        return near + (SAME_NOUN if self.after and self.after == other.after else 0.0)


def neighbours(text: str, mention: Mention) -> frozenset[str]:
    """Return the stems of the content words around a value in its sentence, numbers left out."""
    first, last = sentence_at(text, mention.start)
    listed = [word for word in _content(text) if first <= word.start < last]
    left = [word.stem for word in listed if word.end <= mention.start][-WINDOW:]
    right = [word.stem for word in listed if word.start >= mention.end][:WINDOW]
    return frozenset(left + right)


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the sentence that holds ``offset``, borders taken roughly."""
    borders = _borders(text)
    position = bisect.bisect_right(borders, offset)
    return borders[position - 1], borders[position]


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set that the other holds; two empty sets are alike."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else float(one == other)


def _difference(
    kind: Kind, claim: str, value: Mention, source: str | None = None, rival: Mention | None = None
) -> Difference:
    claim_span = Span(start=value.start, end=value.end)
    if source is None or rival is None:
        return Difference(kind=kind, severity="missing", claim_value=claim_span.of(claim), claim_span=claim_span)
    source_span = Span(start=rival.start, end=rival.end)
    return Difference(
        kind=kind,
        severity="contradicts",
        claim_value=claim_span.of(claim),
        claim_span=claim_span,
        source_value=source_span.of(source),
        source_span=source_span,
    )


@lru_cache(maxsize=256)
def _borders(text: str) -> tuple[int, ...]:
    """Where sentences begin and end: enough to keep a value from being placed by the words of the next sentence."""
    return (0, *(match.end() for match in _BORDER.finditer(text)), len(text) + 1)


@lru_cache(maxsize=256)
def _content(text: str) -> tuple[Word, ...]:
    """The content words that are not numbers."""
    return tuple(word for word in content_words(text) if not word.text[0].isdigit())
