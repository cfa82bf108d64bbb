"""A chat model's stream that can be stopped while the model is silent.

A reader who stops must not wait for the next words: a model may think for a minute before the first. So the stream is
read in an event loop of its own, where a request can be cancelled at any moment, which closes its connection.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Generator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from langchain_core.language_models import LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable

TICK_SECONDS = 0.2
"""Longest time for which nothing is yielded."""

_CANCEL_SECONDS = 2.0  # for the connection to be closed; a model that only knows blocking calls may take longer

_CUT = frozenset(("length", "max_tokens", "max_output_tokens", "MAX_TOKENS"))
"""How providers name the end of an answer that was longer than it may be."""


class Words(NamedTuple):
    """What a model has said since the last time; ``cut`` where it was stopped in the middle, being too long."""

    text: str = ""
    cut: bool = False


class Request(NamedTuple):
    """A model, and what it is asked."""

    model: Runnable[LanguageModelInput, AIMessage]
    messages: LanguageModelInput


_Heard = Words | BaseException | None
"""Words, the error that ended the stream, or its end."""


def listen(prepare: Callable[[], Request]) -> Generator[Words, None, None]:
    """Yield a model's words as they come, and none while it is silent. Closing the generator cancels the request.

    ``prepare`` may take its time, such as to load the model: it runs in a thread of its own.

    Raises:
        Exception: whatever ``prepare`` or the model's package raises.
    """
    heard: queue.SimpleQueue[_Heard] = queue.SimpleQueue()
    request = asyncio.run_coroutine_threadsafe(_heard(prepare, heard), _loop())
    ended = False
    try:
        while True:
            try:
                said = heard.get(timeout=TICK_SECONDS)
            except queue.Empty:
                yield Words()
                continue
            ended = not isinstance(said, Words)
            if said is None:
                return
            if isinstance(said, BaseException):
                raise said
            yield said
    finally:
        request.cancel()
        if not ended:
            _wait_for_end(heard)


async def _heard(prepare: Callable[[], Request], heard: queue.SimpleQueue[_Heard]) -> None:
    """Put what a model says into the queue, and last how it ended."""
    end: _Heard = None
    try:
        model, messages = await asyncio.to_thread(prepare)
        async for chunk in model.astream(messages):
            told = chunk.response_metadata
            ended = {str(told.get(name)) for name in ("finish_reason", "stop_reason", "done_reason")}
            heard.put(Words(str(chunk.text), cut=not ended.isdisjoint(_CUT)))
    except asyncio.CancelledError:
        raise
    except BaseException as error:  # handed to the thread that listens
        end = error
    finally:
        heard.put(end)


def _wait_for_end(heard: queue.SimpleQueue[_Heard]) -> None:
    """Wait until a cancelled request has been closed, for a short time."""
    try:
        while isinstance(heard.get(timeout=_CANCEL_SECONDS), Words):
            pass
    except queue.Empty:
        pass


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The one event loop of all models: their packages keep connections, and these belong to a loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="pincite-models", daemon=True).start()
    return loop
