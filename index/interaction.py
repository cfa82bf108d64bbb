"""Late interaction: a query and a text compared token by token, with the token vectors of the encoder itself.

Each token of the query looks for its most similar token of the text, and its similarity counts by the inverse document
frequency of its word. It needs no other weights and no training, and tells near misses apart that one vector per text
cannot: on half of SQuAD 2.0 dev (340 paragraphs, 1,521 questions) the right paragraph comes first for .888 of the
questions instead of .837.

Sentences are scored with vectors computed in the context of their passage, so that "the project" and "it" know what
they refer to; rows of tables are read with the head of their table, and sentences that point back with those before
them. Features of a :class:`~index.types.SentenceHit`:

``match``
    weighted mean, over the tokens of the query, of the best similarity in the sentence; about 0 to 1
``passage_match``
    the same over the whole passage
``worst``
    ``match`` over the worst-matched quarter (by weight) of the query's tokens
``overlap``
    share of the query's content stems, weighted by inverse document frequency, that stand in the sentence; 0 to 1
``context_overlap``
    the same in the passage, its title and its headings
``phrases``
    share of the query's pairs of neighbouring stems that are neighbours in the sentence, too; 0 to 1
``cosine``
    similarity of the mean token vectors of query and sentence
``dense``, ``passage``
    cosine similarity of query and passage, and the passage's score in its list as a z-score
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Matrix, TokenVectors
from index.framing import Frame, framed, text_of
from index.fusion import z_scores
from index.types import Hit, Sentence, SentenceHit, WordMatch
from index.vector_cache import CACHE_BYTES, VectorCache
from index.words import Word, content_words, is_stopword, words

Idf = Callable[[str], float]

STOPWORD_WEIGHT = 0.5
"""Weight of a stopword, beside the inverse document frequency of other words. Hit@1 on SQuAD hardly depends on it:
.884 at 0.1, .887 at 0.5, .888 at 1."""

WORST_SHARE = 0.25
"""Share of the query's weight that the feature ``worst`` looks at."""

QUERIES_KEPT = 16
"""Queries kept as they were read; few, so that their words' weights do not grow old."""

SENTENCE_WEIGHTS = {"match": 3.8, "cosine": 3.3, "overlap": 2.2, "phrases": 2.9, "passage": 0.65}
"""Log-odds, per unit of a feature, that of two sentences the one with more of it holds the answer.

Fitted by pairwise logistic regression on half of SQuAD 2.0 dev (1,521 questions, layer 6, sentences of the five best
passages). Each half of the paragraphs scored with the other half's weights: the best sentence holds a gold answer for
.812 of the questions and one of the best three for .93; ``match`` alone .803 and .905."""


class _Asked(NamedTuple):
    """A query, read once.

    ``vectors`` has shape (tokens, dimension), ``weights`` (tokens,). ``content`` are the content words, each once,
    with their inverse document frequencies; ``pieces`` averages token values to theirs, shape (words, tokens).
    ``pairs`` are the neighbouring stems.
    """

    vectors: Matrix
    weights: NDArray[np.float32]
    content: list[tuple[Word, float]]
    pieces: Matrix
    pairs: frozenset[tuple[str, str]]


class _Found(NamedTuple):
    """A passage compared with a query: ``similarities`` has shape (tokens of the query, tokens of the passage)."""

    hit: Hit
    tokens: TokenVectors
    words: list[Word]
    similarities: Matrix
    matches: NDArray[np.float32]
    features: dict[str, float]


class LateInteraction:
    """Re-ranks passages and scores sentences. Safe for several threads.

    Args:
        encoder: where token vectors come from.
        idf: inverse document frequency of a stem (:mod:`index.words`) in the corpus; positive.
        layer: the encoder's layer (see :meth:`Encoder.token_vectors`).
        first_stage_weight: weight of the z-scored first ranking beside the z-scored late interaction.
        cache_bytes: how much memory the token vectors of passages may take.
    """

    def __init__(
        self, encoder: Encoder, idf: Idf, *, layer: int, first_stage_weight: float, cache_bytes: int = CACHE_BYTES
    ) -> None:
        self._encoder = encoder
        self._idf = idf
        self._layer = layer
        self._first_stage_weight = first_stage_weight
        self._cache = VectorCache(cache_bytes)
        # One question is read for the passages and again for their sentences.
        self._read = lru_cache(maxsize=QUERIES_KEPT)(self._read_anew)

    def rerank(self, query: str, hits: Sequence[Hit], texts: Sequence[str]) -> list[Hit]:
        """Return ``hits`` in a better order, the best first; ``texts`` are what the query is compared with.

        The new scores sum late interaction and the old score, each z-scored over ``hits``.
        """
        asked = self._read(query)
        compared = _similarities(asked, self._vectors(texts))
        matches = [_weighted_mean(_best(similarities), asked.weights) for similarities in compared]
        late, first = z_scores(matches), z_scores([hit.score for hit in hits])
        scored = [
            hit.model_copy(update={"score": late[i] + self._first_stage_weight * first[i]})
            for i, hit in enumerate(hits)
        ]
        return sorted(scored, key=lambda hit: -hit.score)

    def sentences(self, query: str, hits: Sequence[Hit]) -> list[SentenceHit]:
        """Return every sentence of ``hits`` that is no heading, scored for ``query``, the best first.

        A sentence that stands in two overlapping passages is returned once, as the passage that serves it better has
        it.
        """
        asked = self._read(query)
        ranks = z_scores([hit.score for hit in hits])
        best: dict[tuple[str, int, int], SentenceHit] = {}
        passages = self._vectors([hit.passage.text for hit in hits])
        compared = _similarities(asked, passages)
        for hit, tokens, similarities, rank in zip(hits, passages, compared, ranks, strict=True):
            found = _compare(asked, hit, tokens, similarities, rank)
            for sentence, frame in framed(hit.passage):
                scored = _score(asked, found, sentence, frame)
                key = (hit.document.id, sentence.span.start, sentence.span.end)
                if key not in best or scored.score > best[key].score:
                    best[key] = scored
        return sorted(best.values(), key=lambda scored: -scored.score)

    def _read_anew(self, query: str) -> _Asked:
        tokens = self._encoder.token_vectors([query], layer=self._layer)[0]
        weights = np.zeros(len(tokens.spans), dtype=np.float32)
        for word in words(query):
            weights[_touches(tokens, word.start, word.end)] = (
                STOPWORD_WEIGHT if is_stopword(word) else self._idf(word.stem)
            )
        once = list({word.stem: word for word in reversed(content_words(query))}.values())[::-1]
        touched = [(word, _touches(tokens, word.start, word.end)) for word in once]
        content = [(word, self._idf(word.stem)) for word, pieces in touched if pieces.any()]
        pieces = np.array([pieces / pieces.sum() for _, pieces in touched if pieces.any()], dtype=np.float32)
        pieces = pieces.reshape(len(content), len(weights))  # also of a query without words, or without tokens
        return _Asked(tokens.vectors, weights, content, pieces, _pairs(words(query)))

    def _vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the token vectors of ``texts``, from the cache where it has them."""
        found = {text: tokens for text in texts if (tokens := self._cache.get(text))}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for text, tokens in zip(missing, self._encoder.token_vectors(missing, layer=self._layer), strict=True):
            found[text] = self._cache.put(text, tokens)
        return [found[text] for text in texts]


def _similarities(asked: _Asked, passages: Sequence[TokenVectors]) -> list[Matrix]:
    """Return the similarities of the query's tokens to each passage's, in one product: many small ones are slower."""
    if not passages:
        return []
    borders = np.cumsum([len(tokens.vectors) for tokens in passages])[:-1]
    product = asked.vectors @ np.concatenate([tokens.vectors for tokens in passages]).T
    return [np.asarray(part, dtype=np.float32) for part in np.split(product, borders, axis=1)]


def _compare(asked: _Asked, hit: Hit, tokens: TokenVectors, similarities: Matrix, rank: float) -> _Found:
    best = _best(similarities)
    found = words(hit.passage.text)
    features = {
        "passage_match": _weighted_mean(best, asked.weights),
        "context_overlap": _overlap(asked, [*words(" ".join((hit.document.title, *hit.passage.section))), *found]),
        "dense": hit.dense,
        "passage": rank,
    }
    return _Found(hit, tokens, found, similarities, asked.pieces @ best, features)


def _score(asked: _Asked, found: _Found, sentence: Sentence, frame: Frame) -> SentenceHit:
    alone, best = _features(asked, found, [sentence])
    features = found.features | alone
    if frame.sentences:
        framed, best = _features(asked, found, [sentence, *frame.sentences])
        features |= {name: alone[name] + frame.share * (framed[name] - alone[name]) for name in alone}
    inside = _touches(found.tokens, *_place(found, sentence))
    features["cosine"] = _cosine(asked.vectors, found.tokens.vectors[inside])
    return SentenceHit(
        hit=found.hit,
        sentence=sentence,
        text=text_of(found.hit.passage, sentence),
        lead=frame.lead,
        score=sum(weight * features[name] for name, weight in SENTENCE_WEIGHTS.items()),
        features=features,
        words=tuple(
            WordMatch(word=word.text, weight=weight, sentence=here, passage=around)
            for (word, weight), here, around in zip(
                asked.content, (asked.pieces @ best).tolist(), found.matches.tolist(), strict=True
            )
        ),
    )


def _features(
    asked: _Asked, found: _Found, sentences: Sequence[Sentence]
) -> tuple[dict[str, float], NDArray[np.float32]]:
    """Return what ``sentences`` together match of the query, and each query token's best similarity among them."""
    inside = np.zeros(len(found.tokens.spans), dtype=np.bool_)
    own: list[Word] = []
    for sentence in sentences:
        start, end = _place(found, sentence)
        inside |= _touches(found.tokens, start, end)
        own += [word for word in found.words if start <= word.start < end]
    best = _best(found.similarities[:, inside])
    return {
        "match": _weighted_mean(best, asked.weights),
        "worst": _worst(best, asked.weights),
        "overlap": _overlap(asked, own),
        "phrases": len(asked.pairs & _pairs(own)) / max(1, len(asked.pairs)),
    }, best


def _place(found: _Found, sentence: Sentence) -> tuple[int, int]:
    """Where a sentence stands in its passage."""
    span = sentence.span.shift(-found.hit.passage.span.start)
    return span.start, span.end


def _touches(tokens: TokenVectors, start: int, end: int) -> NDArray[np.bool_]:
    """Which tokens share a character with ``[start, end)``."""
    return np.asarray((tokens.spans[:, 0] < end) & (tokens.spans[:, 1] > start))


def _best(similarities: Matrix) -> NDArray[np.float32]:
    """Each query token's best similarity; 0 where there is nothing to compare with."""
    if not similarities.shape[1]:
        return np.zeros(len(similarities), dtype=np.float32)
    return np.asarray(similarities.max(axis=1), dtype=np.float32)


def _weighted_mean(best: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    total = float(weights.sum())
    return float(best @ weights) / total if total > 0 else 0.0


def _worst(best: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    """Mean of ``best`` over the worst-matched tokens that together hold ``WORST_SHARE`` of the weight."""
    order = np.argsort(best)
    before = np.concatenate([[0.0], np.cumsum(weights[order])[:-1]])
    room = np.clip(WORST_SHARE * float(weights.sum()) - before, 0, weights[order])
    return _weighted_mean(best[order], room.astype(np.float32))


def _overlap(asked: _Asked, found: Sequence[Word]) -> float:
    total = sum(weight for _, weight in asked.content)
    present = {word.stem for word in found}
    return sum(weight for word, weight in asked.content if word.stem in present) / total if total else 0.0


def _pairs(found: Sequence[Word]) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(word.stem for word in found))


def _cosine(one: Matrix, other: Matrix) -> float:
    if not len(one) or not len(other):
        return 0.0
    a, b = one.mean(axis=0), other.mean(axis=0)
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / lengths if lengths else 0.0
