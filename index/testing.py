"""A fake encoder for tests: the seam where a model would be, without weights, downloads or seconds of loading.

:class:`HashingEncoder` satisfies :class:`index.encoder.Encoder`. Texts that share words are similar and texts that
share none are nearly orthogonal; there is no meaning beyond words. Use it to test everything around the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.encoder import Matrix, TokenVectors
from index.words import STOPWORDS, words

_STOPWORD_SHARE = 0.1
"""Weight of a stopword beside a content word in the vector of a text."""


class HashingEncoder:
    """Deterministic vectors from hashed stems. One token per word."""

    def __init__(self, dimension: int = 256) -> None:
        self._dimension = dimension

    @property
    def identity(self) -> str:
        """Name and dimension of the fake."""
        return f"hashing@{self._dimension}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of words of each text."""
        return [len(words(text)) for text in texts]

    def encode(self, texts: Sequence[str], *, exact: bool = True) -> Matrix:  # noqa: ARG002 - always exact
        """Return the normalised sum of each text's stem vectors; a text without words has a vector of its own."""
        return np.stack([self._text_vector(text) for text in texts]) if texts else np.zeros((0, self._dimension), "f4")

    def token_vectors(self, texts: Sequence[str], *, layer: int) -> list[TokenVectors]:  # noqa: ARG002 - the seam's
        """Return one vector per word, the same at every layer."""
        return [self._tokens(text) for text in texts]

    def _text_vector(self, text: str) -> Matrix:
        total = np.zeros(self._dimension, dtype=np.float32)
        for word in words(text):
            total += _stem_vector(word.stem, self._dimension) * (
                _STOPWORD_SHARE if word.text.lower() in STOPWORDS else 1
            )
        return _unit(total) if total.any() else _stem_vector("", self._dimension)

    def _tokens(self, text: str) -> TokenVectors:
        found = words(text)
        vectors = np.zeros((len(found), self._dimension), dtype=np.float32)
        for row, word in enumerate(found):
            vectors[row] = _stem_vector(word.stem, self._dimension)
        spans = np.array([(word.start, word.end) for word in found], dtype=np.int32).reshape(-1, 2)
        return TokenVectors(vectors=vectors, spans=spans)


@lru_cache(maxsize=50_000)
def _stem_vector(stem: str, dimension: int) -> Matrix:
    seed = int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=8).digest(), "big")
    signs = np.random.default_rng(seed).choice(np.array([-1.0, 1.0], dtype=np.float32), dimension)
    return _unit(signs)


def _unit(vector: Matrix) -> Matrix:
    return (vector / np.linalg.norm(vector)).astype(np.float32)
