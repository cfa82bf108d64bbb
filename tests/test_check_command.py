"""``pincite check`` and ``pincite verify`` as commands: options, forms, gates and files; a stand-in judges."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from reported import REPORT, SOURCE
from typer.testing import CliRunner, Result

from assistant import (
    Answer,
    Document,
    DocumentInfo,
    DocumentNotFoundError,
    ErrorRates,
    PinciteError,
    Policy,
    Report,
    Settings,
    Verdict,
)
from assistant.judging import Judgement
from ui.cli import app

TEXT = REPORT.text


class StandInChecker:
    """Supports what is in its source, word for word."""

    identity = "stand-in@1"
    error_rates: Mapping[Policy, ErrorRates] = dict.fromkeys(
        Policy, ErrorRates(threshold=0.5, false_pass=0.125, false_strip=0.25, measured_on="40 rows")
    )

    def under(self, policy: Policy) -> StandInChecker:
        assert isinstance(policy, Policy)
        return self

    def judge_many(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        return [
            Judgement(
                verdict=Verdict.SUPPORTED if claim in source else Verdict.UNSUPPORTED, reason="So.", score=1, match=1
            )
            for claim, source in pairs
        ]


class StandIn:
    """Returns the report of ``reported``, whatever the text; has one document, where its first quote stands."""

    settings = Settings()
    model = None
    checker = StandInChecker()
    asked: dict[str, Any]

    def __init__(self) -> None:
        self.asked = {}
        self.text = " " * 840 + SOURCE + " " * 5000

    def open(self, *, settings: Settings) -> StandIn:
        assert settings
        return self

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def check(self, text: str, *, against: Sequence[str], policy: Policy | None) -> Report:
        self.asked = {"text": text, "against": list(against), "policy": policy}
        if "nowhere.txt" in against:
            raise PinciteError("'nowhere.txt' is no document and no file")
        return REPORT

    def ask(self, question: str, *_: object) -> Answer:
        return Answer(question=question, read_as=question, text=TEXT, claims=REPORT.claims[:1], fingerprint="f")

    def document(self, document_id: str) -> Document:
        if document_id != "notice.md":
            raise DocumentNotFoundError(document_id)
        return Document(**dict(self.documents()[0]), text=self.text)

    def documents(self) -> list[DocumentInfo]:
        return [DocumentInfo(id="notice.md", title="Port Alder notice", sha256="0" * 64)]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    made = StandIn()
    monkeypatch.setattr("assistant.Assistant", made, raising=False)
    return made


@pytest.fixture
def article(tmp_path: Path, stand_in: StandIn) -> str:
    assert stand_in
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=text)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# A text


def test_options_reach_the_api(article: str, stand_in: StandIn) -> None:
    run("check", article, "--against", "a.md", "--document", "b.md", "--policy", "strict")
    assert stand_in.asked == {"text": TEXT, "against": ["a.md", "b.md"], "policy": Policy.STRICT}
    run("check", "-", text="A text.")
    assert stand_in.asked == {"text": "A text.", "against": [], "policy": None}


def test_every_format_is_written_to_the_terminal_and_to_a_file(article: str, tmp_path: Path) -> None:
    begins = {"text": "≠ ", "json": '{\n  "version"', "markdown": "> **Checked", "html": "<!doctype", "junit": "<?xml"}
    for name, begin in begins.items():
        shown = run("check", article, "--format", name)
        assert shown.exit_code == 0, shown.output
        assert shown.stdout.startswith(begin)
        file = tmp_path / f"report.{name}"
        quiet = run("check", article, "--format", name, "--output", str(file))
        assert quiet.stdout == ""
        if name != "html":  # which says when it was written
            assert file.read_text(encoding="utf-8") == shown.stdout
    assert json.loads(run("check", article, "--json").stdout) == json.loads((tmp_path / "report.json").read_bytes())


@pytest.mark.parametrize(
    ("options", "code", "failures"),
    [
        ((), 0, 4),
        (("--fail-on", "never"), 0, 0),
        (("--fail-on", "contradicted"), 3, 1),
        (("--fail-on", "unsupported"), 3, 4),
        (("--fail-on", "partly"), 3, 5),
        (("--exit-code",), 3, 5),
    ],
)
def test_the_gate_sets_the_exit_code_and_the_failures(
    article: str, options: tuple[str, ...], code: int, failures: int
) -> None:
    result = run("check", article, "--format", "junit", *options)
    assert (result.exit_code, ET.fromstring(result.stdout).get("failures")) == (code, str(failures))


def test_explain_shows_the_error_rates_of_every_policy(article: str) -> None:
    told = run("check", article, "--explain").stdout
    assert "score 0.040" in told
    assert "* strict" in told  # the policy of the report
    assert "  lenient" in told
    assert "12.5%" in told
    assert "40 rows" in told


@pytest.mark.parametrize("arguments", [(), ("x.txt", "--pairs", "y.jsonl")])
def test_a_text_or_pairs_and_not_both(arguments: tuple[str, ...]) -> None:
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert "one of the two" in result.stderr


def test_what_cannot_be_read_or_written_is_said(article: str, tmp_path: Path) -> None:
    for arguments, said in [
        ((str(tmp_path / "none.txt"),), "none.txt cannot be read"),
        ((article, "--against", "nowhere.txt"), "no document and no file"),
        ((article, "--output", str(tmp_path / "no" / "where.txt")), "cannot be written"),
        ((article, "--record", str(tmp_path / "no" / "where.json")), "cannot be written"),
        (("--pairs", str(tmp_path / "none.jsonl")), "none.jsonl cannot be read"),
    ]:
        result = run("check", *arguments)
        assert result.exit_code == 1, result.output
        assert said in result.stderr
        assert "Traceback" not in result.output


# Pairs


def test_pairs_give_one_line_a_row_in_order(stand_in: StandIn, tmp_path: Path) -> None:
    assert stand_in
    lines = "".join(json.dumps({"id": n, "claim": f"{n}", "source": "13"}) + "\n" for n in range(200))
    plain, packed, output = tmp_path / "rows.jsonl", tmp_path / "rows.jsonl.gz", tmp_path / "out.jsonl"
    plain.write_text(lines, encoding="utf-8")
    packed.write_bytes(gzip.compress(lines.encode()))
    for result in (run("check", "--pairs", str(plain)), run("check", "--pairs", str(packed))):
        assert result.exit_code == 0, result.output
        assert [row["id"] for row in rows(result)] == list(range(200))
        assert [row["id"] for row in rows(result) if row["verdict"] == "supported"] == [1, 3, 13]
        assert rows(result)[0].keys() == {"id", "verdict", "score", "reason"}
    assert rows(run("check", "--pairs", "-", text=lines)) == rows(run("check", "--pairs", str(plain), "--json"))
    assert run("check", "--pairs", str(plain), "--output", str(output)).stdout == ""
    assert len(output.read_text(encoding="utf-8").splitlines()) == 200


def test_a_bad_row_is_told_in_its_place_and_by_the_exit_code(stand_in: StandIn) -> None:
    assert stand_in
    pair = '{{"claim": "{}", "source": "a"}}'
    result = run("check", "--pairs", "-", text=f"{pair.format('a')}\nnonsense\n{pair.format('b')}\n")
    assert result.exit_code == 1
    first, wrong, last = rows(result)
    assert (first["verdict"], last["verdict"]) == ("supported", "unsupported")
    assert wrong["line"] == 2
    assert "1 row could not be judged" in result.stderr


@pytest.mark.parametrize(
    "option", [("--against", "a"), ("--record", "r"), ("--explain",), ("--fail-on", "partly"), ("--format", "html")]
)
def test_options_of_a_text_are_refused_with_pairs(option: tuple[str, ...]) -> None:
    result = run("check", "--pairs", "x.jsonl", *option)
    assert result.exit_code == 2
    assert "--pairs goes with" in result.stderr


# Records


def test_a_record_is_verified_and_what_changed_is_told(article: str, stand_in: StandIn, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    assert run("check", article, "--record", str(file)).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["checker"] == "pincite-fake@1"
    result = run("verify", str(file))
    assert result.exit_code == 3
    assert "document missing" in result.stdout  # brief.pdf
    told = json.loads(run("verify", str(file), "--json").stdout)
    assert told["stands"] is False
    assert next(c["citations"][0]["state"] for c in told["claims"] if c["citations"]) == "same"
    assert stand_in


def test_the_record_of_an_answer_stands_until_the_source_changes(stand_in: StandIn, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    assert run("ask", "When is the summit?", "--record", str(file)).exit_code == 0
    result = run("verify", str(file))
    assert (result.exit_code, result.stdout.count("stands as recorded")) == (0, 1)
    stand_in.text = stand_in.text.replace("2026", "2028")
    result = run("verify", str(file))
    assert result.exit_code == 3
    assert "quote gone" in result.stdout
    assert "spring of 2028" in result.stdout


def test_what_is_no_record_is_said(stand_in: StandIn, article: str) -> None:
    assert stand_in
    result = run("verify", article)
    assert result.exit_code == 1
    assert "is no record of Pincite" in result.stderr
