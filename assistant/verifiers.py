"""Who weighs a claim against a text: the bundled model, another cross-encoder, a chat model, or nobody.

All have one interface, so each can be a setting (``check.verifier``); what their figures are worth is calibrated for
each in :mod:`assistant.weighing`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from assistant.entailment.model import EntailmentModel
from assistant.errors import ModelFailedError
from assistant.failures import explain_failure
from assistant.llm import load_chat_model
from assistant.prompts import JUDGE
from assistant.settings import GenerationSettings
from index import Matrix, ModelLoadError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput

BUNDLED = "bundled"
NONE = "none"
CHAT_PREFIX = "chat:"
_RETRIES = 2  # a check asks once for each pair, so a provider's limit is soon reached; nobody is waiting for each word

_OUTCOMES = (("entail", "support", "consistent"), ("neutral", "not_enough", "nei"), ("contradict", "refute"))
_SURE = {"supported": (0.95, 0.04, 0.01), "not_enough": (0.05, 0.9, 0.05), "contradicted": (0.01, 0.04, 0.95)}
_NEGATED = ("not", "non", "in", "un")
_WORD = re.compile(
    r"\b(?:(?P<un>not[_ -]enough|not[_ -]supported|unsupported)|(?P<against>contradicted)|supported)\b", re.I
)


class Verifier(Protocol):
    """Judges pairs of texts."""

    @property
    def identity(self) -> str:
        """Name and revision; decides which calibration is used."""

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return P(supported), P(not enough said), P(contradicted) for each (source, claim), shape (pairs, 3)."""


class NoVerifier:
    """Weighs nothing: claims are judged by words and facts alone."""

    identity = NONE

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return a third for each outcome."""
        return np.full((len(pairs), 3), 1 / 3, dtype=np.float32)


class CrossEncoderVerifier:
    """Any sentence-transformers ``CrossEncoder`` for inference or fact checking, by name or path.

    Models with labels that name entailment (and contradiction) are read by them; a model with one output is read as
    the probability of support.

    Raises:
        ModelLoadError: the model cannot be loaded, or its labels say nothing of entailment.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelLoadError(f"the verifier {name!r} cannot be loaded: {str(error).splitlines()[0]}") from error
        self.identity = name
        self._columns = _columns(name, dict(self._model.config.id2label))

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return P(supported), P(not enough said), P(contradicted) for each (source, claim), shape (pairs, 3)."""
        found = np.zeros((len(pairs), 3), dtype=np.float32)
        if not pairs:
            return found
        logits = np.asarray(self._model.predict(list(pairs), activation_fn=_identity(), show_progress_bar=False))
        if logits.ndim == 1:
            found[:, 0] = 1 / (1 + np.exp(-logits))
        else:
            shares = np.exp(logits - logits.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            for column, outcome in self._columns.items():
                found[:, outcome] += shares[:, column]
        found[:, 1] = 1 - found[:, 0] - found[:, 2]
        return found


class ChatVerifier:
    """A chat model as judge, with the evidence quoted to it. It says one of three words for each pair."""

    def __init__(self, model: BaseChatModel, identity: str) -> None:
        self._model = model
        self.identity = identity

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return what the model says of each (source, claim), shape (pairs, 3); a third each where it says neither.

        Raises:
            ModelFailedError: the model does not answer; the message says why.
        """
        prompts: list[LanguageModelInput] = [
            JUDGE.format(source=_kept_inside(source), claim=_kept_inside(claim)) for source, claim in pairs
        ]
        try:
            replies = self._model.batch(prompts) if prompts else []
        except Exception as error:
            raise ModelFailedError(f"The verifier {self.identity!r}: {explain_failure(error)}") from error
        found = [_outcome(str(reply.text)) for reply in replies]
        return np.array(found, dtype=np.float32).reshape(-1, 3)


@lru_cache(maxsize=4)
def load_verifier(name: str) -> Verifier:
    """Return the verifier that a setting names: ``bundled``, ``none``, ``chat:provider:model``, or a name or path.

    Raises:
        ModelLoadError: it cannot be loaded; the message says what to do.
    """
    if name == BUNDLED:
        return EntailmentModel()
    if name == NONE:
        return NoVerifier()
    if name.startswith(CHAT_PREFIX):
        return _chat(name)
    return CrossEncoderVerifier(name)


def _chat(name: str) -> ChatVerifier:
    try:
        model = load_chat_model(name.removeprefix(CHAT_PREFIX), GenerationSettings(), retries=_RETRIES)
    except ModelLoadError as error:
        raise ModelLoadError(f"the chat model of {name!r} cannot be used: {error}") from error
    return ChatVerifier(model, name)


def _columns(name: str, labels: Mapping[int, str]) -> dict[int, int]:
    """Which output of a model is which outcome, by the names of its labels."""
    if len(labels) == 1:
        return {0: 0}
    found = {
        int(column): outcome
        for column, label in labels.items()
        for outcome, stems in enumerate(_OUTCOMES)
        if any(stem in label.lower() for stem in stems) and not label.lower().startswith(_NEGATED)
    }
    if 0 not in found.values():
        raise ModelLoadError(
            f"the labels of {name!r} ({', '.join(labels.values())}) name no entailment: choose a model for inference "
            "or fact checking"
        )
    return found


def _kept_inside(text: str) -> str:
    """The text without what would end the marks around it: it must not speak to the model from outside of them."""
    return re.sub(r"</?(?=\s*(?:text|claim)\b)", "", text, flags=re.IGNORECASE)


def _outcome(reply: str) -> tuple[float, float, float]:
    said = _WORD.search(reply)
    if said is None:
        return (1 / 3, 1 / 3, 1 / 3)
    return _SURE["not_enough" if said["un"] else "contradicted" if said["against"] else "supported"]


def _identity() -> Any:
    from torch.nn import Identity

    return Identity()
