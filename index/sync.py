"""The index follows a folder: what is new, changed or gone there is brought into the catalog and the derived stores.

The order of writes, and why a killed process does no harm, is told in :mod:`index.catalog`.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from index.catalog import Catalog, FileState, FoundPassage
from index.chunking import declared_title, embedding_text, split_document
from index.encoder import Encoder
from index.errors import FolderError, UnreadableFileError
from index.lexical import LexicalIndex
from index.readers import read_file
from index.settings import IndexSettings
from index.types import Document, FailedFile, Passage, Progress, SyncReport
from index.vectors import VectorStore

BATCH_PASSAGES = 256
"""Passages that are committed together, at least; enough for the encoder to sort texts by length and waste little."""

Report = Callable[[Progress], None]


class Stores(NamedTuple):
    """The catalog and what is derived from it."""

    catalog: Catalog
    vectors: VectorStore
    lexical: LexicalIndex


class _Work(NamedTuple):
    """Files below a folder by what has to be done with them; paths are below the folder, with forward slashes."""

    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: list[str]
    failed: list[FailedFile]


class Syncer:
    """Brings the stores up to date with folders. Only one may work on a home at a time (:mod:`index.lock`)."""

    def __init__(
        self, stores: Stores, encoder: Callable[[], Encoder], settings: IndexSettings, home: Path, report: Report
    ) -> None:
        self._catalog, self._vectors, self._lexical = stores
        self._load_encoder = encoder
        self._settings = settings
        self._home = home
        self._report = report

    def sync(self, folder: Path) -> SyncReport:
        """Follow ``folder`` and bring the stores up to date with it.

        Raises:
            FolderError: it is no folder, or it overlaps one that is followed already.
            StoreError: a store failed, for instance because the disk is full; the index stays as it was committed.
        """
        started = time.monotonic()
        self._check_folder(folder)
        self._catalog.follow(folder)
        self.mend()
        known = self._catalog.files(folder)
        work = self._plan(folder, known)
        gone = [path for path in work.removed if known[path].document]
        self._catalog.remove(folder, work.removed)
        failed = work.failed + self._add(folder, work, known)
        self._sweep()
        lost = {failure.document for failure in failed}
        return SyncReport(
            added=self._named(folder, work.added, lost),
            changed=self._named(folder, work.changed, lost),
            removed=tuple(sorted(str(known[path].document) for path in gone)),
            unchanged=tuple(sorted(str(known[path].document) for path in work.unchanged)),
            failed=tuple(sorted(failed, key=lambda failure: failure.document)),
            passages=self._catalog.count_passages(),
            seconds=round(time.monotonic() - started, 3),
        )

    def unfollow(self, folder: Path) -> None:
        """Forget ``folder`` and everything that was read from it.

        Raises:
            FolderError: it is not followed.
        """
        followed = self._catalog.folders()
        if folder not in followed:
            names = ", ".join(map(str, followed)) or "none"
            raise FolderError(f"{folder} is not followed. Followed: {names}.")
        self._catalog.unfollow(folder)
        self._sweep()

    def mend(self) -> None:
        """Finish what a killed sync left, and restore what is missing from the derived stores."""
        self._sweep()
        expected = self._catalog.count_passages()
        if self._vectors.count() == expected and self._lexical.count() == expected:
            return
        wanted = set(self._catalog.passage_ids())
        missing: set[str] = set()
        for store in (self._vectors, self._lexical):
            present = set(store.ids())
            store.delete(sorted(present - wanted))
            missing |= wanted - present
        found = self._catalog.passages(sorted(missing))
        self._derive(list(found.values()), Progress(done=0, total=0, doing="restoring"))

    def _check_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist"
            raise FolderError(
                f"{folder} {what}. To stop following a folder that is gone, run: pincite sync --forget {folder}"
            )
        for other in self._catalog.folders():
            if other != folder and (other in folder.parents or folder in other.parents):
                raise FolderError(
                    f"{folder} overlaps {other}, which is followed already, so its files would be indexed twice. "
                    f"Sync {other} alone, or first run: pincite sync --forget {other}"
                )

    def _plan(self, folder: Path, known: Mapping[str, FileState]) -> _Work:
        work = _Work([], [], [], [], [])
        seen = set()
        for path in scan(folder, skip=self._home):
            seen.add(path)
            before = known.get(path)
            sha256 = _hash(folder / path)
            if before is None:
                work.added.append(path)
            elif before.sha256 != sha256:
                (work.changed if before.document else work.added).append(path)
            elif before.reason is None:
                work.unchanged.append(path)
            else:
                work.failed.append(FailedFile(document=path, reason=before.reason))
        work.removed.extend(sorted(set(known) - seen))
        return work

    def _add(self, folder: Path, work: _Work, known: Mapping[str, FileState]) -> list[FailedFile]:
        """Read, cut, embed and commit the new and changed files; return those that cannot be read."""
        failed: list[FailedFile] = []
        batch: dict[str, tuple[Document, Sequence[Passage]]] = {}
        todo = work.added + work.changed
        taken = {info.id for info in self._catalog.documents()}
        for done, path in enumerate(todo, start=1):
            now = Progress(done=done - 1, total=len(todo), doing=f"reading {path}")
            self._report(now)
            try:
                document = read_file(folder / path, _free_id(folder, path, known.get(path), taken))
            except UnreadableFileError as error:
                failed.append(FailedFile(document=path, reason=str(error)))
                self._catalog.fail(folder, path, _hash(folder / path), str(error))
                continue
            taken.add(document.id)
            encoder = self._load_encoder()
            batch[path] = (document, split_document(document, encoder.count_tokens, self._settings))
            if sum(len(passages) for _, passages in batch.values()) >= BATCH_PASSAGES:
                self._commit(folder, batch, now)
                batch = {}
        self._commit(folder, batch, Progress(done=len(todo), total=len(todo), doing="finishing"))
        return failed

    def _commit(
        self, folder: Path, batch: Mapping[str, tuple[Document, Sequence[Passage]]], progress: Progress
    ) -> None:
        if not batch:
            return
        found = [FoundPassage(passage, document.info) for document, passages in batch.values() for passage in passages]
        self._catalog.announce(passage.id for passage, _ in found)
        self._derive(found, progress)
        self._catalog.replace(folder, batch)

    def _derive(self, found: Sequence[FoundPassage], progress: Progress) -> None:
        """Write passages to the vector store and the lexical index."""
        for start in range(0, len(found), BATCH_PASSAGES):
            part = found[start : start + BATCH_PASSAGES]
            if len(found) > BATCH_PASSAGES:
                doing = f"embedding {part[0].info.id}: {start:,} of {len(found):,} passages"
                self._report(progress.model_copy(update={"doing": doing}))
            texts = [embedding_text(declared_title(info), passage) for passage, info in part]
            self._vectors.put({p.id: info.id for p, info in part}, self._load_encoder().encode(texts))
            self._lexical.put({p.id: (info.id, text) for (p, info), text in zip(part, texts, strict=True)})

    def _sweep(self) -> None:
        orphans = self._catalog.to_sweep()
        if orphans:
            self._vectors.delete(orphans)
            self._lexical.delete(orphans)
            self._catalog.swept(orphans)

    def _named(self, folder: Path, paths: Sequence[str], lost: set[str]) -> tuple[str, ...]:
        """Return the ids of the documents at ``paths``, without those that were ``lost``."""
        files = self._catalog.files(folder)
        return tuple(sorted(str(files[path].document) for path in paths if path not in lost))


def _free_id(folder: Path, path: str, before: FileState | None, taken: set[str]) -> str:
    """Return the id of the document at ``path``: the path, after the folder's name where another folder has it too."""
    if before and before.document:
        return before.document
    candidate, number = path, 1
    while candidate in taken:
        suffix = f"~{number}" if number > 1 else ""
        candidate = f"{folder.name}{suffix}/{path}"
        number += 1
    return candidate


def scan(folder: Path, skip: Path) -> Iterator[str]:
    """Yield the files below ``folder`` in order, by path below it; hidden files and the home ``skip`` are left out."""
    for root, names, files in os.walk(folder):
        here = Path(root)
        names[:] = sorted(name for name in names if not _hidden(name) and here / name != skip)
        for name in sorted(files):
            if not _hidden(name) and (here / name).is_file():
                yield (here / name).relative_to(folder).as_posix()


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))  # "~$": Microsoft Office's lock files


def _hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; empty where it cannot be read, so that it is tried again next time."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
