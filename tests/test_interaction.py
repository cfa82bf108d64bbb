from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import TokenVectors
from index.interaction import LateInteraction
from index.testing import HashingEncoder
from index.text import split_sentences
from index.types import BlockKind, DocumentInfo, Hit, Passage, Sentence, Span
from index.vector_cache import VectorCache


class CountingEncoder(HashingEncoder):
    """A fake that remembers the texts it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def token_vectors(self, texts: Sequence[str], *, layer: int) -> list[TokenVectors]:
        self.asked += texts
        return super().token_vectors(texts, layer=layer)


def hit(text: str, *, document: str = "a.txt", start: int = 0, score: float = 0.0, heading: int = 0) -> Hit:
    """Return a passage at ``start`` of its document; its first ``heading`` sentences are headings."""
    spans = split_sentences(text, Span(start=0, end=len(text)))
    sentences = tuple(
        Sentence(span=span.shift(start), kind=BlockKind.HEADING if i < heading else BlockKind.PARAGRAPH)
        for i, span in enumerate(spans)
    )
    span = Span(start=start, end=start + len(text))
    passage = Passage(id=f"{document}:{start}", document=document, span=span, text=text, sentences=sentences)
    info = DocumentInfo(id=document, title=document, sha256="0")
    return Hit(passage=passage, document=info, score=score, dense=0.5, lexical=1.0)


def make(encoder: HashingEncoder | None = None, **options: float) -> LateInteraction:
    return LateInteraction(
        encoder or HashingEncoder(),
        lambda stem: 0.1 if stem in ("report", "year") else 3.0,
        layer=-1,
        first_stage_weight=options.get("first_stage_weight", 0.5),
    )


def rerank(interaction: LateInteraction, query: str, hits: list[Hit]) -> list[str]:
    return [found.passage.text for found in interaction.rerank(query, hits, [one.passage.text for one in hits])]


def test_the_passage_with_the_rare_word_comes_first() -> None:
    hits = [hit("The report of the year.", document="b.txt"), hit("Drones over Durres.", document="a.txt")]
    assert rerank(make(), "report of the year on drones", hits)[0] == "Drones over Durres."


def test_the_first_ranking_has_its_say() -> None:
    hits = [hit("Drones over Durres.", document="a.txt"), hit("Nothing of it.", document="b.txt", score=1.0)]
    assert rerank(make(first_stage_weight=0.5), "drones", hits)[0] == "Drones over Durres."
    assert rerank(make(first_stage_weight=5.0), "drones", hits)[0] == "Nothing of it."


def test_reranking_keeps_the_passages_and_replaces_scores() -> None:
    hits = [hit(f"Text {i} on drones.", document=f"{i}.txt", score=i) for i in range(5)]
    found = make().rerank("drones", hits, [one.passage.text for one in hits])
    assert {one.passage.id for one in found} == {one.passage.id for one in hits}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert make().rerank("drones", [], []) == []


def test_sentences_are_the_words_of_the_document() -> None:
    text = "The visit begins in Tirana. Two machines find forged passports. The summit is in the autumn."
    found = make().sentences("When is the summit?", [hit(text, start=40)])
    assert found[0].text == "The summit is in the autumn."
    assert len(found) == 3
    for sentence in found:
        assert sentence.sentence.span.shift(-40).of(text) == sentence.text


def test_headings_are_no_answers() -> None:
    found = make().sentences("summit", [hit("Summit! The summit is in the autumn.", heading=1)])
    assert [one.text for one in found] == ["The summit is in the autumn."]


def test_a_sentence_of_two_passages_comes_once() -> None:
    first, second = "One is here. Two is there.", "Two is there. Three is gone."
    hits = [hit(first, score=1.0), hit(second, start=13, score=0.0)]
    found = make().sentences("two", hits)
    assert sorted(one.text for one in found) == ["One is here.", "Three is gone.", "Two is there."]
    assert found[0].text == "Two is there."
    assert found[0].hit.score == 1.0


def test_features_are_in_their_ranges() -> None:
    found = make().sentences("forged passports", [hit("Machines find forged passports. Rivers rise.")])
    best, other = found
    assert best.features["overlap"] == pytest.approx(1)
    assert best.features["phrases"] == 1
    assert best.features["match"] == pytest.approx(1, abs=1e-3)
    assert best.features["worst"] == pytest.approx(1, abs=1e-3)
    assert best.features["context_overlap"] == pytest.approx(1)
    assert other.features["overlap"] == 0
    assert other.features["passage_match"] == best.features["passage_match"]


def test_each_word_of_the_query_is_accounted_for() -> None:
    found = make().sentences("What is the weather in Durres?", [hit("He sees Durres. Rivers rise.")])[0]
    assert [match.word for match in found.words] == ["weather", "Durres"]
    weather, durres = found.words
    assert weather.weight == durres.weight == 3.0
    assert weather.passage < 0.4
    assert durres.sentence == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("query", ["", "?!", "the of and", "ﬀ", "x" * 3000])
def test_odd_queries(query: str) -> None:
    hits = [hit("The visit begins in Tirana. It ends on Friday."), hit("Rivers rise.", document="b.txt")]
    assert len(make().sentences(query, hits)) == 3
    assert len(rerank(make(), query, hits)) == 2


@given(st.text(max_size=40), st.lists(st.text(alphabet="abc XY.\n", min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_query_over_any_passages(query: str, texts: list[str]) -> None:
    hits = [hit(text, document=f"{i}.txt") for i, text in enumerate(texts)]
    found = make().sentences(query, hits)
    assert len(found) == sum(len(one.passage.sentences) for one in hits)
    assert all(np.isfinite(one.score) for one in found)


def test_passages_are_encoded_once() -> None:
    encoder = CountingEncoder()
    interaction = make(encoder)
    hits = [hit("Drones over Durres.")]
    rerank(interaction, "drones", hits)
    cold = interaction.sentences("drones", hits)
    assert encoder.asked.count("Drones over Durres.") == 1
    assert interaction.sentences("drones", hits) == cold


def test_the_cache_forgets_what_was_used_longest_ago() -> None:
    tokens = HashingEncoder(16).token_vectors(["one two", "three four", "five six"], layer=-1)
    cache = VectorCache(limit=2 * (2 * 16 * 2 + 2 * 2 * 4))
    cache.put("a", tokens[0])
    cache.put("b", tokens[1])
    cache.put("a", tokens[0])
    assert cache.get("a") is not None
    cache.put("c", tokens[2])
    assert cache.get("b") is None
    assert cache.get("a") is not None
    kept = cache.get("c")
    assert kept is not None
    assert np.allclose(kept.vectors, tokens[2].vectors, atol=1e-3)
