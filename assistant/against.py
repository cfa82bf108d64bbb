"""What a text is to be held against: documents of the index by id, or files and folders that are read for it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index import FolderError, Index, IndexMissingError, IndexSettings, UnreadableFileError


@contextmanager
def held_against(index: Index, named: Sequence[str], settings: IndexSettings) -> Iterator[tuple[Index, list[str]]]:
    """Yield the index to look in and the ids to keep to, none for all.

    Names that are ids of ``index`` are looked up there. Otherwise they must be files or folders: these are indexed for
    this once, in a temporary folder, and nothing of ``index`` is touched.

    Raises:
        PinciteError: a name is neither, or a file cannot be read; the message says which.
    """
    known = _known(index, named)
    unknown = [name for name in named if name not in known]
    if not unknown:
        yield index, list(named)
        return
    missing = [name for name in unknown if not Path(name).exists()]
    if missing or known:
        raise FolderError(
            f"{missing[0]!r} is no document of the index and no file: pincite search shows ids"
            if missing
            else f"{unknown[0]!r} is a file, {sorted(known)[0]!r} a document of the index: name the one or the other"
        )
    with tempfile.TemporaryDirectory(prefix="pincite-") as folder:
        sources = Path(folder) / "sources"
        for name in named:
            _copy(Path(name), sources)
        with Index(
            Path(folder) / "home", settings.model_copy(update={"chroma_url": None}), encoder=index.encoder
        ) as own:
            report = own.sync(sources)
            if report.failed:
                raise UnreadableFileError(f"{report.failed[0].document} cannot be read: {report.failed[0].reason}")
            yield own, []


def _known(index: Index, named: Sequence[str]) -> set[str]:
    if not named:
        return set()
    try:
        return {info.id for info in index.documents()} & set(named)
    except IndexMissingError:
        return set()


def _copy(source: Path, folder: Path) -> None:
    """Copy a file or a folder; names that meet are told apart."""
    folder.mkdir(exist_ok=True)
    target = folder / source.name
    number = 2
    while target.exists():
        target = folder / f"{source.stem}-{number}{source.suffix}"
        number += 1
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
