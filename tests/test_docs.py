"""The README says what is true: its commands exist, its example runs, its settings are accepted."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from conftest import CORPUS
from typer.main import get_command

from assistant import Settings, Verdict, WebSettings
from ui.cli import app

ROOT = CORPUS.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_every_command_is_shown_and_every_shown_command_exists() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert set(re.findall(r"^pincite (\w+)", "\n".join(blocks("sh")), re.MULTILINE)) == commands


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_settings_are_accepted() -> None:
    for block in blocks("toml"):
        assert Settings.model_validate(tomllib.loads(block)) == Settings(web=WebSettings(port=7860))


def test_every_verdict_is_explained() -> None:
    assert re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE) == [verdict.value for verdict in Verdict]


def test_linked_files_exist() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / link).is_file(), link


@pytest.mark.models
def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs_corpus").symlink_to(CORPUS)
    monkeypatch.chdir(tmp_path)
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {})
    told = capsys.readouterr().out
    assert "supported" in told
    assert "autumn" in told
