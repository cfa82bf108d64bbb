"""What all tests share: a home of their own, and documents made on the spot."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from index import Index, IndexSettings
from index.testing import HashingEncoder

# How long an example takes says nothing on a machine that others use too.
settings.register_profile("pincite", deadline=None)
settings.load_profile("pincite")

GGUF = os.environ.get("PINCITE_TEST_GGUF") and str(Path(os.environ["PINCITE_TEST_GGUF"]).absolute())
# Settings and keys of whoever runs the tests; proxies go too, for they would stand before servers on loopback.
FOREIGN = ("PINCITE_", "OPENAI_", "ANTHROPIC_", "OLLAMA_", "LANGCHAIN_", "LANGSMITH_")
CORPUS = Path(__file__).parent.parent / "docs_corpus"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings or touches the home of whoever runs it."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(FOREIGN) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a real local model need its file; tests/quality/fetch_model.py fetches one."""
    for item in items:
        if item.get_closest_marker("llm") and not GGUF:
            item.add_marker(pytest.mark.skip("PINCITE_TEST_GGUF names no GGUF file"))


def pytest_collection_finish() -> None:
    """Once every module has read it the variable goes: for Pincite it would be an unknown setting."""
    os.environ.pop("PINCITE_TEST_GGUF", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three short documents."""
    folder = tmp_path / "documents"
    write = writer(folder)
    write(
        "visit.md", "---\ntitle: Visit\nkind: official\ndate: 2025-05-15\n---\nThe minister flew to Tirana on Thursday."
    )
    write("money.txt", "The laboratory receives a further £1 million this year. It buys new machines.")
    write("deep/rivers.txt", "The river Drin rises in the mountains. It reaches the sea near Lezhe.")
    return folder


def writer(folder: Path) -> Callable[[str, str], None]:
    """Return a function that writes a text file below ``folder``."""

    def write(path: str, text: str) -> None:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write


def open_index(home: Path, **settings: object) -> Index:
    """Return an index with the fake encoder, which needs no weights."""
    return Index(home, IndexSettings.model_validate(settings), encoder=HashingEncoder())


def content(index: Index) -> dict[str, list[tuple[str, int, int, str]]]:
    """Everything that is stored, in a form to compare; checks that the derived stores hold exactly that."""
    catalog, vectors, lexical = index._fresh()
    ids = sorted(catalog.passage_ids())
    assert sorted(vectors.ids()) == ids
    assert sorted(lexical.ids()) == ids
    assert catalog.to_sweep() == []
    return {
        info.id: [(p.id, p.span.start, p.span.end, p.text) for p in catalog.document_passages(info.id)]
        for info in index.documents()
    }
