"""The round trip to a chat model that ``pincite doctor --llm`` makes, and what it says when that fails."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.doctor import _asked, diagnose, render_diagnosis
from assistant.settings import Settings, load_settings
from tests import replayed
from tests.replayed import replaying
from ui.cli import app


def settings(url: str, **generation: object) -> Settings:
    given = {"base_url": f"{url}/v1", "timeout_seconds": 5, **generation}
    return Settings.model_validate({"llm": "openai:m", "generation": given})


def asked(body: bytes, status: int = 200, **how: bool) -> tuple[object, list[str]]:
    problems: list[str] = []
    with replaying(body, status, **how) as server:
        trip = _asked(settings(server.url, timeout_seconds=0.3 if how else 5), problems)
    return trip, problems


def test_a_model_that_answers_is_no_problem():
    trip, problems = asked(replayed.openai(("Hot", ".\n", " It is" + " very" * 50)))
    assert problems == []
    assert trip.reply.startswith("Hot. It is very")
    assert len(trip.reply) == 60
    assert 0 < trip.seconds < 5


@pytest.mark.parametrize(
    ("body", "status", "how", "said"),
    [
        (b"{}", 401, {}, "did not accept the key. Look at the key in the provider's own variable"),
        (b"{}", 404, {}, "does not know this model. Look at the name behind the colon"),
        (b"{}", 429, {}, "no more requests"),
        (b"", 200, {"hangs": True}, "took too long to answer. Give it longer (generation.timeout_seconds)"),
        (b"<html>", 200, {"cut": True}, "broke off. Did its server end"),
        (replayed.openai(("", " \n")), 200, {}, "answers with nothing"),
    ],
)
def test_a_model_that_does_not_is_one_with_what_to_do(body, status, how, said):
    trip, (problem,) = asked(body, status, **how)
    assert trip.reply is None
    assert said in problem
    assert problem.startswith("openai:m")


def test_a_model_that_cannot_be_loaded_is_a_problem():
    problems: list[str] = []
    assert _asked(Settings(llm="gguf:/nowhere.gguf"), problems) is None
    assert "/nowhere.gguf cannot be read" in problems[0]


def test_without_a_model_it_says_how_to_set_one():
    problems: list[str] = []
    assert _asked(Settings(), problems) is None
    assert "PINCITE_LLM" in problems[0]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home where neither encoder nor checker is found, which is soon told."""
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PINCITE_INDEX__MODEL", str(tmp_path / "no-encoder"))
    monkeypatch.setenv("PINCITE_CHECK__VERIFIER", "chat:nobody:m")
    return tmp_path


@pytest.mark.usefixtures("bare")
def test_the_command_asks_only_when_told_to(monkeypatch):
    with replaying(replayed.openai(("Hot",))) as server:
        monkeypatch.setenv("PINCITE_LLM", "openai:m")
        monkeypatch.setenv("PINCITE_GENERATION__BASE_URL", f"{server.url}/v1")
        plain = json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout)
        assert (plain["llm"], plain["round_trip"], server.asked) == ("openai:m", None, [])
        told = CliRunner().invoke(app, ["doctor", "--llm"]).stdout
    assert len(server.asked) == 1
    assert re.search(r"^chat model +openai:m\n +replies +'Hot' in \d+\.\d s, loaded in \d+\.\d s$", told, re.M)


@pytest.mark.usefixtures("bare")
def test_no_model_is_told_too():
    told = render_diagnosis(diagnose(load_settings(os.environ)))
    assert re.search(r"^chat model +none: answers are sentences of the documents$", told, re.M)
