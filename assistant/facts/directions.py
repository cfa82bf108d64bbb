"""Directions, compared: "returned from France" where the source has "returned to France"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.facts.difference import Difference
from assistant.facts.swapping import difference
from index import stem

_OPPOSITE = {
    "to": ("from",),
    "into": ("out of", "from"),
    "from": ("to", "into"),
    "out of": ("into",),
    "onto": ("off",),
    "off": ("onto",),
    "for": ("against",),
    "against": ("for",),
    "inside": ("outside",),
    "outside": ("inside",),
    "above": ("below",),
    "below": ("above",),
}
_WORDS = "|".join(sorted(map(re.escape, _OPPOSITE), key=len, reverse=True))
_PLACE = re.compile(
    rf"(?P<before>[^\W\d_][\w’'-]*) (?P<word>{_WORDS}) (?:(?:the|a|an|its|their|his|her) )?"
    r"(?P<after>[\w’'-]+)",
    re.IGNORECASE,
)


class _Direction(NamedTuple):
    """A preposition at ``[start, end)``, and the stems of the words before and after it, articles left out."""

    start: int
    end: int
    word: str
    before: str
    after: str


def compare(claim: str, source: str) -> list[Difference]:
    """Return the prepositions of ``claim`` that point the other way than those between the same words of ``source``."""
    theirs = list(_directions(source))
    return [
        difference("opposite", "contradicts", claim, ours[:2], source, rival[:2])
        for ours in _directions(claim)
        if not any(_same_place(ours, other) and other.word == ours.word for other in theirs)
        for rival in [next((o for o in theirs if _same_place(ours, o) and o.word in _OPPOSITE[ours.word]), None)]
        if rival
    ]


@lru_cache(maxsize=256)
def _directions(text: str) -> tuple[_Direction, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[_Direction]:
    start = 0
    while match := _PLACE.search(text, start):
        yield _Direction(*match.span("word"), match["word"].lower(), stem(match["before"]), stem(match["after"]))
        start = match.end("word")  # the word after one preposition may stand before the next


def _same_place(one: _Direction, other: _Direction) -> bool:
    return one.before == other.before and one.after == other.after
