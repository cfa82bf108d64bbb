"""Where in a long source to look: windows of whole sentences that speak most of a claim. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from index import Span, content_words, split_sentences

WINDOW_WORDS = 60
"""Most words of a window, unless a single sentence is longer. ROC-AUC of the entailment model alone, best of two,
on 350 rows of WiCE: .744 with 110, .762 with 80, .776 with 60, .757 with 45; of AttributionBench .71, .72, .70, .72."""


class _Sentence(NamedTuple):
    span: Span
    stems: frozenset[str]
    length: int  # words, by white space


def windows(source: str, claim: str, limit: int, room: int = WINDOW_WORDS) -> list[Span]:
    """Return at most ``limit`` stretches of ``source``, the one with most of the claim's content words first.

    A source of at most ``room`` words is one window. In longer ones each window grows from a sentence to
    its neighbours, and later windows are chosen for words of the claim that earlier ones lack; rare words of the
    source count more. Spans count characters of ``source``.
    """
    sentences = _sentences(source)
    if not sentences:
        return []
    if sum(sentence.length for sentence in sentences) <= room:
        return [Span(start=sentences[0].span.start, end=sentences[-1].span.end)]
    weights = _weights(sentences, {word.stem for word in content_words(claim)})
    found: list[Span] = []
    held: set[str] = set()
    left = list(range(len(sentences)))
    while left and len(found) < limit:
        span = _grown(sentences, max(left, key=lambda i: _worth(sentences[i], weights, held)), weights, room)
        inside = [i for i in left if span.start <= sentences[i].span.start < span.end]
        found.append(span)
        held |= {stem for i in inside for stem in sentences[i].stems & weights.keys()}
        left = [i for i in left if i not in inside and _worth(sentences[i], weights, held)]
    return found


@lru_cache(maxsize=64)
def _sentences(source: str) -> tuple[_Sentence, ...]:
    found = []
    for span in split_sentences(source, Span(start=0, end=len(source))):
        text = span.of(source)
        stems = frozenset(word.stem for word in content_words(text))
        found.append(_Sentence(span, stems, len(text.split())))
    return tuple(found)


def _weights(sentences: Sequence[_Sentence], claimed: set[str]) -> dict[str, float]:
    """How much each word of the claim tells: its inverse sentence frequency in the source."""
    counts = Counter(stem for sentence in sentences for stem in sentence.stems & claimed)
    return {stem: log(1 + len(sentences) / count) for stem, count in counts.items()}


def _worth(sentence: _Sentence, weights: dict[str, float], held: set[str]) -> float:
    return sum(w * (0.5 if stem in held else 1.0) for stem, w in weights.items() if stem in sentence.stems)


def _grown(sentences: Sequence[_Sentence], seed: int, weights: dict[str, float], room: int) -> Span:
    """A window around one sentence, grown towards the neighbour that speaks more of the claim while there is room."""
    first = last = seed
    room -= sentences[seed].length
    while True:
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(sentences) and sentences[i].length <= room]
        if not sides:
            return Span(start=sentences[first].span.start, end=sentences[last].span.end)
        # The sentence before is the better neighbour of two equal ones: pronouns look back.
        taken = max(sides, key=lambda i: (_worth(sentences[i], weights, set()), i < first))
        room -= sentences[taken].length
        first, last = min(first, taken), max(last, taken)
