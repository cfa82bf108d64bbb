"""The public doors: what they export exists, and opening them costs next to nothing."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "tantivy", "gradio", "langchain_core", "numpy")


@pytest.mark.parametrize("package", ["index", "assistant"])
def test_all_names_exist_and_are_sorted(package: str) -> None:
    door = importlib.import_module(package)
    assert all(getattr(door, name) is not None for name in door.__all__)
    assert door.__all__ == sorted(door.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


@pytest.mark.parametrize("package", ["index", "assistant"])
def test_unknown_names_are_refused(package: str) -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        importlib.import_module(package).nonsense  # noqa: B018


@pytest.mark.parametrize("statement", ["import assistant", "import ui.cli", "import ui.web"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    code = f"{statement}, sys; print([name for name in {HEAVY} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_help_loads_nothing_heavy() -> None:
    code = (
        f"import sys; from ui.cli import app; app(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.endswith("[]\n")


def test_ui_and_assistant_use_only_the_door_of_the_layer_below() -> None:
    """The layers themselves are checked by import-linter; this is the finer rule of CONTRIBUTING.md."""
    allowed = {"index.langchain"}  # for type checkers only; the door would load LangChain
    for package, below in (("assistant", "index"), ("ui", "assistant")):
        for file in (ROOT / package).rglob("*.py"):
            found = set(re.findall(rf"(?:from|import) ({below}\.[\w.]+)", file.read_text(encoding="utf-8")))
            assert found <= allowed, f"{file} reaches behind the door of {below}"


def test_no_module_imports_its_own_packages_door() -> None:
    for package in ("index", "assistant"):
        for file in (ROOT / package).rglob("*.py"):
            assert not re.search(rf"^\s*(?:from|import) {package}\b(?!\.)", file.read_text(encoding="utf-8"), re.M), (
                file
            )
