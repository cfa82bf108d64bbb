"""A GGUF file served by llama.cpp: what cannot be served is told; a fake child shows how one is started and ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import gguf
from assistant.gguf import served, stop_servers
from assistant.llm import explain_failure, load_chat_model
from assistant.settings import GenerationSettings
from index import ModelLoadError
from tests.conftest import GGUF
from tests.replayed import WORDS, llama_cpp, replaying

SETTINGS = GenerationSettings(timeout_seconds=300, most_tokens=400)
SERVES = """
import json, os, sys
wanted = json.loads(sys.stdin.readline())
open(sys.argv[0] + ".log", "a").write(json.dumps(wanted) + "\\n")
print(json.dumps({"url": "http://127.0.0.1:9"}), flush=True)
sys.stdin.read()
open(sys.argv[0] + ".log", "a").write("ended\\n")
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF\x03\x00\x00\x00")
    return file


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    yield
    stop_servers()


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script in the place of llama.cpp, which notes what it is asked for."""
    script = tmp_path / "child.py"
    script.write_text(SERVES)
    monkeypatch.setattr(gguf, "_COMMAND", (sys.executable, str(script)))
    monkeypatch.setattr(gguf, "find_spec", lambda _: True)
    return script


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "model.gguf cannot be read: No such file or directory"),
        (b"", "is not a GGUF file"),
        (b"PK\x03\x04 a zip", "is not a GGUF file"),
    ],
)
def test_a_file_that_is_no_model_is_told(content, message, model):
    if content is None:
        model.unlink()
    else:
        model.write_bytes(content)
    with pytest.raises(ModelLoadError, match=message):
        served(model, 4096)


def test_a_folder_is_told(tmp_path):
    with pytest.raises(ModelLoadError, match="cannot be read: Is a directory"):
        served(tmp_path, 4096)


def test_a_missing_package_is_named_with_its_extra(model, monkeypatch):
    monkeypatch.setattr(gguf, "find_spec", lambda _: None)
    with pytest.raises(ModelLoadError, match=r"pip install 'pincite\[local-llm\]'"):
        served(model, 4096)


def noted(child: Path) -> list[str]:
    return Path(f"{child}.log").read_text().splitlines()


def test_a_file_is_served_once_and_again_when_its_server_has_died(model, child):
    first = served(model, 4096)
    assert first.url == "http://127.0.0.1:9/v1"
    assert served(model, 4096) is served(model, 2048) is first
    first.process.kill()
    first.process.wait()
    second = served(model, 4096)
    assert second.process.poll() is None
    assert second.key != first.key
    assert len(noted(child)) == 2


def test_a_longer_context_needs_another_server(model, child):
    short = served(model, 4096)
    long = served(model, 8192)
    assert short.process.poll() is not None
    assert (long.context, long.process.poll()) == (8192, None)
    assert '"context": 8192' in noted(child)[1]


def test_its_key_is_on_no_command_line_and_in_no_text(model, child):
    server = served(model, 4096)
    assert server.key in noted(child)[0]
    assert server.key not in f"{server!r} {server} {server.process.args}"


def test_the_child_ends_with_this_process(model, child):
    server = served(model, 4096)
    assert server.process.stdin
    server.process.stdin.close()  # as the system does for a process that is gone
    assert server.process.wait(10) == 0
    assert noted(child)[-1] == "ended"


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ('print(\'{"error": "RuntimeError: unknown architecture"}\')', "unknown architecture"),
        ("raise SystemExit(3)", "ended without a word"),
        ("print('hello')", "ended without a word"),
    ],
)
def test_what_llama_cpp_cannot_load_is_told(script, message, model, child):
    child.write_text(f"import sys; sys.stdin.readline(); sys.stderr.close(); {script}")
    with pytest.raises(ModelLoadError, match=message):
        served(model, 4096)
    assert not gguf._servers


def test_a_model_speaks_to_its_server_with_its_key_past_any_proxy(model, child, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-someone-else")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with replaying(llama_cpp()) as server:
        child.write_text(SERVES.replace("http://127.0.0.1:9", server.url))
        loaded = load_chat_model(f"gguf:{model}", SETTINGS)
        assert [text for chunk in loaded.stream("When?") if (text := chunk.text)] == list(WORDS)
    ((path, headers, asked),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {served(model, 4096).key}"
    assert asked["max_tokens"] == SETTINGS.most_tokens
    assert load_chat_model(f"gguf:{model}", SETTINGS) is loaded


def test_stopping_while_a_model_loads_waits_for_nothing(model, child):
    child.write_text("import time; time.sleep(60)")
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(served, model, 4096)
        while not gguf._children:
            time.sleep(0.01)
        began = time.monotonic()
        stop_servers()
        with pytest.raises(ModelLoadError, match="ended without a word"):
            loading.result(10)
    assert time.monotonic() - began < 10
    assert not gguf._children


def test_loading_has_an_end(model, child, monkeypatch):
    child.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(gguf, "_LOAD_SECONDS", 0.1)
    with pytest.raises(ModelLoadError, match="ended without a word"):
        served(model, 4096)


@pytest.mark.llm
@pytest.mark.timeout(600)
def test_a_real_model_is_loaded_and_answers():
    model = load_chat_model(f"gguf:{GGUF}", SETTINGS)
    words = [chunk.text for chunk in model.stream("Which word is the contrary of 'cold'? Answer with one word.")]
    assert len(words) > 1
    assert "hot" in "".join(words).lower()


@pytest.mark.llm
@pytest.mark.timeout(600)
def test_a_real_server_that_is_killed_in_mid_answer_is_noticed_at_once():
    words = load_chat_model(f"gguf:{GGUF}", SETTINGS).stream("Count from one to two hundred, in words.")
    assert [next(words) for _ in range(5)]
    stop_servers()
    killed = time.monotonic()
    with pytest.raises(Exception) as raised:  # noqa: PT011 - the provider's own
        list(words)
    assert time.monotonic() - killed < 2
    assert explain_failure(raised.value) == "The connection to the model broke off."


@pytest.mark.skipif(gguf.find_spec("xllamacpp") is None, reason="needs the extra local-llm")
def test_llama_cpp_tells_of_a_file_that_it_cannot_load(model):
    with pytest.raises(ModelLoadError, match=r"llama.cpp cannot load .*model\.gguf"):
        served(model, 4096)
