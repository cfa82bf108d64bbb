from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse, z_scores

scores = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


def test_weighted_sum_of_z_scores() -> None:
    fused = fuse({"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 8.0}, 0.6)
    assert fused == pytest.approx({"a": 0.2, "b": -0.2})


@pytest.mark.parametrize(
    ("dense", "lexical", "expected"),
    [
        ({}, {}, {}),
        ({"a": 0.3}, {"a": 4.0}, {"a": 0.0}),
        ({"a": 0.1, "b": 0.1, "c": 0.1}, {"a": 0.0, "b": 0.0, "c": 0.0}, {"a": 0.0, "b": 0.0, "c": 0.0}),
        ({"a": 0.9, "b": 0.1}, {"a": 0.0, "b": 0.0}, {"a": 0.6, "b": -0.6}),
    ],
)
def test_a_search_that_tells_nothing_apart_adds_nothing(
    dense: dict[str, float], lexical: dict[str, float], expected: dict[str, float]
) -> None:
    assert fuse(dense, lexical, 0.6) == pytest.approx(expected)


def test_every_candidate_needs_both_scores() -> None:
    with pytest.raises(ValueError, match="both searches"):
        fuse({"a": 1.0}, {"b": 1.0}, 0.5)


@given(st.lists(scores, min_size=1, max_size=30))
def test_z_scores_are_standard(values: list[float]) -> None:
    found = z_scores(values)
    assert math.isclose(sum(found), 0, abs_tol=1e-6)
    spread = sum(value * value for value in found) / len(found)
    assert math.isclose(spread, 1, rel_tol=1e-6) or found == [0.0] * len(values)


@given(st.lists(scores, min_size=2, max_size=30))
def test_z_scores_keep_the_order(values: list[float]) -> None:
    found = z_scores(values)
    ranked = sorted(range(len(values)), key=lambda i: values[i])
    assert [found[i] for i in ranked] == sorted(found)
