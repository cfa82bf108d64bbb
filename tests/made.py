"""Sentences as the index returns them, made by the fake encoder from texts given in a test."""

from __future__ import annotations

from collections.abc import Sequence

from index import DocumentInfo, Hit, Passage, Sentence, SentenceHit, Span, split_sentences
from index.interaction import LateInteraction
from index.testing import HashingEncoder

INTERACTION = LateInteraction(HashingEncoder(), lambda _: 3.0, layer=-1, first_stage_weight=0.5)


def passage_hit(text: str, document: str = "a.txt", kind: str = "document") -> Hit:
    """Return ``text`` as the only passage of a document."""
    span = Span(start=0, end=len(text))
    sentences = tuple(Sentence(span=one) for one in split_sentences(text, span))
    passage = Passage(id=document, document=document, span=span, text=text, sentences=sentences)
    return Hit(passage=passage, document=info(document, kind), score=0, dense=0.5, lexical=1)


def info(document: str, kind: str) -> DocumentInfo:
    return DocumentInfo(id=document, title=document, kind=kind, sha256="0")


def found(question: str, texts: dict[str, str], kinds: dict[str, str] | None = None) -> list[SentenceHit]:
    """Return the sentences of the documents ``texts`` by id, scored for ``question``."""
    kinds = kinds or {}
    return score(question, [passage_hit(text, name, kinds.get(name, "document")) for name, text in texts.items()])


def score(question: str, hits: Sequence[Hit]) -> list[SentenceHit]:
    """Score the sentences of passages; what :meth:`index.Index.sentences` does."""
    return INTERACTION.sentences(question, hits)
