"""Files to documents, documents to passages, passages to a searchable index. The public door of the package."""

from index.api import Index, IndexStatus
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
from index.text import split_sentences
from index.text import split_sentences
from index.types import (
    Block,
    BlockKind,
    Document,
    DocumentInfo,
    FailedFile,
    Filters,
    Hit,
    Model,
    Passage,
    Progress,
    Sentence,
    SentenceHit,
    Span,
    SyncReport,
)
from index.words import STOPWORDS, Word, content_words, stem, words

__all__ = [
    "STOPWORDS",
    "STOPWORDS",
    "Block",
    "BlockKind",
    "Document",
    "DocumentInfo",
    "DocumentNotFoundError",
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
    "content_words",
    "split_sentences",
    "stem",
    "words",
]
