"""Scripted chat models for tests: the seam where a language model would be, without weights, network or chance.

:class:`ScriptedChatModel` gives prepared replies and records what it was asked. :class:`ObedientChatModel` does what
the documents tell it: whatever is built around a model must hold when the model itself is turned. Both are LangChain's
``BaseChatModel``, so they go wherever a real one does. Importing this module loads ``langchain_core``.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, SystemMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

Piece: TypeAlias = str | AIMessageChunk | BaseException
"""One step of a stream: words, a message in a provider's own shape, or an error that is raised there."""

Reply: TypeAlias = str | BaseException | Sequence[Piece] | Callable[[list[BaseMessage]], "str | Sequence[Piece]"]
"""A text, cut into small chunks; an error; the chunks themselves; or what makes a reply of the messages."""

HERE = "{here}"
"""In what an :class:`Order` has written: the number of the evidence that gave the order; 1 where it is not numbered."""

SYSTEM_PROMPT = "{system prompt}"
"""In what an :class:`Order` has written: the text of the system message."""

_NUMBERED = re.compile(r"^\s*\[(?P<number>\d{1,3})\]\s*(?P<words>\S.*)$", re.MULTILINE)


class ScriptedChatModel(BaseChatModel):
    """Gives the replies of a queue, one a call, streamed or whole.

    Args:
        replies: what to answer, in order; a call after the last one is an AssertionError.
        chunk_characters: length of the chunks that a text is cut into: with 1 or 2, every marker is split.
        pause_seconds: wait before each chunk.
    """

    model_name: str = "scripted"
    chunk_characters: int = 3
    pause_seconds: float = 0.0

    _replies: deque[Reply] = PrivateAttr(default_factory=deque)
    _calls: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _options: list[dict[str, Any]] = PrivateAttr(default_factory=list)
    _closed: bool = PrivateAttr(default=False)

    def __init__(self, replies: Iterable[Reply] = (), **fields: Any) -> None:
        super().__init__(**fields)
        self._replies.extend(replies)

    @property
    def calls(self) -> list[list[BaseMessage]]:
        """The messages of each call so far."""
        return self._calls

    @property
    def options(self) -> list[dict[str, Any]]:
        """What was bound or passed with each call, such as ``stop`` or ``response_format``."""
        return self._options

    @property
    def closed(self) -> bool:
        """Whether a stream was closed before its end: whoever read it has stopped."""
        return self._closed

    @property
    def prompts(self) -> list[str]:
        """The text of each call's messages, one below the other."""
        return [_text_of(messages) for messages in self._calls]

    def _reply(self, messages: list[BaseMessage]) -> Reply:  # noqa: ARG002 - for subclasses
        if not self._replies:
            raise AssertionError(f"the script has no reply for call {len(self._calls)}")
        return self._replies.popleft()

    def _pieces(self, messages: list[BaseMessage], options: dict[str, Any]) -> Sequence[Piece]:
        """Record a call and return its reply as the steps of a stream."""
        self._calls.append(list(messages))
        self._options.append({name: value for name, value in options.items() if value is not None})
        reply = self._reply(messages)
        if callable(reply):
            reply = reply(messages)
        if isinstance(reply, BaseException):
            return (reply,)
        return _chunks(reply, self.chunk_characters) if isinstance(reply, str) else reply

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - LangChain's
        **options: Any,
    ) -> Iterator[ChatGenerationChunk]:
        try:
            for message in self._messages(self._pieces(messages, {"stop": stop, **options})):
                yield ChatGenerationChunk(message=message)
        except GeneratorExit:
            self._closed = True
            raise

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002 - LangChain's
        **options: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        try:
            for piece in self._pieces(messages, {"stop": stop, **options}):
                await asyncio.sleep(self.pause_seconds)
                yield ChatGenerationChunk(message=_message(piece))
        except (GeneratorExit, asyncio.CancelledError):
            self._closed = True
            raise

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - LangChain's
        **options: Any,
    ) -> ChatResult:
        pieces = self._pieces(messages, {"stop": stop, **options})
        text = "".join(str(message.text) for message in self._messages(pieces))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])

    def _messages(self, pieces: Sequence[Piece]) -> Iterator[AIMessageChunk]:
        for piece in pieces:
            if self.pause_seconds:
                time.sleep(self.pause_seconds)
            yield _message(piece)

    @property
    def _llm_type(self) -> str:
        return "scripted"


def _message(piece: Piece) -> AIMessageChunk:
    """One step of a stream as a message; an error is raised."""
    if isinstance(piece, BaseException):
        raise piece
    # A copy, because LangChain writes its own id into what it is given.
    return AIMessageChunk(content=piece) if isinstance(piece, str) else piece.model_copy()


class Order(NamedTuple):
    """What makes an obedient model write what: where any of ``found`` stands in the prompt, it writes ``written``.

    The system message, which is ours, gives no orders; white space does not matter. Of several, the first that stands
    there is what gave the order (:data:`HERE`).
    """

    found: str | tuple[str, ...]
    written: str

    def met(self, text: str) -> str | None:
        """Return which of the words of the order stand in ``text``."""
        words = (self.found,) if isinstance(self.found, str) else self.found
        return next((each for each in words if _flat(each) in _flat(text)), None)


class ObedientChatModel(ScriptedChatModel):
    """Carries out every order that reaches it, and cites for it the evidence that the order stands in.

    Where none reaches it, it repeats the first evidence with its marker: the honest answer of a model without wit.
    Evidence is what stands in the prompt behind a number in square brackets, at the start of a line.

    Args:
        orders: what it looks for, and what it writes then.
        answers_too: whether it adds the first evidence to what it was ordered to write.
    """

    model_name: str = "obedient"
    answers_too: bool = False

    _orders: tuple[Order, ...] = PrivateAttr(default=())
    _obeyed: list[Order] = PrivateAttr(default_factory=list)

    def __init__(self, orders: Iterable[Order] = (), **fields: Any) -> None:
        super().__init__(**fields)
        self._orders = tuple(orders)

    @property
    def obeyed(self) -> list[Order]:
        """The orders carried out so far."""
        return self._obeyed

    def _reply(self, messages: list[BaseMessage]) -> Reply:
        evidence = evidence_of(messages)
        given = _text_of(_outside_system(messages))
        found = [order for order in self._orders if order.met(given)]
        self._obeyed.extend(found)
        written = [_carried_out(order, messages, evidence) for order in found]
        if evidence and (self.answers_too or not found):
            number, words = next(iter(evidence.items()))
            written.append(f"{words} [{number}]")
        return "\n".join(written)


def evidence_of(messages: Sequence[BaseMessage]) -> dict[int, str]:
    """Return the numbered evidence of a prompt, in its order; of a number that stands twice, the first."""
    found: dict[int, str] = {}
    for match in _NUMBERED.finditer(_text_of(_outside_system(messages))):
        found.setdefault(int(match["number"]), match["words"].strip())
    return found


def _carried_out(order: Order, messages: Sequence[BaseMessage], evidence: dict[int, str]) -> str:
    met = _flat(order.met(_text_of(_outside_system(messages))) or "")
    here = next((number for number, words in evidence.items() if met in _flat(words)), 1)
    system = "\n".join(str(message.text) for message in messages if isinstance(message, SystemMessage))
    return order.written.replace(HERE, str(here)).replace(SYSTEM_PROMPT, system)


def _outside_system(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    return [message for message in messages if not isinstance(message, SystemMessage)]


def _text_of(messages: Sequence[BaseMessage]) -> str:
    return "\n".join(str(message.text) for message in messages)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _chunks(text: str, length: int) -> list[str]:
    """Cut a text; an empty one is one empty chunk, as providers send it."""
    return [text[start : start + length] for start in range(0, len(text), length)] or [""]
