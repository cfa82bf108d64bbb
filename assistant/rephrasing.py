"""A follow-up made to stand alone by a chat model; by rules where the model fails or says too much."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.failures import explain_failure
from assistant.prompts import CONDENSE, CONDENSED, conversation_block, plain
from assistant.types import Turn
from index import content_words

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput

LONGEST = 300
"""Characters from which on what a model returns is taken for an answer rather than a question; by judgement."""

_log = logging.getLogger(__name__)


class ModelCondenser:
    """Asks a chat model to rewrite a follow-up; ``fallback`` does it where the model does not.

    A question without a conversation before it is left as it is, and the model is not asked.
    """

    def __init__(self, load: Callable[[], BaseChatModel], fallback: Callable[[str, Sequence[Turn]], str]) -> None:
        self._load = load
        self._fallback = fallback

    def __call__(self, question: str, history: Sequence[Turn]) -> str:
        """Return ``question`` as it can be understood without ``history``."""
        if not history:
            return question
        asked = CONDENSED.format(conversation=conversation_block(history), question=plain(question))
        messages: LanguageModelInput = [("system", CONDENSE), ("human", asked)]
        try:
            written = str(self._load().invoke(messages).text)
        except Exception as error:  # whatever a provider's package raises; the rules serve as well
            _log.warning("the model did not rewrite a follow-up: %s", explain_failure(error))
            written = ""
        return _question(written, question, history) or self._fallback(question, history)


def _question(written: str, question: str, history: Sequence[Turn]) -> str | None:
    """What the model wrote, where it is a question that says nothing that nobody said."""
    lines = [line.strip(" \"'“”*`") for line in written.splitlines() if line.strip()]
    if len(lines) != 1 or not 0 < len(lines[0]) <= LONGEST:
        return None
    told = lines[0].removeprefix("Rewritten:").strip()
    said = " ".join([question, *(f"{turn.question} {turn.read_as or ''} {turn.answer}" for turn in history)])
    new = {word.stem for word in content_words(told)} - {word.stem for word in content_words(said)}
    return told if told and not new else None
