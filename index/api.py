"""The index as one object: opens the stores of a home, keeps them in step, and hands out what the parts can do."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.catalog import Catalog
from index.encoder import Encoder, load_encoder
from index.errors import FolderError, IndexMismatchError
from index.interaction import LateInteraction
from index.lexical import LexicalIndex
from index.lock import writer_lock
from index.retrieval import Retriever
from index.settings import IndexSettings
from index.spoken_of import speaking_of
from index.sync import Report, Stores, Syncer
from index.types import Document, DocumentInfo, FailedFile, Filters, Hit, IndexStatus, SentenceHit, SyncReport, page_at
from index.vectors import VectorStore

if TYPE_CHECKING:
    from index.langchain import PassageRetriever

_GONE = "this followed folder does not exist now; to stop following it, run: pincite sync --forget {folder}"

PASSAGES_OF_A_CLAIM = 8
"""Passages in which the sentences that speak of a claim are looked for."""

CATALOG, VECTORS, LEXICAL = "catalog.sqlite", "chroma", "lexical"


class Index:
    """The documents of one home: follow folders, search, read. Safe to use from many threads.

    Nothing is opened, loaded or written before it is needed. ``encoder`` takes the place of the one that the settings
    name; tests pass :class:`index.testing.HashingEncoder`.
    """

    def __init__(self, home: Path, settings: IndexSettings | None = None, *, encoder: Encoder | None = None) -> None:
        self.home = home.resolve()
        self.settings = settings or IndexSettings()
        self._given_encoder = encoder
        self._lock = threading.RLock()
        self._stores: Stores | None = None
        self._generation: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the stores."""
        with self._lock:
            if self._stores:
                self._stores.catalog.close()
                self._stores.vectors.close()
                self._stores = None
                self.__dict__.pop("_interaction", None)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded when it is first used.

        Raises:
            ModelLoadError: its weights are missing or are not what they should be.
        """
        with self._lock:
            return self._given_encoder or load_encoder(self.settings)

    # Writing

    def sync(self, folder: Path | None = None, *, rebuild: bool = False, report: Report | None = None) -> SyncReport:
        """Bring the index up to date with ``folder``, or with all followed folders.

        ``rebuild`` throws the index away first, which a change of encoder or of cutting needs. ``report`` is called as
        the work goes on. Files that cannot be read are named in the result; the rest is indexed.

        Raises:
            FolderError: the folder is missing, or overlaps a followed one; or none was given and none is followed.
            IndexBusyError: another process is syncing this home.
            IndexMismatchError: the index was built with other settings; ``rebuild`` it.
            StoreError: a store failed; what was committed stays.
        """
        with writer_lock(self.home):
            stores = self._open(write=True)
            folders = [folder.resolve()] if folder else stores.catalog.folders()
            if not folders:
                raise FolderError("No folder is followed yet. Name one: pincite sync FOLDER")
            if rebuild:
                folders = list(dict.fromkeys(stores.catalog.folders() + folders))
                # The catalog last: killed before that, the index is still known to be of the old make.
                for store in (stores.vectors, stores.lexical, stores.catalog):
                    store.clear()
            self._claim(stores.catalog)
            syncer = self._syncer(stores, report)
            reports = [_sync(syncer, one, must_exist=folder is not None) for one in folders]
            self._generation = stores.catalog.meta("generation")
            return _merged(reports)

    def forget(self, folder: Path) -> None:
        """Stop following ``folder`` and remove its documents from the index.

        Raises:
            FolderError: it is not followed.
            IndexBusyError: another process is syncing this home.
        """
        with writer_lock(self.home):
            self._syncer(self._open(), None).unfollow(folder.resolve())

    # Reading

    def search(self, query: str, limit: int = 10, filters: Filters | None = None) -> list[Hit]:
        """Return at most ``limit`` passages for ``query``, the best first.

        Raises:
            IndexMissingError: nothing is indexed yet.
            IndexMismatchError: the index was built by another encoder or cutting.
        """
        stores = self._fresh()
        retriever = Retriever(*stores, self._known_encoder(stores.catalog), self._interaction, self.settings)
        return retriever.search(query, limit, filters)

    def speaking_of(self, claims: Sequence[str], filters: Filters | None = None) -> list[list[SentenceHit]]:
        """Return the sentences that speak of each claim, the best first: many claims at once, by quick means.

        Raises:
            IndexMissingError: nothing is indexed yet.
            IndexMismatchError: the index was built by another encoder or cutting.
        """
        stores = self._fresh()
        retriever = Retriever(*stores, self._known_encoder(stores.catalog), self._interaction, self.settings)
        found = retriever.search_many(claims, PASSAGES_OF_A_CLAIM, filters)
        return [speaking_of(claim, hits, stores.lexical.idf) for claim, hits in zip(claims, found, strict=True)]

    def sentences(self, query: str, hits: Sequence[Hit]) -> list[SentenceHit]:
        """Return the sentences of ``hits``, scored for ``query``, the best first."""
        self._fresh()
        return self._interaction.sentences(query, hits)

    def documents(self) -> list[DocumentInfo]:
        """Return all documents, ordered by id."""
        return self._open().catalog.documents()

    def document(self, document_id: str) -> Document:
        """Return one document with its canonical text.

        Raises:
            DocumentNotFoundError: no document has this id.
        """
        return self._open().catalog.document(document_id)

    def page_at(self, document_id: str, offset: int) -> int | None:
        """Return the page, counted from 1, that holds ``offset``; None for formats without pages."""
        return page_at(self._open().catalog.page_starts(document_id), offset)

    def folders(self) -> list[Path]:
        """Return the followed folders."""
        return self._open().catalog.folders()

    @property
    def fingerprint(self) -> str:
        """Identity of what an answer was made from: the stored form, the encoder, and the generation of the index."""
        catalog = self._open().catalog
        return "-".join((self.settings.fingerprint(), catalog.meta("encoder") or "", catalog.meta("generation") or "0"))

    def status(self) -> IndexStatus:
        """Return the state of the stores."""
        catalog, vectors, lexical = self._fresh(check=False)
        folders = catalog.folders()
        failed = (
            FailedFile(document=path, reason=state.reason)
            for folder in folders
            for path, state in catalog.files(folder).items()
            if state.reason
        )
        return IndexStatus(
            home=self.home,
            folders=tuple(folders),
            documents=len(catalog.documents()),
            passages=catalog.count_passages(),
            vectors=vectors.count(),
            lexical=lexical.count(),
            to_sweep=len(catalog.to_sweep()),
            encoder=catalog.meta("encoder"),
            mismatch=self._mismatch(catalog),
            failed=tuple(failed),
        )

    def as_retriever(self, k: int = 4, filters: Filters | None = None) -> PassageRetriever:
        """Return a LangChain retriever over this index."""
        from index.langchain import PassageRetriever

        return PassageRetriever(index=self, k=k, filters=filters)

    # Opening

    @cached_property
    def _interaction(self) -> LateInteraction:
        return LateInteraction(
            self.encoder,
            self._open().lexical.idf,
            layer=self.settings.rerank_layer,
            first_stage_weight=self.settings.first_stage_weight,
        )

    def _open(self, *, write: bool = False) -> Stores:
        with self._lock:
            if self._stores is None:
                path = self.home / CATALOG
                catalog = Catalog.create(path) if write else Catalog.open(path)
                # Many homes may share one Chroma server, so each has a collection of its own.
                name = catalog.meta("collection") or f"pincite-{uuid.uuid4().hex}"
                if write:
                    catalog.set_meta("collection", name)
                vectors = VectorStore(self.home / VECTORS, self.settings.chroma_url, name)
                self._stores = Stores(catalog, vectors, LexicalIndex(self.home / LEXICAL))
                self._generation = catalog.meta("generation")
            return self._stores

    def _syncer(self, stores: Stores, report: Report | None) -> Syncer:
        encoder = partial(self._known_encoder, stores.catalog)
        return Syncer(stores, encoder, self.settings, self.home, report or (lambda _: None))

    def _claim(self, catalog: Catalog) -> None:
        """Record how this index is built, or refuse to mix two ways."""
        if mismatch := self._mismatch(catalog):
            raise IndexMismatchError(mismatch)
        catalog.set_meta("fingerprint", self.settings.fingerprint())

    def _known_encoder(self, catalog: Catalog) -> Encoder:
        """Return the encoder, which must be the one that the index was built with."""
        built = catalog.meta("encoder")
        if built is None:
            catalog.set_meta("encoder", self.encoder.identity)
        elif built != self.encoder.identity:
            raise IndexMismatchError(
                f"The index in {self.home} was built with the encoder {built!r}, but {self.settings.model!r} is now "
                f"{self.encoder.identity!r}. Put that back, or run: pincite sync --rebuild"
            )
        return self.encoder

    def _fresh(self, *, check: bool = True) -> Stores:
        """Return the stores as other processes have left them."""
        with self._lock:
            stores = self._open()
            if check and (mismatch := self._mismatch(stores.catalog)):
                raise IndexMismatchError(mismatch)
            generation = stores.catalog.meta("generation")
            if generation != self._generation:
                stores.vectors.reopen()
                stores.lexical.reload()
                self._generation = generation
            return stores

    def _mismatch(self, catalog: Catalog) -> str | None:
        built = catalog.meta("fingerprint")
        if built is None or built == self.settings.fingerprint():
            return None
        return (
            f"The index in {self.home} was built with other settings than those in force, or by another version of "
            f"Pincite: with the encoder {catalog.meta('encoder')!r}, not with {self.settings.model!r}, "
            f"{self.settings.passage_tokens} tokens a passage and {self.settings.overlap_sentences} sentences of "
            "overlap. Put the settings back, or run: pincite sync --rebuild"
        )


def _sync(syncer: Syncer, folder: Path, *, must_exist: bool) -> SyncReport:
    """Sync one folder. One of several that is gone, perhaps not mounted, is reported, and loses nothing."""
    if must_exist or folder.is_dir():
        return syncer.sync(folder)
    return SyncReport(failed=(FailedFile(document=str(folder), reason=_GONE.format(folder=folder)),))


def _merged(reports: Sequence[SyncReport]) -> SyncReport:
    lists = ("added", "changed", "removed", "unchanged", "failed")
    return SyncReport(
        **{name: tuple(entry for report in reports for entry in getattr(report, name)) for name in lists},
        passages=max(report.passages for report in reports),
        seconds=round(sum(report.seconds for report in reports), 3),
    )
