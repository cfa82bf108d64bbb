"""Values of two texts put side by side: which match, which take each other's place, which have no counterpart.

Numbers and dates share this: a value of the claim that the source lacks contradicts the source only where a value of
the same sort stands in the same place, that is, among the same words.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
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

CLEARLY_NEARER = 0.5
"""By how much that other value must be nearer than any that matches; by judgement."""

WORD_FOR_WORD = 4
"""Words around two values, read outwards until they differ, from which the two stand in the same place."""

CLEARLY_LONGER = 2
"""By how many such words the other value's must outnumber those of any value that matches; by judgement."""

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[%£$€]")
_REACH = 8  # words read on each side
_YEAR_OR_COUNT = re.compile(r"\d{4}")


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
    loosely: Callable[[M, M], bool] = lambda _, __: False
    """Whether the source's value bears the claim's out where it stands in the same place, though not elsewhere."""


def differences(
    claim: str, source: str, claimed: Sequence[M], stated: Sequence[M], rules: Rules[M]
) -> list[Difference]:
    """Return the values of ``claimed`` that ``stated`` contradicts or lacks."""
    taken = {s.start for s in stated for c in claimed if rules.matches(c, s)}
    found = []
    for value in claimed:
        beside = partial(_Counterpart.of, claim, value, source)
        alike = [beside(s) for s in stated if rules.matches(value, s)]
        others = [beside(s) for s in stated if rules.comparable(value, s)]
        loose = [beside(s) for s in stated if s.start not in taken and rules.loosely(value, s)]
        rival = _worded_alike([n for n in others if not _kept(claim, source, n, claimed, rules)], alike)
        if rival is None and not any(n.nearness >= SAME_PLACE for n in loose):
            needed = SAME_PLACE if rules.must_be_found(value) else ELSEWHERE
            rival = _placed_alike([n for n in others if n.value.start not in taken], alike, needed)
            if rival is None and not alike and rules.must_be_found(value) and not _written(claim, value, source):
                found.append(_difference(rules.kind, claim, value))
        if rival is not None:
            found.append(_difference(rules.kind, claim, value, source, rival.value))
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

    def nearness(self, other: _Place) -> float:
        few = min(len(self.around), len(other.around)) < FEW_NEIGHBOURS
        near = overlap(self.around, other.around) * (0.5 if few and self.around != other.around else 1.0)
        return near + (SAME_NOUN if self.after and self.after == other.after else 0.0)


class _Counterpart(NamedTuple, Generic[M]):
    """A value of the source beside one of the claim.

    ``nearness`` is how far their neighbours agree, ``run`` how many words around them are the same without a gap.
    ``sentence`` is where its sentence begins; ``placed`` is False for a value alone on its line, as a date under a
    headline, which may go with anything.
    """

    value: M
    nearness: float
    run: int
    sentence: int
    placed: bool

    @classmethod
    def of(cls, claim: str, ours: M, source: str, theirs: M) -> _Counterpart[M]:
        place = _place(source, theirs.start, theirs.end)
        nearness = _place(claim, ours.start, ours.end).nearness(place)
        sides = zip(_sides(claim, ours.start, ours.end), _sides(source, theirs.start, theirs.end), strict=True)
        run = sum(_same(one, other) for one, other in sides)
        return cls(theirs, nearness, run, sentence_at(source, theirs.start)[0], len(place.around) >= FEW_NEIGHBOURS)


def _kept(claim: str, source: str, rival: _Counterpart[M], claimed: Sequence[M], rules: Rules[M]) -> bool:
    """Whether another value of the claim matches the rival among as many of its words: then it has its own place."""
    runs = (_Counterpart.of(claim, c, source, rival.value).run for c in claimed if rules.matches(c, rival.value))
    return max(runs, default=-1) >= rival.run


def _worded_alike(others: Sequence[_Counterpart[M]], alike: Sequence[_Counterpart[M]]) -> _Counterpart[M] | None:
    """The value that stands among the very words of the claim's, where none that matches does."""
    rival = max(others, key=lambda n: (n.run, n.nearness), default=None)
    if rival is None or rival.run < WORD_FOR_WORD or rival.nearness < SAME_PLACE:
        return None
    if any(n.sentence == rival.sentence for n in alike) and rival.run < 2 * WORD_FOR_WORD:
        return None
    beaten = all(n.run + CLEARLY_LONGER <= rival.run and n.nearness <= rival.nearness for n in alike)
    return rival if beaten else None


def _placed_alike(
    others: Sequence[_Counterpart[M]], alike: Sequence[_Counterpart[M]], needed: float
) -> _Counterpart[M] | None:
    """The value with the claim's neighbours, where those that match stand in other sentences with other neighbours."""
    rival = max(others, key=lambda n: n.nearness, default=None)
    if rival is None or rival.nearness < (ELSEWHERE if alike else needed):
        return None
    apart = all(
        n.placed and n.sentence != rival.sentence and n.nearness + CLEARLY_NEARER <= rival.nearness for n in alike
    )
    return rival if apart else None


@lru_cache(maxsize=1024)
def _sides(text: str, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before a value, read backwards, and those after it, in its sentence; its ends count as two words."""
    first, last = sentence_at(text, start)
    listed = [token for token in _tokens(text) if first <= token[0] < last]
    before = [word for offset, word in listed if offset < start]
    after = [word for offset, word in listed if offset >= end]
    ends = ("", "")
    return (*reversed(before), *ends)[:_REACH], (*after, *ends)[:_REACH]


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two sequences begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _written(claim: str, value: Mention, source: str) -> bool:
    """Whether the source has these four digits, whatever they are read as: a year or a count."""
    text = claim[value.start : value.end]
    return bool(_YEAR_OR_COUNT.fullmatch(text) and re.search(rf"\b{text}\b", source))


@lru_cache(maxsize=1024)
def _place(text: str, start: int, end: int) -> _Place:
    _, last = sentence_at(text, start)
    after = next((word.stem for word in _content(text) if end <= word.start < last), "")
    return _Place(_around(text, start, end), after)


def neighbours(text: str, mention: Mention) -> frozenset[str]:
    """Return the stems of the content words around a value in its sentence, numbers left out."""
    return _around(text, mention.start, mention.end)


def _around(text: str, start: int, end: int) -> frozenset[str]:
    first, last = sentence_at(text, start)
    listed = [word for word in _content(text) if first <= word.start < last]
    left = [word.stem for word in listed if word.end <= start][-WINDOW:]
    right = [word.stem for word in listed if word.start >= end][:WINDOW]
    return frozenset(left + right)


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the sentence that holds ``offset``, borders taken roughly."""
    borders = _borders(text)
    position = bisect.bisect_right(borders, offset)
    return borders[position - 1], borders[position]


@lru_cache(maxsize=256)
def lowered(text: str) -> str:
    """Return ``text`` in small letters, of the same length: scanned some four times as fast as by ignoring case."""
    whole = text.lower()
    return whole if len(whole) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


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


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match.group().lower()) for match in _TOKEN.finditer(text))
