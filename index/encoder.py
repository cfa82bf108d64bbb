"""Texts to vectors. The only module that loads a sentence-transformers model, and only when it is first used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class TokenVectors(NamedTuple):
    """The tokens of one text, special tokens left out.

    ``vectors`` has shape (tokens, dimension), each row of unit length. ``spans`` has shape (tokens, 2): the start and
    end of each token in the text, in characters.
    """

    vectors: Matrix
    spans: NDArray[np.int32]


class Encoder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def identity(self) -> str:
        """Name and revision of the weights; two encoders with one identity give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, special tokens left out."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return one vector of unit length per text, shape (texts, dimension)."""

    def token_vectors(self, texts: Sequence[str], *, layer: int) -> list[TokenVectors]:
        """Return each text's token vectors at ``layer`` of the model (-1: the last)."""
