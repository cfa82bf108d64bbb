"""Words that take each other's place: "rose" for "fell", "announced" for "discussed".

A table lists sets of words whose sides exclude each other. The claim's word differs from the source only where the
source lacks its side in the place and has another side of the same set there: among the same words, on the same sides
of it, next to one of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.facts.difference import Difference, Kind, Severity
from assistant.facts.matching import overlap, sentence_at
from index import Span, Word, content_words, stem, words

WINDOW = 6
"""Content words on each side of a word that tell its place."""

SAME_PLACE = 0.6
"""Least share of these in common for two words to stand in the same place, by judgement."""

LOOSE_PLACE = 0.3
"""Share at which the source is taken to have the claim's own side in the place; by judgement, lenient."""

TOUCHING = 2
"""Content words next to a word, of which the two places must have one in common, by judgement."""

Table = Mapping[str, Sequence[tuple[int, int]]]
"""Sets and sides by stem: a stem may belong to several sets."""


class Term(NamedTuple):
    """A word of a table at ``[start, end)`` of its text: its set, and its side of the set."""

    start: int
    end: int
    group: int
    side: int


class Place(NamedTuple):
    """Where a word stands: the stems of the content words before and after it in its sentence, nearest first."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def around(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self.left + self.right)

    def nearness(self, other: Place) -> float:
        """Return the share of the smaller neighbourhood that the other holds, 0 where they have less than two words."""
        shared = self.around & other.around
        return overlap(self.around, other.around) if len(shared) > 1 or self.around == other.around else 0.0

    def same_way_round(self, other: Place) -> bool:
        """Whether more words stand on the same side of both than on different sides ("A beat B", "B lost to A")."""
        ours, theirs = set(self.left), set(self.right)
        kept = len(ours & set(other.left)) + len(theirs & set(other.right))
        return kept > len(ours & set(other.right)) + len(theirs & set(other.left))

    def is_between(self, other: Place) -> bool:
        """Whether both stand between the same two words, or at the same end of a sentence."""
        return self.around == other.around or (self.left[:1] == other.left[:1] and self.right[:1] == other.right[:1])

    def touches(self, other: Place) -> bool:
        """Whether the two have a nearest word in common, on the same side."""
        pairs = ((self.left, other.left), (self.right, other.right))
        return any(set(one[:TOUCHING]) & set(two[:TOUCHING]) for one, two in pairs)


def table(rows: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Read rows such as ``rise rose | fall fell``: sets whose sides are divided by bars."""
    found: dict[str, list[tuple[int, int]]] = {}
    for group, row in enumerate(rows):
        for side, listed in enumerate(row.split("|")):
            for name in dict.fromkeys(stem(word) for word in listed.split()):
                found.setdefault(name, []).append((group, side))
    return found


def find_terms(text: str, known: Table) -> list[Term]:
    """Return the words of ``text`` that ``known`` lists, in order, once for each set."""
    return [Term(word.start, word.end, *entry) for word in all_words(text) for entry in known.get(word.stem, ())]


def swapped(claim: str, source: str, claimed: Sequence[Term], stated: Sequence[Term]) -> list[tuple[Term, Term]]:
    """Return the claim's terms in whose place the source has another side of their set, each with the source's term."""
    found = []
    for term in claimed:
        rival = _rival(claim, source, term, [other for other in stated if other.group == term.group])
        if rival and not _says(claim, term, claimed, source, rival):
            found.append((term, rival))
    return found


def difference(
    kind: Kind, severity: Severity, claim: str, claimed: tuple[int, int], source: str, stated: tuple[int, int]
) -> Difference:
    """Return a difference between ``[start, end)`` of the claim and of the source."""
    claim_span, source_span = Span(start=claimed[0], end=claimed[1]), Span(start=stated[0], end=stated[1])
    return Difference(
        kind=kind,
        severity=severity,
        claim_value=claim_span.of(claim),
        claim_span=claim_span,
        source_value=source_span.of(source),
        source_span=source_span,
    )


@lru_cache(maxsize=4096)
def place_of(text: str, start: int, end: int) -> Place:
    """Return where ``[start, end)`` stands in its sentence."""
    first, last = sentence_at(text, start)
    listed = [word for word in between(content(text), first, last) if not word.text[0].isdigit()]
    left = [word.stem for word in listed if word.end <= start]
    right = [word.stem for word in listed if word.start >= end]
    return Place(tuple(left[::-1][:WINDOW]), tuple(right[:WINDOW]))


@lru_cache(maxsize=256)
def all_words(text: str) -> tuple[Word, ...]:
    """Return the words of ``text``, kept for the next comparator."""
    return tuple(words(text))


@lru_cache(maxsize=256)
def content(text: str) -> tuple[Word, ...]:
    """Return the content words of ``text``, kept for the next comparator."""
    return tuple(content_words(text))


def between(listed: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """Return those of ``listed``, which are in order, that begin in ``[start, end)``."""
    first = bisect_left(listed, start, key=_start)
    return listed[first : bisect_left(listed, end, lo=first, key=_start)]


def _start(word: Word) -> int:
    return word.start


def _rival(claim: str, source: str, term: Term, stated: Sequence[Term]) -> Term | None:
    here = place_of(claim, term.start, term.end)
    places = [(place_of(source, other.start, other.end), other) for other in stated]
    rivals = [
        (here.is_between(place), here.nearness(place), other)
        for place, other in places
        if other.side != term.side and here.touches(place) and here.same_way_round(place)
    ]
    between, near, rival = max(rivals, key=lambda fit: fit[:2], default=(False, 0.0, None))
    own = [place for place, other in places if other.side == term.side and here.nearness(place) >= LOOSE_PLACE]
    if any(here.is_between(place) or not between for place in own):
        return None
    return rival if near >= SAME_PLACE else None


def _says(claim: str, term: Term, claimed: Sequence[Term], source: str, rival: Term) -> bool:
    """Whether the claim has the source's side in that place as well."""
    place = place_of(source, rival.start, rival.end)
    same = [place_of(claim, other.start, other.end) for other in claimed if other[2:] == rival[2:]]
    between = place.is_between(place_of(claim, term.start, term.end))
    return any(place.nearness(other) >= LOOSE_PLACE and (place.is_between(other) or not between) for other in same)
