"""Files to documents, documents to passages, passages to a searchable index. The public door of the package.

``Index`` and ``Encoder`` are loaded when they are first used: they bring numpy, which a help text can do without.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from index.errors import (
    DocumentNotFoundError,
    FolderError,
    IndexBusyError,
    IndexMismatchError,
    IndexMissingError,
    ModelLoadError,
    PinciteError,
    SettingsError,
    StoreError,
    UnreadableFileError,
)
from index.settings import IndexSettings
from index.text import normalise, split_sentences
from index.types import (
    Block,
    BlockKind,
    Document,
    DocumentInfo,
    FailedFile,
    Filters,
    Hit,
    IndexStatus,
    Model,
    Passage,
    Progress,
    Sentence,
    SentenceHit,
    Span,
    SyncReport,
)
from index.words import STOPWORDS, Word, content_words, stem, words

if TYPE_CHECKING:
    from index.api import Index
    from index.encoder import Encoder, Matrix, bundled_weights, computes_bfloat16, length_batches

__all__ = [
    "STOPWORDS",
    "Block",
    "BlockKind",
    "Document",
    "DocumentInfo",
    "DocumentNotFoundError",
    "Encoder",
    "FailedFile",
    "Filters",
    "FolderError",
    "Hit",
    "Index",
    "IndexBusyError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexSettings",
    "IndexStatus",
    "Matrix",
    "Model",
    "ModelLoadError",
    "Passage",
    "PinciteError",
    "Progress",
    "Sentence",
    "SentenceHit",
    "SettingsError",
    "Span",
    "StoreError",
    "SyncReport",
    "UnreadableFileError",
    "Word",
    "bundled_weights",
    "computes_bfloat16",
    "content_words",
    "length_batches",
    "normalise",
    "split_sentences",
    "stem",
    "words",
]

_LATER = {"Index": "index.api"} | dict.fromkeys(
    ("Encoder", "Matrix", "bundled_weights", "computes_bfloat16", "length_batches"), "index.encoder"
)


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
