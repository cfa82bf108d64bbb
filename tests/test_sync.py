"""The index follows the folder, whatever happens to either."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from conftest import content, open_index, writer

from index import (
    FolderError,
    Index,
    IndexBusyError,
    IndexMismatchError,
    IndexMissingError,
    Progress,
    StoreError,
    SyncReport,
)
from index.encoder import Matrix
from index.lock import writer_lock
from index.testing import HashingEncoder


def counts(report: SyncReport) -> tuple[int, int, int, int, int]:
    names = ("added", "changed", "removed", "unchanged", "failed")
    return tuple(len(getattr(report, name)) for name in names)  # type: ignore[return-value]


def test_first_sync_adds_everything(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        report = index.sync(folder)
        assert report.added == ("deep/rivers.txt", "money.txt", "visit.md")
        assert counts(report) == (3, 0, 0, 0, 0)
        assert report.passages == sum(map(len, content(index).values())) > 0


def test_passages_are_exact_words_of_their_documents(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        for hit in index.search("river mountains minister laboratory", 10):
            document = index.document(hit.passage.document)
            assert hit.passage.span.of(document.text) == hit.passage.text


def test_a_second_sync_changes_nothing_and_loads_no_model(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        before = content(index)
    with Index(tmp_path / "home") as index:  # the real encoder, which would be loaded if it were needed
        assert counts(index.sync(folder)) == (0, 0, 0, 3, 0)
        assert "encoder" not in index.__dict__
    with open_index(tmp_path / "home") as index:
        assert content(index) == before


def test_only_what_changed_is_embedded_again(folder: Path, tmp_path: Path) -> None:
    class Counting(HashingEncoder):
        embedded: ClassVar[list[str]] = []

        def encode(self, texts: Sequence[str], *, exact: bool = True) -> Matrix:
            self.embedded.extend(texts)
            return super().encode(texts, exact=exact)

    encoder = Counting()
    with Index(tmp_path / "home", encoder=encoder) as index:
        index.sync(folder)
        encoder.embedded.clear()
        writer(folder)("money.txt", "The laboratory receives nothing.")
        report = index.sync(folder)
        assert counts(report) == (0, 1, 0, 2, 0)
        assert report.changed == ("money.txt",)
        assert [text for text in encoder.embedded if "nothing" not in text] == []
        assert "nothing" in index.search("laboratory", 1)[0].passage.text
        content(index)


def test_a_touched_file_with_the_same_bytes_is_unchanged(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        (folder / "money.txt").touch()
        assert counts(index.sync(folder)) == (0, 0, 0, 3, 0)


def test_a_deleted_file_leaves_every_store(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        (folder / "money.txt").unlink()
        report = index.sync(folder)
        assert report.removed == ("money.txt",)
        assert set(content(index)) == {"deep/rivers.txt", "visit.md"}
        assert all(hit.passage.document != "money.txt" for hit in index.search("laboratory million", 10))


def test_an_unreadable_file_is_named_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 this is no PDF")
    (folder / "slides.pptx").write_bytes(b"PK")
    with open_index(tmp_path / "home") as index:
        report = index.sync(folder)
        assert counts(report) == (3, 0, 0, 0, 2)
        assert [failure.document for failure in report.failed] == ["broken.pdf", "slides.pptx"]
        assert all(failure.reason for failure in report.failed)
        again = index.sync(folder)
        assert counts(again) == (0, 0, 0, 3, 2)
        assert again.failed == report.failed


def test_a_file_that_becomes_unreadable_is_no_longer_cited_and_comes_back(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        (folder / "money.txt").write_bytes(b"")
        assert [failure.document for failure in index.sync(folder).failed] == ["money.txt"]
        assert "money.txt" not in content(index)
        writer(folder)("money.txt", "The laboratory is rich again.")
        assert index.sync(folder).added == ("money.txt",)


def test_hidden_files_and_the_home_itself_are_left_out(folder: Path) -> None:
    writer(folder)(".git/config.txt", "secret words")
    writer(folder)("~$visit.docx", "lock file of an office program")
    with open_index(folder / "home") as index:
        index.sync(folder)
        assert counts(index.sync(folder)) == (0, 0, 0, 3, 0)


def test_two_folders_share_a_home_and_keep_their_names_apart(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    writer(other)("money.txt", "The museum sells tickets.")
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        assert index.sync(other).added == ("other/money.txt",)
        assert counts(index.sync()) == (0, 0, 0, 4, 0)
        index.forget(other)
        assert set(content(index)) == {"deep/rivers.txt", "money.txt", "visit.md"}


def test_a_followed_folder_that_is_gone_loses_nothing(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        folder.rename(tmp_path / "elsewhere")
        report = index.sync()
        assert [failure.document for failure in report.failed] == [str(folder)]
        assert "--forget" in report.failed[0].reason
        assert len(index.documents()) == 3


@pytest.mark.parametrize("overlapping", ["deep", ".."])
def test_overlapping_folders_are_refused(folder: Path, tmp_path: Path, overlapping: str) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        with pytest.raises(FolderError, match="overlaps"):
            index.sync(folder / overlapping)


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        with pytest.raises(IndexMissingError, match="pincite sync"):
            index.search("anything")
        assert not (tmp_path / "home").exists()  # asking never writes
        with pytest.raises(FolderError, match="does not exist"):
            index.sync(tmp_path / "nowhere")
        with pytest.raises(FolderError, match="pincite sync FOLDER"):
            index.sync()


def test_another_cutting_needs_a_rebuild(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
    with open_index(tmp_path / "home", passage_tokens=64) as index:
        with pytest.raises(IndexMismatchError, match="--rebuild"):
            index.search("laboratory")
        with pytest.raises(IndexMismatchError, match="--rebuild"):
            index.sync(folder)
        assert counts(index.sync(rebuild=True)) == (3, 0, 0, 0, 0)
        assert index.search("laboratory")
        content(index)


def test_another_encoder_needs_a_rebuild(folder: Path, tmp_path: Path) -> None:
    class Other(HashingEncoder):
        identity = "other"  # type: ignore[assignment]

    with open_index(tmp_path / "home") as index:
        index.sync(folder)
    with Index(tmp_path / "home", encoder=Other()) as index, pytest.raises(IndexMismatchError, match="--rebuild"):
        index.search("laboratory")


def test_one_writer_at_a_time_while_readers_go_on(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        with writer_lock(tmp_path / "home"):
            with pytest.raises(IndexBusyError, match="pid"):
                index.sync(folder)
            assert index.search("laboratory")
        index.sync(folder)


def test_an_open_reader_sees_what_another_process_wrote(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as reader, open_index(tmp_path / "home") as other:
        other.sync(folder)
        assert reader.search("laboratory", 1)[0].passage.document == "money.txt"
        (folder / "money.txt").unlink()
        writer(folder)("tower.txt", "The lighthouse keeper counts ships.")
        other.sync(folder)
        assert reader.search("lighthouse keeper", 1)[0].passage.document == "tower.txt"
        assert all(hit.passage.document != "money.txt" for hit in reader.search("laboratory", 10))


def test_derived_stores_are_restored_from_the_catalog(folder: Path, tmp_path: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        before = content(index)
        _, vectors, lexical = index._fresh()
        vectors.delete([before["money.txt"][0][0]])
        lexical.clear()
        lexical.put({"stray": ("money.txt", "stray words")})
        assert counts(index.sync(folder)) == (0, 0, 0, 3, 0)
        assert content(index) == before


def test_a_store_that_fails_half_way_leaves_the_index_as_it_was_committed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        before = content(index)
        writer(folder)("new.txt", "Fresh words about bridges.")

        def full(*_: object) -> None:
            raise StoreError("no space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(index._fresh().lexical, "put", full)
            with pytest.raises(StoreError, match="space"):
                index.sync(folder)
        assert index.documents()
        assert all(hit.passage.document != "new.txt" for hit in index.search("bridges", 10))
        index.sync(folder)
        assert set(content(index)) == {*before, "new.txt"}


def test_progress_is_told(folder: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    with open_index(tmp_path / "home") as index:
        index.sync(folder, report=told.append)
    assert told[0].total == 3
    assert [progress.done for progress in told] == sorted(progress.done for progress in told)


def test_threads_search_while_one_syncs(folder: Path, tmp_path: Path) -> None:
    errors: list[BaseException] = []
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        stop = threading.Event()

        def search() -> None:
            try:
                while not stop.is_set():
                    assert index.search("laboratory machines", 3)
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=search) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(5):
            writer(folder)(f"extra-{number}.txt", f"Extra words, number {number}, about laboratory machines.")
            index.sync(folder)
        stop.set()
        for thread in threads:
            thread.join()
    assert errors == []
