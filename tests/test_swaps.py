"""The checker on minimal edits, paraphrases and plain sentences of docs_corpus, each against the passage around it.

``tests/quality/swaps.py`` measures the same over any folder, and through an index.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from quality.swaps import CORPUS, Case, draw, judge_pairs, measure, paraphrases, spots_of

pytestmark = pytest.mark.models


@cache
def figures() -> dict[str, Any]:
    edited = draw(spots_of(CORPUS), 60)
    plain = [Case("unedited", spot.sentence, spot) for spot in dict.fromkeys(case.spot for case in edited)]
    return measure([*edited, *plain, *paraphrases()], judge_pairs)


@pytest.mark.parametrize(("kinds", "least"), [("facts", 0.95), ("others", 0.85)])
def test_edits_are_not_called_supported(kinds: str, least: float) -> None:
    assert figures()[kinds]["edits"] >= 200
    assert figures()[kinds]["caught"][0] >= least


@pytest.mark.parametrize("kinds", ["facts", "others"])
def test_the_reason_names_the_edited_words(kinds: str) -> None:
    assert figures()[kinds]["named"][0] >= 0.9


@pytest.mark.parametrize(("kind", "most"), [("unedited", 0.05), ("paraphrases", 0.15)])
def test_what_is_true_is_rarely_called_unsupported_or_contradicted(kind: str, most: float) -> None:
    assert figures()[kind]["sentences"] >= 200
    assert figures()[kind]["failed"][0] <= most
