"""A real chat model on this machine over ``docs_corpus/``: what it writes is borne out, or is not shown.

The file is Qwen2.5-Coder-1.5B-Instruct (``tests/quality/fetch_model.py``); every test here takes minutes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Checker, ClaimChecked, Settings, Verdict, Written
from assistant.chain import INSTEAD
from assistant.evidence import Evidence
from assistant.generative import GenerativeWriter
from assistant.gguf import served, stop_servers
from assistant.llm import context_of, load_chat_model
from assistant.settings import GenerationSettings
from tests.conftest import CORPUS, GGUF

pytestmark = [pytest.mark.llm, pytest.mark.models, pytest.mark.timeout(1200)]

GENERATION = GenerationSettings(timeout_seconds=300, most_tokens=200)  # two busy cores read a prompt for a minute
QUESTIONS = {q["id"]: q for q in json.loads((Path(__file__).parent / "data" / "questions.json").read_text("utf-8"))}
ANSWERED = "boats-fall returned-2024 task-force-new-member forensics-money albanian-leader dublin-end channel-width"
UNANSWERABLE = "cost-of-visit weather-durres rama-age"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with Assistant.open(home) as assistant:
        assistant.sync(CORPUS)
    return home


@pytest.fixture(params=["file", "http"])
def assistant(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """One that names the file, and one that speaks to the file's server as to any OpenAI-compatible one."""
    assert GGUF
    settings = Settings(home=home, llm=f"gguf:{GGUF}", generation=GENERATION)
    if request.param == "http":
        server = served(Path(GGUF), context_of(GENERATION))
        monkeypatch.setenv("OPENAI_API_KEY", server.key)
        generation = GENERATION.model_copy(update={"base_url": server.url})
        settings = Settings(home=home, llm="openai:qwen", generation=generation)
    with Assistant.open(settings=settings) as opened:
        yield opened


def borne_out(answer: Answer) -> bool:
    """Whether a checker that knows nothing of how the answer came about supports each sentence by its cited words."""
    checker = Checker()
    return all(checker.check(claim).verdict is Verdict.SUPPORTED for claim in answer.claims)


def test_every_sentence_shown_is_supported_by_the_words_it_cites_and_most_questions_are_answered(assistant):
    answered = 0
    for name in ANSWERED.split():
        question, words = QUESTIONS[name]["question"], QUESTIONS[name]["gold"]
        *events, answer = assistant.stream(question)
        assert isinstance(answer, Answer)
        assert answer.notice is None
        assert borne_out(answer)
        for claim in answer.claims:
            assert claim.citations
            for citation in claim.citations:
                assert assistant.document(citation.document).text[citation.start : citation.end] == citation.quote
        if answer.refusal is None:
            assert answer.mode == "generative"
            assert any(isinstance(event, Written) for event in events)
        answered += any(word in answer.text for word in words)
    assert answered >= len(ANSWERED.split()) - 2  # a model of this size answers beside the question now and then


@pytest.mark.parametrize("name", UNANSWERABLE.split())
def test_what_the_documents_do_not_answer_is_refused(assistant, name):
    answer = assistant.ask(QUESTIONS[name]["question"])
    assert answer.refusal is not None
    assert answer.claims == ()


def test_what_the_model_knows_by_itself_is_not_shown(home):
    """The refusal before the model is left out here: the model is asked, and what it remembers must fail the check."""
    assert GGUF
    with Assistant.open(home) as assistant:
        evidence = Evidence(assistant._index)
        found = evidence.find(["The Joint Migration Task Force is run with Albania and Kosovo."])[0]
    model = load_chat_model(f"gguf:{GGUF}", GENERATION)
    writer = GenerativeWriter(lambda: model, Checker(), lambda _: found[0], sentences=5)
    for question in ("What is the capital of France?", "Complete the sentence: the capital of France is"):
        events = list(writer.write(question, [None]))  # type: ignore[list-item]
        assert not any(isinstance(event, ClaimChecked) for event in events)


def test_a_server_killed_in_the_middle_of_an_answer_gives_the_documents_own_sentences_at_once(home):
    settings = Settings(home=home, llm=f"gguf:{GGUF}", generation=GENERATION)
    with Assistant.open(settings=settings) as assistant:
        stream = assistant.stream(QUESTIONS["boats-fall"]["question"])
        while not isinstance(next(stream), Written):
            pass
        stop_servers()
        killed = time.monotonic()
        *_, answer = stream
        assert time.monotonic() - killed < 5
    assert isinstance(answer, Answer)
    assert answer.mode == "extractive"
    assert answer.notice is not None
    assert answer.notice.endswith(INSTEAD)
    assert answer.claims
