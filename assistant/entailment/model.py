"""The bundled entailment model: all-MiniLM-L6-v2 as a cross-encoder with three outcomes (see MODEL_CARD.md).

Its word embeddings are those of the bundled encoder, which training left alone; the rest is stored here, eight bits a
weight. The only module of this package that loads torch, and only when the model is first used.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import Matrix, ModelLoadError, bundled_weights, computes_bfloat16, length_batches

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import BertForSequenceClassification

WEIGHTS = Path(__file__).with_name("entailment.safetensors")
"""Eight-bit weights, written by ``tests/quality/train_entailment.py``."""

LENGTH = 224
"""Word pieces of source and claim together; the longer one is cut (see :mod:`assistant.entailment.windows`)."""

WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"
_BATCH = 16
_SCALE = ".scale"


class EntailmentModel:
    """Judges pairs of texts. Safe for several threads.

    Raises:
        ModelLoadError: the weights are missing or damaged; the message says what to do.
    """

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights
        self._lock = threading.Lock()
        self._loaded: tuple[BertForSequenceClassification, Tokenizer] | None = None

    @property
    def identity(self) -> str:
        """Name and hash of the weights."""
        return f"pincite-entailment@{_digest(self._weights)[:12]}"

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return P(supported), P(not enough said), P(contradicted) for each (source, claim), shape (pairs, 3).

        Without pairs nothing is loaded: an answer in the documents' own words needs no model.
        """
        if not pairs:
            return np.zeros((0, 3), dtype=np.float32)
        import torch

        model, tokenizer = self._open()
        encodings = tokenizer.encode_batch(list(pairs))
        found = np.zeros((len(pairs), 3), dtype=np.float32)
        for batch in length_batches([len(encoding.ids) for encoding in encodings], _BATCH):
            inputs = _padded([encodings[i] for i in batch])
            with torch.inference_mode():
                logits = model(**inputs).logits
            found[batch] = logits.float().softmax(-1).numpy()
        return found

    def _open(self) -> tuple[BertForSequenceClassification, Tokenizer]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._weights)
            return self._loaded


def _padded(encodings: Sequence[Any]) -> dict[str, torch.Tensor]:
    import torch

    longest = max(len(encoding.ids) for encoding in encodings)
    names = {"input_ids": "ids", "token_type_ids": "type_ids", "attention_mask": "attention_mask"}
    inputs = {name: torch.zeros((len(encodings), longest), dtype=torch.long) for name in names}
    for row, encoding in enumerate(encodings):
        for name, attribute in names.items():
            inputs[name][row, : len(encoding.ids)] = torch.tensor(getattr(encoding, attribute))
    return inputs


@lru_cache(maxsize=4)
def _digest(weights: Path) -> str:
    try:
        with weights.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelLoadError(f"{weights} cannot be read ({error.strerror}): install Pincite again") from error


def _load(weights: Path) -> tuple[BertForSequenceClassification, Tokenizer]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertForSequenceClassification

    folder = bundled_weights()
    _digest(weights)
    try:
        state = restored(load_file(weights))
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        # Fused attention: on two cores 1.5 times as fast as the eager one for windows, and as fast for sentences.
        model = BertForSequenceClassification(BertConfig(**config | {"num_labels": 3, "attn_implementation": "sdpa"}))
        state[f"bert.{WORD_EMBEDDINGS}"] = load_file(folder / "model.safetensors")[WORD_EMBEDDINGS]
        model.load_state_dict(state)
    except (SafetensorError, RuntimeError, KeyError) as error:
        raise ModelLoadError(f"{weights} does not hold an entailment model: {str(error).splitlines()[0]}") from error
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH, strategy="longest_first")  # the source, unless the claim is longer still
    model.train(False)
    # Half precision where the processor computes in it: 1.5 times as fast as letting torch choose, twice as fast as
    # single precision; ROC-AUC on 300 rows of VitaminC .832 and .833.
    if computes_bfloat16():
        model.bfloat16()
    return model, tokenizer


def packed(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return ``state`` without the word embeddings, matrices as eight-bit integers with one scale a row."""
    import torch

    found: dict[str, torch.Tensor] = {}
    for name, tensor in state.items():
        if name.endswith(WORD_EMBEDDINGS) or not tensor.is_floating_point():
            continue
        if tensor.dim() == 2 and min(tensor.shape) > 3:
            scale = tensor.abs().amax(dim=1, keepdim=True).clamp_min(1e-12) / 127
            found[name] = (tensor / scale).round().to(torch.int8)
            found[name + _SCALE] = scale.float()
        else:
            found[name] = tensor.float()
    return found


def restored(stored: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return single-precision tensors from what :func:`packed` made."""
    return {
        name: tensor.float() * stored[name + _SCALE] if name + _SCALE in stored else tensor
        for name, tensor in stored.items()
        if not name.endswith(_SCALE)
    }
