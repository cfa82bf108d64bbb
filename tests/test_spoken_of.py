"""Sentences found for claims, many at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import open_index, writer

from assistant.against import held_against
from assistant.evidence import Evidence
from index import Filters, FolderError, UnreadableFileError


@pytest.fixture
def index(tmp_path: Path, folder: Path):
    write = writer(folder)
    write("drones.md", "Two drones were given to the police of Durres. They will fly at night over the harbour.")
    write("table.md", "| Year | Returned |\n|---|---|\n| 2022 | 2,035 |\n| 2024 | 5,294 |\n")
    with open_index(tmp_path / "home") as index:
        index.sync(folder)
        yield index


def test_the_sentence_with_most_of_the_words_comes_first(index):
    found = index.speaking_of(["The police of Durres got two drones.", "The river Drin reaches the sea."])
    assert found[0][0].text == "Two drones were given to the police of Durres."
    assert found[1][0].hit.document.id == "deep/rivers.txt"


def test_each_claim_is_answered_as_if_it_were_alone(index):
    claims = ["The laboratory receives £1 million.", "Drones fly at night.", "Nothing of the sort."]
    together = index.speaking_of(claims)
    assert together == [index.speaking_of([claim])[0] for claim in claims]


def test_only_the_named_documents_are_looked_in(index):
    drones = next(info.id for info in index.documents() if info.id.endswith("drones.md"))
    claim = "The police receives two new machines."
    everywhere, kept = index.speaking_of([claim])[0], index.speaking_of([claim], Filters(documents=(drones,)))[0]
    assert {hit.hit.document.id for hit in everywhere} > {drones}
    assert {hit.hit.document.id for hit in kept} == {drones}


def test_a_sentence_that_points_back_is_cited_with_what_it_points_at(index):
    (candidate, *_), *_ = Evidence(index).find(["Drones will fly at night over the harbour of Durres."])
    (citation,) = candidate
    assert citation.quote == "Two drones were given to the police of Durres. They will fly at night over the harbour."
    assert index.document(citation.document).text[citation.start : citation.end] == citation.quote


def test_a_row_is_cited_with_the_head_of_its_table(index):
    (candidate, *_), *_ = Evidence(index).find(["In 2024, 5,294 were returned."])
    assert [citation.quote for citation in candidate] == ["Year | Returned", "2024 | 5,294"]


def test_files_that_are_not_indexed_are_read_for_the_check(index, tmp_path):
    source = tmp_path / "speech.txt"
    source.write_text("The mayor opened a school in Kukes.", encoding="utf-8")
    before = index.documents()
    with held_against(index, [str(source)], index.settings) as (own, ids):
        assert ids == []
        assert [info.id for info in own.documents()] == ["speech.txt"]
        assert own.speaking_of(["A school opened in Kukes."])[0][0].text == "The mayor opened a school in Kukes."
    assert index.documents() == before


def test_files_of_one_name_are_both_read(index, tmp_path):
    for name, text in (("a", "A school opened."), ("b", "A bridge closed.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "speech.txt").write_text(text, encoding="utf-8")
    named = [str(tmp_path / name / "speech.txt") for name in "ab"]
    with held_against(index, named, index.settings) as (own, _):
        assert len(own.documents()) == 2


def test_ids_of_the_index_are_kept_to(index):
    ids = [info.id for info in index.documents()][:2]
    with held_against(index, ids, index.settings) as (same, kept):
        assert (same, kept) == (index, ids)


def test_a_name_that_is_neither_is_refused(index):
    with pytest.raises(FolderError, match=r"nowhere\.md"), held_against(index, ["nowhere.md"], index.settings):
        pass


def test_a_file_that_cannot_be_read_is_named(index, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(UnreadableFileError, match=r"broken\.pdf"), held_against(index, [str(broken)], index.settings):
        pass
