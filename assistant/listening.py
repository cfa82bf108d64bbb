"""A chat model's stream that can be stopped while the model is silent.

A reader who stops must not wait for the next words: a model may think for a minute before the first. So the stream is
read in an event loop of its own, where a request can be cancelled at any moment, which closes its connection.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Generator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable

TICK_SECONDS = 0.2
"""Longest time for which nothing is yielded."""

_CANCEL_SECONDS = 2.0  # for the connection to be closed; a model that only knows blocking calls may take longer

Heard = str | BaseException | None
"""Words, the error that ended the stream, or its end."""


def listen(model: Runnable[LanguageModelInput, AIMessage], messages: LanguageModelInput) -> Generator[str, None, None]:
    """Yield a model's words as they come, and "" while it is silent. Closing the generator cancels the request.

    Raises:
        Exception: whatever the model's package raises.
    """
    heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    request = asyncio.run_coroutine_threadsafe(_heard(model, messages, heard), _loop())
    try:
        while True:
            try:
                said = heard.get(timeout=TICK_SECONDS)
            except queue.Empty:
                yield ""
                continue
            if said is None:
                return
            if isinstance(said, BaseException):
                raise said
            yield said
    finally:
        if request.cancel():
            _wait_for_end(heard)


async def _heard(
    model: Runnable[LanguageModelInput, AIMessage], messages: LanguageModelInput, heard: queue.SimpleQueue[Heard]
) -> None:
    """Put what a model says into the queue, and last how it ended."""
    end: Heard = None
    try:
        async for chunk in model.astream(messages):
            heard.put(str(chunk.text))
    except asyncio.CancelledError:
        raise
    except BaseException as error:  # handed to the thread that listens
        end = error
    finally:
        heard.put(end)


def _wait_for_end(heard: queue.SimpleQueue[Heard]) -> None:
    """Wait until a cancelled request has been closed, for a short time."""
    try:
        while isinstance(heard.get(timeout=_CANCEL_SECONDS), str):
            pass
    except queue.Empty:
        pass


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The one event loop of all models: their packages keep connections, and these belong to a loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="pincite-models", daemon=True).start()
    return loop
