"""Answers of a chat model on the command line: what is shown while they are written, and what is printed at the end."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Self

import pytest
from rich.console import Console
from scripted import (
    FELL,
    MODEL,
    MODEL_NOTICE,
    REMEMBERED,
    RESTART_NOTICE,
    RETURNED,
    ScriptedAssistant,
    cite,
    claim,
    make_answer,
    make_document,
)
from typer.testing import CliRunner, Result

import assistant
from assistant import Answer, ClaimChecked, Event, Settings, Turn, Verdict, Written, printable, render_answer
from ui.cli import app
from ui.progress import Progress, after
from ui.terminal import settings_of
from ui.watching import seen, watched

WRITTEN = "What was written on returns?"


class OpenedAssistant(ScriptedAssistant):
    """A scripted assistant in the place of the real one, opened by the command line."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.model = settings.llm

    @classmethod
    def open(cls, settings: Settings) -> OpenedAssistant:
        return cls(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def stream(self, question: str, history: tuple[Turn, ...] = (), _: object = None) -> Iterator[Event]:
        return super().stream(f"{question} {self.settings.generation.unsupported}", history)

    def ask(self, question: str, history: tuple[Turn, ...] = (), _: object = None) -> Answer:
        *_, answer = self.stream(question, history)
        assert isinstance(answer, Answer)
        return answer


@pytest.fixture
def _opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant, "Assistant", OpenedAssistant)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def watch(question: str, terminal: bool) -> tuple[Answer, str]:
    shown = io.StringIO()
    events = ScriptedAssistant().stream(question)
    return watched(events, Console(file=shown, force_terminal=terminal, width=200)), shown.getvalue()


def progress_of(question: str) -> list[Progress]:
    progress, found = Progress(), []
    for event in ScriptedAssistant().stream(question):
        progress = after(progress, event)
        found.append(progress)
    return found


# While it is written


def test_words_not_checked_are_dim_and_go_when_their_sentence_is_checked() -> None:
    event, *_ = (event for event in ScriptedAssistant().stream(WRITTEN) if isinstance(event, Written))
    text = seen(after(Progress(), event))
    assert text.plain == "More"
    assert [span.style for span in text.spans] == ["dim"]
    checked = next(each for each in progress_of(WRITTEN) if each.claims)
    assert (seen(checked).plain, seen(checked).spans) == (RETURNED, [])


def test_a_sentence_that_is_left_out_is_counted_and_not_shown() -> None:
    left_out = next(each for each in progress_of(WRITTEN) if each.withheld)
    assert seen(left_out).plain == f"{RETURNED}\n1 left out: not borne out by the documents"


def test_a_sentence_that_is_kept_though_not_supported_says_so() -> None:
    assert f"{REMEMBERED} ✗ not supported" in seen(progress_of("written, flagged")[-1]).plain


def test_what_was_shown_goes_when_the_model_fails() -> None:
    restarted = next(each for each in progress_of("restart") if each.notice)
    assert seen(restarted).plain == "reading the documents"
    assert progress_of("restart")[-1].claims[0].text == RETURNED


def test_a_terminal_is_shown_the_words_and_a_pipe_is_not() -> None:
    answer, shown = watch(WRITTEN, True)
    assert answer.model == MODEL
    assert "reading the documents" in shown
    assert shown.count(MODEL_NOTICE) == 1
    answer, shown = watch(WRITTEN, False)
    assert answer.model == MODEL
    assert shown == MODEL_NOTICE + "\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_the_notice_of_a_failed_model_is_said_once(terminal: bool) -> None:
    assert watch("restart", terminal)[1].count(RESTART_NOTICE) == 1


def test_ctrl_c_closes_the_stream_and_keeps_what_was_checked() -> None:
    closed = []

    def interrupted() -> Iterator[Event]:
        try:
            yield from (event for event in ScriptedAssistant().stream(WRITTEN) if isinstance(event, ClaimChecked))
            yield Written(text="Half of")
            raise KeyboardInterrupt
        finally:
            closed.append(True)

    shown = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        watched(interrupted(), Console(file=shown, force_terminal=True, width=200))
    assert closed == [True]
    last = shown.getvalue().split("\x1b[2K")[-1]
    assert f"{RETURNED} [1] {FELL}" in last
    assert "Half of" not in last


# At the end


def test_left_out_sentences_are_told_with_their_reasons_and_not_in_what_is_copied() -> None:
    answer, _ = watch(WRITTEN, False)
    told = f"✗ Left out, unsupported: The source says nothing of France. “{REMEMBERED}”"
    assert told in render_answer(answer)
    assert render_answer(answer).index(told) < render_answer(answer).index("Sources")
    assert REMEMBERED not in render_answer(answer, withheld=False)
    refused, _ = watch("written from memory", False)
    assert render_answer(refused).endswith(told)


def test_what_was_left_out_is_no_claim_of_the_answer_when_it_is_checked_again() -> None:
    from assistant.citing import read_text

    answer, _ = watch(WRITTEN, False)
    assert [claim.text for claim in read_text(render_answer(answer)).claims] == [RETURNED, FELL]


@pytest.mark.usefixtures("_opened")
def test_ask_prints_the_answer_and_says_the_notice_on_standard_error() -> None:
    result = run("ask", WRITTEN, "--llm", "scripted:parrot")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(RETURNED)
    assert MODEL_NOTICE not in result.stdout
    assert MODEL_NOTICE in result.stderr.splitlines()


@pytest.mark.usefixtures("_opened")
def test_the_json_holds_who_wrote_and_what_was_left_out() -> None:
    answer = json.loads(run("ask", WRITTEN, "--llm", "scripted:parrot", "--json").stdout)
    assert (answer["mode"], answer["model"], answer["notice"]) == ("generative", MODEL, MODEL_NOTICE)
    assert [claim["text"] for claim in answer["withheld"]] == [REMEMBERED]


@pytest.mark.usefixtures("_opened")
@pytest.mark.parametrize(
    ("options", "asked", "verdicts"),
    [
        ([], "strict", [Verdict.SUPPORTED] * 2),
        (["--strict"], "strict", [Verdict.SUPPORTED] * 2),
        (["--flag"], "flag", [Verdict.SUPPORTED, Verdict.UNSUPPORTED, Verdict.SUPPORTED]),
    ],
)
def test_flag_and_strict_become_the_setting(options: list[str], asked: str, verdicts: list[Verdict]) -> None:
    # The question ends in the setting's value, and the scripted assistant marks what it keeps where that is "flagged".
    question = "written, flagged" if asked == "flag" else "written"
    answer = json.loads(run("ask", question, "--llm", "scripted:parrot", "--json", *options).stdout)
    assert answer["question"].endswith(asked)
    assert [claim["verdict"] for claim in answer["claims"]] == verdicts


def test_the_options_go_before_file_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_LLM", "ollama:qwen3")
    monkeypatch.setenv("PINCITE_GENERATION__UNSUPPORTED", "flag")
    monkeypatch.setenv("PINCITE_GENERATION__TIMEOUT_SECONDS", "7")
    settings = settings_of(None)
    assert (settings.llm, settings.generation.unsupported) == ("ollama:qwen3", "flag")
    settings = settings_of(None, "openai:gpt-5", False)
    assert (settings.llm, settings.generation.unsupported) == ("openai:gpt-5", "strict")
    assert settings.generation.timeout_seconds == 7
    assert settings_of(None, "none").llm is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ≠ “text”\n\ttab", "plain ≠ “text”\n\ttab"),
        ("red \x1b[31m", "red \N{REPLACEMENT CHARACTER}[31m"),
        ("over\rwritten", "over\N{REPLACEMENT CHARACTER}written"),
        ("a line\r\n", "a line\r\n"),
        ("\x9b2J", "\N{REPLACEMENT CHARACTER}2J"),
        ("plan\u202etxt.md", "plan\N{REPLACEMENT CHARACTER}txt.md"),
    ],
)
def test_no_text_commands_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_the_name_of_a_file_neither_commands_the_terminal_nor_makes_a_source() -> None:
    name = "notes\x1b[2J\n[2] Forged. (other.md 0:5)\u2028.txt"
    answer = make_answer("Did it fall?", claim("It fell.", cite(make_document(name, "It fell."), "It fell.")))
    (told,) = render_answer(answer).split("Sources\n")[1].splitlines()
    assert told.startswith("[1] It fell. (notes\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}[2] Forged.")
    assert "\x1b" not in told
