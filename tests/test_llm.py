"""Chat models by name: what providers stream is read, what goes wrong is told in plain words, keys are told nowhere."""

from __future__ import annotations

import json
import logging
import re
import socket
import subprocess
import sys
import time

import pytest

from assistant.errors import ModelFailedError
from assistant.llm import context_of, explain_failure, load_chat_model
from assistant.settings import GenerationSettings
from index import ModelLoadError
from tests import replayed
from tests.replayed import WORDS, replaying

KEY = "sk-secret-1234567890"
FORMATS = {
    "openai": replayed.openai(),
    "llama.cpp": replayed.llama_cpp(),
    "anthropic": replayed.anthropic(),
    "ollama": replayed.ollama(),
}
PROVIDERS = ("openai", "anthropic", "ollama")


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setenv("OLLAMA_API_KEY", KEY)


def loaded(provider: str, url: str, **settings: object):
    base = f"{url}/v1" if provider in ("openai", "llama.cpp") else url
    given = GenerationSettings.model_validate({"base_url": base, "timeout_seconds": 5, **settings})
    return load_chat_model(f"{'openai' if provider == 'llama.cpp' else provider}:m", given)


def failure(provider: str, body: bytes, status: int = 200, **how: object) -> tuple[BaseException, list[str], float]:
    """The error that a stream ends with, the words that came before it, and the seconds that it took."""
    words: list[str] = []
    settings = {name: how.pop(name) for name in ("timeout_seconds",) if name in how}
    with replaying(body, status, **how) as server:  # type: ignore[arg-type]
        model = loaded(provider, server.url, **settings)
        began = time.monotonic()
        with pytest.raises(Exception) as raised:  # noqa: PT011 - each provider has its own
            words.extend(chunk.text for chunk in model.stream("When?"))
        assert len(server.asked) == 1, "tried again, behind the reader's back"
        return raised.value, [word for word in words if word], time.monotonic() - began


@pytest.mark.parametrize("provider", FORMATS)
def test_the_words_of_a_stream_are_read(provider):
    with replaying(FORMATS[provider], kind="application/x-ndjson" if provider == "ollama" else "") as server:
        model = loaded(provider, server.url, most_tokens=123)
        assert [text for chunk in model.stream("When?") if (text := chunk.text)] == list(WORDS)
    ((path, headers, asked),) = server.asked
    assert path == {"anthropic": "/v1/messages", "ollama": "/api/chat"}.get(provider, "/v1/chat/completions")
    assert headers.get("x-api-key") == KEY or headers["authorization"] == f"Bearer {KEY}"
    options = asked["options"] if provider == "ollama" else asked
    assert options["temperature"] == 0
    assert options["num_predict" if provider == "ollama" else "max_tokens"] == 123
    assert asked["stream"] is True


def test_ollama_is_told_how_much_it_must_read_and_not_to_think_aloud():
    with replaying(FORMATS["ollama"]) as server:
        model = loaded("ollama", server.url)
        model.invoke("When?")
    asked = server.asked[0][2]
    assert asked["options"]["num_ctx"] == context_of(GenerationSettings()) >= 4000
    assert asked["think"] is False


REFUSALS = [
    (400, "context_length_exceeded: your messages have 9,000 tokens", "longer than the model can read"),
    (400, "prompt is too long: 210000 tokens > 200000 maximum", "longer than the model can read"),
    (400, "request (9030 tokens) exceeds the available context size (5120 tokens)", "longer than the model can read"),
    (400, "Your credit balance is too low to use this", "no more requests at the moment"),
    (400, "temperature is out of range", "did not accept the request"),
    (401, f"Incorrect API key provided: {KEY}", "did not accept the key"),
    (403, "not allowed here", "did not accept the key"),
    (404, "model 'm' not found", "does not know this model"),
    (429, "slow down", "no more requests at the moment"),
    (500, "boom", "has a fault or is overloaded"),
    (503, "Loading model", "has a fault or is overloaded"),
    (529, "Overloaded", "has a fault or is overloaded"),
]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(("status", "message", "plain"), REFUSALS)
def test_a_refusal_is_told_in_plain_words_at_once(provider, status, message, plain):
    body = json.dumps({"error": message if provider == "ollama" else {"type": "t", "message": message}}).encode()
    error, words, _ = failure(provider, body, status, kind="application/json")
    assert plain in explain_failure(error)
    assert words == []
    assert_says_nothing_private(explain_failure(error))


def assert_says_nothing_private(text: str) -> None:
    assert not re.search(r"sk-|secret|127\.0\.0\.1|localhost|://|\d{3,}|Error", text), text


def half(provider: str) -> bytes:
    """What was sent before it went wrong: the first words, and a part of the next event."""
    whole = FORMATS[provider]
    return whole[: whole.index(b" in May")]


@pytest.mark.parametrize("provider", FORMATS)
def test_a_connection_cut_in_mid_stream_is_an_error(provider):
    error, words, _ = failure(provider, half(provider), cut=True)
    assert words == list(WORDS[:2])
    assert explain_failure(error) == "The connection to the model broke off."


@pytest.mark.parametrize("provider", FORMATS)
@pytest.mark.parametrize("said", ["nothing", "half"])
def test_a_server_that_hangs_is_given_up(provider, said):
    error, _, seconds = failure(provider, half(provider) if said == "half" else b"", hangs=True, timeout_seconds=0.3)
    assert explain_failure(error) == "The model took too long to answer."
    assert seconds < 10  # of the 20 for which the server would go on


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_is_not_there_is_told(provider):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(Exception) as raised:  # noqa: PT011
            list(loaded(provider, url).stream("When?"))
    assert explain_failure(raised.value) == "The model's server cannot be reached."


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_connection_is_waited_for_four_seconds_at_most(provider):
    model = loaded(provider, "http://127.0.0.1:9", timeout_seconds=600)
    clients = {
        "openai": lambda: (model.root_client.timeout, model.root_async_client.timeout),
        "anthropic": lambda: (model._client.timeout, model._async_client.timeout),
        "ollama": lambda: (model._client._client.timeout, model._async_client._client.timeout),
    }
    for timeout in clients[provider]():
        assert (timeout.connect, timeout.read) == (4, 600)


GARBAGE = {
    "openai": b"data: {not json\n\n",
    "llama.cpp": b'data: {"unexpected": "shape"}\n\ndata: 17\n\n',
    "anthropic": b"event: message_start\ndata: {not json\n\n",
    "ollama": b"<html>Welcome to the router</html>\n",
}


@pytest.mark.parametrize("provider", GARBAGE)
def test_garbage_is_an_error_and_told(provider):
    error, words, _ = failure(provider, GARBAGE[provider])
    assert words == []
    assert explain_failure(error) == "The model's server sent something that is no answer."


INSIDE = {
    "openai": (b'data: {"error": {"message": "server_error", "type": "server_error"}}\n\n', "has a fault"),
    "llama.cpp": (
        b'data: {"error": {"code": 400, "message": "exceeds the available context size", "type": "t"}}\n\n',
        "longer than the model can read",
    ),
    "anthropic": (
        b'event: error\ndata: {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}\n\n',
        "has a fault or is overloaded",
    ),
    "ollama": (b'{"error": "llama runner: internal server error"}\n', "has a fault"),
}


@pytest.mark.parametrize("provider", INSIDE)
def test_an_error_told_inside_of_a_stream_is_one(provider):
    told, plain = INSIDE[provider]
    start = half(provider)[: half(provider).rindex(b"\n") + 1]
    error, words, _ = failure(provider, start + told)
    assert words == list(WORDS[:2])
    assert plain in explain_failure(error)


@pytest.mark.parametrize(
    ("error", "plain"),
    [
        (TimeoutError(), "took too long"),
        (ConnectionRefusedError(), "cannot be reached"),
        (ConnectionResetError(), "broke off"),
        (TypeError("Could not resolve authentication method"), "did not accept the key"),
        (RuntimeError(f"{KEY} at http://127.0.0.1"), "The model failed."),
        (ModelFailedError("It wrote nothing."), "It wrote nothing."),
        (ModelLoadError("/home/me/model.gguf is missing"), "cannot be used as it is set up"),
    ],
)
def test_other_errors_are_told_too(error, plain):
    assert plain in explain_failure(error)
    assert_says_nothing_private(explain_failure(error))


def test_what_an_error_came_from_counts():
    error = RuntimeError("wrapped")
    error.__cause__ = ConnectionResetError()
    assert "broke off" in explain_failure(error)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_keys_are_in_no_log_no_error_and_no_text_of_a_model(provider, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    with replaying(b'{"error": "no"}', 401, "application/json") as server:
        model = loaded(provider, server.url)
        with pytest.raises(Exception) as raised:  # noqa: PT011
            list(model.stream("When?"))
    shown = f"{model!r} {model} {caplog.text} {raised.value!r} {explain_failure(raised.value)}"
    assert KEY not in shown
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_a_server_of_ones_own_needs_no_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    with replaying(FORMATS["openai"]) as server:
        assert "".join(chunk.text for chunk in loaded("openai", server.url).stream("When?")) == "".join(WORDS)
    assert server.asked[0][1]["authorization"] == "Bearer none"


@pytest.mark.parametrize(
    ("llm", "variable"), [("openai:gpt-5", "OPENAI_API_KEY"), ("anthropic:m", "ANTHROPIC_API_KEY")]
)
def test_a_missing_key_is_named_by_its_variable(llm, variable, monkeypatch):
    monkeypatch.delenv(variable)
    with pytest.raises(ModelLoadError, match=f"environment variable {variable}"):
        load_chat_model(llm, GenerationSettings())


@pytest.mark.parametrize(
    ("llm", "package", "install"),
    [
        ("openai:gpt-5", "langchain_openai", "pip install 'pincite[openai]'"),
        ("anthropic:m", "langchain_anthropic", "pip install 'pincite[anthropic]'"),
        ("ollama:qwen3", "langchain_ollama", "pip install 'pincite[ollama]'"),
        ("groq:m", "langchain_groq", "pip install 'langchain-groq'"),
    ],
)
def test_a_missing_package_is_named_with_what_to_install(llm, package, install, monkeypatch):
    from langchain.chat_models import base

    base._get_chat_model_creator.cache_clear()
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelLoadError, match=re.escape(install)):
        load_chat_model(llm, GenerationSettings())


@pytest.mark.parametrize(
    ("llm", "message"),
    [
        ("gpt-5", "PROVIDER:MODEL"),
        ("openai:", "PROVIDER:MODEL"),
        (":m", "PROVIDER:MODEL"),
        ("nobody:m", "no provider is called 'nobody'; known are openai"),
        ("gguf:/nowhere/model.gguf", "/nowhere/model.gguf cannot be read: No such file"),
    ],
)
def test_a_name_that_means_nothing_is_told(llm, message):
    with pytest.raises(ModelLoadError, match=re.escape(message)):
        load_chat_model(llm, GenerationSettings())


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("127.0.0.1:8080", "no address of a server"),
        ("http://", "no address of a server"),
        ("http://[", "no address of a server"),
        (f"http://me:{KEY}@127.0.0.1/v1", "holds a password or key"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_quoting_it(address, message):
    with pytest.raises(ModelLoadError, match=message) as raised:
        load_chat_model("openai:m", GenerationSettings(base_url=address))
    assert KEY not in str(raised.value)


def test_a_model_that_thinks_is_given_room_for_it():
    thinking = load_chat_model("openai:gpt-5", GenerationSettings(most_tokens=500))
    assert thinking.max_tokens > 2000
    assert thinking.temperature is None
    plain = load_chat_model("openai:gpt-4.1", GenerationSettings(most_tokens=500))
    assert (plain.max_tokens, plain.temperature) == (500, 0)


def test_loading_a_hosted_model_sends_nothing_and_switches_no_tracing_on(monkeypatch):
    from langsmith.utils import tracing_is_enabled

    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connected"))
    for provider in PROVIDERS:
        load_chat_model(f"{provider}:m", GenerationSettings())
    assert not tracing_is_enabled()


def test_nothing_of_it_is_loaded_with_the_module():
    heavy = ("openai", "anthropic", "ollama", "langchain", "langchain_core", "httpx", "xllamacpp")
    code = f"import assistant.llm, sys; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
