"""The command line, through its runner: arguments, files and standard input, JSON, errors, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import CORPUS
from typer.testing import CliRunner, Result

from assistant import Verdict
from ui.cli import app

pytestmark = pytest.mark.models

CITATION_KEYS = {"marker", "document", "title", "kind", "date", "url", "page", "start", "end", "quote"}
CLAIM_KEYS = {"text", "start", "end", "verdict", "reason", "score", "citations", "departures", "parts", "better"}


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=text)


def told(*arguments: str, text: str | None = None) -> dict:  # type: ignore[type-arg]
    result = run(*arguments, "--json", text=text)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    home = str(tmp_path_factory.mktemp("cli") / "home")
    result = run("sync", str(CORPUS), "--home", home)
    assert result.exit_code == 0, result.output
    return home


def shown(home: str, document: str, start: int, end: int) -> str:
    return str(told("show", document, "--start", str(start), "--end", str(end), "--home", home)["text"])


def test_sync_json(home: str) -> None:
    report = told("sync", "--home", home)
    assert {"added", "changed", "removed", "unchanged", "failed", "passages", "seconds"} <= report.keys()
    assert (report["added"], report["changed"], report["removed"], report["failed"]) == (0, 0, 0, [])
    assert report["unchanged"] >= 10
    assert report["passages"] > report["unchanged"]


def test_ask_json(home: str) -> None:
    answer = told("ask", "By how much have Albanian small boat arrivals fallen?", "--home", home)
    assert list(answer)[:7] == ["version", "question", "read_as", "text", "refusal", "claims", "mode"]
    assert {"fingerprint", "timings_ms"} <= answer.keys()
    assert (answer["version"], answer["mode"], answer["refusal"]) == (1, "extractive", None)
    assert answer["claims"]
    for claim in answer["claims"]:
        assert claim.keys() >= CLAIM_KEYS
        assert claim["verdict"] in [verdict.value for verdict in Verdict]
        assert answer["text"][claim["start"] : claim["end"]] == claim["text"]
        for citation in claim["citations"]:
            assert citation.keys() >= CITATION_KEYS
            assert shown(home, citation["document"], citation["start"], citation["end"]) == citation["quote"]


def test_ask_as_text_can_be_checked_again(home: str) -> None:
    answer = run("ask", "By how much have Albanian small boat arrivals fallen?", "--home", home)
    assert "95%" in answer.output
    assert re.search(r"^\[1\] .*\(\S+ \d+:\d+\)$", answer.output, re.MULTILINE)
    report = told("check", "-", "--home", home, text=answer.stdout)
    assert report["summary"]["supported"] == len(report["claims"]) >= 1
    assert report["claims"][0]["citations"][0]["marker"] == 1


def test_a_changed_figure_is_found(home: str) -> None:
    answer = run("ask", "By how much have Albanian small boat arrivals fallen?", "--home", home).stdout
    body, sources = answer.split("Sources")
    changed = body.replace("95", "85") + "Sources" + sources
    report = run("check", "-", "--home", home, "--exit-code", text=changed)
    assert report.exit_code == 3
    assert "85" in report.stdout
    assert "95" in report.stdout
    assert "contradicted" in report.stdout


def test_ask_follow_up(home: str) -> None:
    answer = told("ask", "And in 2022?", "--after", "How many Albanians were returned in 2024?", "--home", home)
    assert answer["read_as"] == "How many Albanians were returned in 2022?"
    assert "2,035" in answer["text"]


def test_refusal(home: str) -> None:
    refused = run("ask", "What is the boiling point of tungsten?", "--home", home, "--exit-code")
    assert refused.exit_code == 3
    answer = told("ask", "What is the boiling point of tungsten?", "--home", home)
    assert answer["claims"] == []
    assert answer["refusal"]["reason"]
    for citation in answer["refusal"]["nearest"]:
        assert shown(home, citation["document"], citation["start"], citation["end"]) == citation["quote"]


def test_filters(home: str) -> None:
    hits = told("search", "summit", "--kind", "news", "--home", home)["hits"]
    assert {hit["document"]["kind"] for hit in hits} == {"news"}
    hits = told("search", "summit", "--since", "2025-05-15", "--until", "2025-05-15", "--home", home)["hits"]
    assert {hit["document"]["date"] for hit in hits} == {"2025-05-15"}


def test_check_a_file_and_documents(home: str, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Two forgery detection machines are given to the Albanian State Police.", encoding="utf-8")
    report = told("check", str(file), "--against", "uk-albania-visit-2025.md", "--home", home)
    assert report.keys() == {"version", "text", "claims", "remarks", "policy", "checker", "summary"}
    assert sum(report["summary"].values()) == len(report["claims"]) == 1
    assert {c["document"] for c in report["claims"][0]["citations"]} == {"uk-albania-visit-2025.md"}


def test_files_need_not_be_indexed_to_be_checked_against(home: str, tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text("The library opens on 3 March. It lends 40,000 books.", encoding="utf-8")
    text = "The library lends 40,000 books."
    report = told("check", "-", "--against", str(notice), "--home", home, text=text)
    (claim,) = report["claims"]
    (citation,) = claim["citations"]
    assert claim["verdict"] == "supported"
    assert citation["quote"] == "The library opens on 3 March. It lends 40,000 books."


def test_a_record_of_an_answer_stands(home: str, tmp_path: Path) -> None:
    file = str(tmp_path / "record.json")
    told("ask", "By how much have Albanian small boat arrivals fallen?", "--home", home, "--record", file)
    verified = told("verify", file, "--home", home)
    assert verified["stands"] is True
    assert [citation["state"] for claim in verified["claims"] for citation in claim["citations"]] == ["same"]


def test_doctor(home: str) -> None:
    diagnosis = told("doctor", "--home", home)
    assert diagnosis["encoder"].startswith("all-MiniLM-L6-v2@53aa51172d14")
    assert diagnosis["index"]["passages"] == diagnosis["index"]["vectors"] == diagnosis["index"]["lexical"]
    assert "All is well." in run("doctor", "--home", home).stdout


def test_errors_are_said_without_a_traceback(home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, said in [
        (("ask", "x", "--home", str(tmp_path / "none")), "pincite sync"),
        (("ask", "  ", "--home", home), "empty"),
        (("sync", str(tmp_path / "nowhere"), "--home", str(tmp_path / "h")), "does not exist"),
        (("show", "nothing.md", "--home", home), "nothing.md"),
        (("check", str(tmp_path / "missing.txt"), "--home", home), "missing.txt"),
    ]:
        result = run(*arguments)
        assert result.exit_code == 1, result.output
        assert said in result.stderr
        assert "Traceback" not in result.output
    result = run("doctor", "--home", str(tmp_path / "none"))
    assert (result.exit_code, "pincite sync" in result.stdout) == (1, True)
    monkeypatch.setenv("PINCITE_INDX", "x")
    assert "known here" in run("ask", "x", "--home", home).stderr
    assert run("ask").exit_code == 2


def test_every_command_and_option_has_a_help_text() -> None:
    listing = run("--help").stdout
    for command in ("sync", "ask", "check", "verify", "chat", "doctor", "search", "show"):
        assert command in listing
        text = run(command, "--help").stdout
        options = re.findall(r"^\s+(--[\w-]+)[^\n]*?(?:\s{2,}(\S.*))?$", text, re.MULTILINE)
        assert options
        assert all(described for _, described in options), f"{command}: {options}"
