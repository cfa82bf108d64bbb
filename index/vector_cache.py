"""Token vectors kept in memory, so that a passage is encoded once and not at every question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import TokenVectors

CACHE_BYTES = 256 * 2**20
"""Token vectors kept in memory: about 2,300 passages of 150 tokens and 384 dimensions in half precision."""


class VectorCache:
    """Token vectors by text, in half precision, the least recently used thrown out. Safe for several threads."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, text: str) -> TokenVectors | None:
        """Return the vectors of ``text``, in single precision; None where they are not kept."""
        with self._lock:
            if text not in self._kept:
                return None
            self._kept.move_to_end(text)
            return _widen(self._kept[text])

    def put(self, text: str, tokens: TokenVectors) -> TokenVectors:
        """Keep ``tokens``, and return them as :meth:`get` will: a warm answer must not differ from a cold one."""
        kept = _Kept(tokens.vectors.astype(np.float16), tokens.spans)
        with self._lock:
            if text not in self._kept:
                self._kept[text] = kept
                self._size += kept.nbytes
            while self._size > self._limit and self._kept:
                self._size -= self._kept.popitem(last=False)[1].nbytes
        return _widen(kept)


class _Kept(NamedTuple):
    vectors: NDArray[np.float16]
    spans: NDArray[np.int32]

    @property
    def nbytes(self) -> int:
        return self.vectors.nbytes + self.spans.nbytes


def _widen(kept: _Kept) -> TokenVectors:
    return TokenVectors(kept.vectors.astype(np.float32), kept.spans)
