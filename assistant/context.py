"""Evidence from texts at hand, without an index: what a chain has retrieved for an answer."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import log
from typing import Any, NamedTuple

from pydantic import ValidationError

from assistant.citing import Reference
from assistant.evidence import Candidate, Source
from assistant.types import Citation
from index import Span, content_words, split_sentences

SENTENCES = 5
"""Sentences held against a claim, by judgement: as many as come from an index."""


class ContextText(NamedTuple):
    """A text of the context: where it comes from, and where in that document it begins, in characters.

    ``told`` is what its metadata tell of publisher, date, kind, page and address; what cannot be used is left out.
    """

    document: str
    title: str
    text: str
    offset: int = 0
    told: Mapping[str, Any] = {}

    def cite(self, span: Span) -> Citation:
        """Return the words at ``span`` of the text as a citation."""
        needed = {
            "document": self.document,
            "title": self.title,
            "kind": "context",
            "start": self.offset + span.start,
            "end": self.offset + span.end,
            "quote": span.of(self.text),
            "sha256": hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest(),
        }
        citation = Citation.model_validate(needed)
        for name, value in self.told.items():
            try:
                citation = Citation.model_validate({**citation.model_dump(), name: value}) if value else citation
            except ValidationError:
                continue  # metadata of other programs: a date may be in words, a page "iv"
        return citation


class _Sentence(NamedTuple):
    text: ContextText
    name: str
    span: Span
    stems: frozenset[str]


class Context:
    """Finds the sentences of some texts that speak of a claim. The texts are numbered from 1, as markers name them."""

    def __init__(self, texts: Sequence[ContextText]) -> None:
        self._texts = {f"text-{number}": text for number, text in enumerate(texts, start=1)}

    def source_list(self) -> str:
        """Return the list of sources that resolves the markers of an answer to these texts."""
        lines = (
            f"[{number}] (text-{number} 0:{len(text.text)})" for number, text in enumerate(self._texts.values(), 1)
        )
        return "\n".join(("Sources", *lines))

    def resolve(self, reference: Reference) -> Source | None:
        """Return what a line of :meth:`source_list` points at; None for any other."""
        text = self._texts.get(reference.document or "")
        return Source(str(reference.document)) if text and text.text.strip() else None

    def find(self, claims: Sequence[str], documents: Sequence[str] = ()) -> list[list[Candidate]]:
        """Return for each claim the few sentences that share words with it, those that share most of its weight first.

        ``documents`` are names of :meth:`source_list`; without any, all texts are looked at.
        """
        return [self._near(claim, documents) for claim in claims]

    def _near(self, claim: str, documents: Sequence[str]) -> list[Candidate]:
        told = {word.stem for word in content_words(claim)}
        scored = [
            (sum(self._weights[stem] for stem in told & sentence.stems), sentence)
            for sentence in self._sentences
            if not documents or sentence.name in documents
        ]
        ranked = sorted((entry for entry in scored if entry[0] > 0), key=lambda entry: -entry[0])
        return [(sentence.text.cite(sentence.span),) for _, sentence in ranked[:SENTENCES]]

    @cached_property
    def _sentences(self) -> list[_Sentence]:
        return [
            _Sentence(text, name, span, frozenset(word.stem for word in content_words(span.of(text.text))))
            for name, text in self._texts.items()
            for span in split_sentences(text.text, Span(start=0, end=len(text.text)))
        ]

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How rare each stem is among the sentences."""
        counts = Counter(stem for sentence in self._sentences for stem in sentence.stems)
        return {stem: log(1 + len(self._sentences) / count) for stem, count in counts.items()}
