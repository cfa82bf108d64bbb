"""Everything Pincite raises on purpose.

    PinciteError
    ├── SettingsError           a setting is unknown, malformed or out of its range
    ├── UnreadableFileError     one file cannot be read; sync reports it and goes on
    ├── FolderError             a folder to follow is missing, or overlaps one that is followed
    ├── IndexMissingError       nothing has been synced into this home yet
    ├── IndexMismatchError      the index was built by another encoder, chunking or version
    ├── IndexBusyError          another process is writing to this index
    ├── StoreError              a store (catalog, vectors, lexical index) failed
    ├── ModelLoadError          the encoder's weights are missing or are not what they should be
    └── DocumentNotFoundError   no document has this id

Every message says what happened and, where the reader can do something, what to do next.
"""

from __future__ import annotations


class PinciteError(Exception):
    """Base of every error that Pincite raises on purpose."""


class SettingsError(PinciteError):
    """A setting is unknown, malformed or out of its range."""


class UnreadableFileError(PinciteError):
    """One file cannot be read; its message is the reason, in words."""


class FolderError(PinciteError):
    """A folder to follow is missing, is not a folder, or overlaps a followed one."""


class IndexMissingError(PinciteError):
    """Nothing has been synced into this home yet."""


class IndexMismatchError(PinciteError):
    """The index was built by another encoder, chunking or version of Pincite."""


class IndexBusyError(PinciteError):
    """Another process is writing to this index."""


class StoreError(PinciteError):
    """A store (catalog, vectors, lexical index) failed."""


class ModelLoadError(PinciteError):
    """The encoder's weights are missing or are not what they should be."""


class DocumentNotFoundError(PinciteError):
    """No document of the index has this id."""
