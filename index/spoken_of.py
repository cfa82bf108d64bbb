"""Sentences that speak of a claim, found by their words alone: fast enough for a text of many claims.

Late interaction (:mod:`index.interaction`) chooses better, and takes ten times as long; whoever checks a text reads the
chosen sentences closely anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from index.framing import Frame, framed, text_of
from index.types import Hit, Sentence, SentenceHit, Span
from index.words import content_words

_RANK_WEIGHT = 0.02  # of a passage's place among the hits: decides between sentences with the same words


def speaking_of(claim: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> list[SentenceHit]:
    """Return the sentences of ``hits`` that share words with ``claim``, the best first.

    The score is the share of the claim's content words that the sentence has, rare words counting more; what a
    sentence is read with (its lead, the head of its table) counts as far as its frame says.
    """
    stems = {word.stem for word in content_words(claim)}
    weights = {stem: idf(stem) for stem in stems}
    total = sum(weights.values()) or 1.0
    best: dict[tuple[str, int, int], SentenceHit] = {}
    for rank, hit in enumerate(hits):
        for sentence, frame in framed(hit.passage):
            text = text_of(hit.passage, sentence)
            own, read = _stems(text), _framed_stems(hit, frame)
            share = (
                sum(w * (1.0 if s in own else frame.share if s in read else 0.0) for s, w in weights.items()) / total
            )
            key = (hit.document.id, sentence.span.start, sentence.span.end)
            score = share - _RANK_WEIGHT * rank / len(hits)
            if share and (key not in best or score > best[key].score):
                best[key] = SentenceHit(hit=hit, sentence=sentence, text=text, lead=_lead(frame), score=score)
    return sorted(best.values(), key=lambda found: -found.score)


def _lead(frame: Frame) -> Sentence | None:
    """What the sentence is read with, as one span: the sentences before it, or the head of its table."""
    if not frame.sentences:
        return None
    return Sentence(span=Span(start=frame.sentences[0].span.start, end=frame.sentences[-1].span.end))


def _framed_stems(hit: Hit, frame: Frame) -> frozenset[str]:
    return frozenset().union(*(_stems(text_of(hit.passage, sentence)) for sentence in frame.sentences))


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in content_words(text))
