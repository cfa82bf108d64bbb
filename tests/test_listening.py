"""A model's stream, read so that it can be stopped at any moment."""

import time

import pytest

from assistant.listening import Request, Words, listen
from assistant.testing import ScriptedChatModel


def asking(model: ScriptedChatModel) -> Request:
    return Request(model, "Which words?")


def test_words_come_in_order_and_the_end_waits_for_nothing():
    started = time.monotonic()
    for _ in range(20):
        model = ScriptedChatModel(["one two three"])
        assert "".join(words.text for words in listen(lambda model=model: asking(model))) == "one two three"
    assert time.monotonic() - started < 2  # one wait for a cancelled request takes as long


def test_errors_of_the_model_and_of_its_loading_are_raised():
    model = ScriptedChatModel([["one", TimeoutError("late")]])
    heard = listen(lambda: asking(model))
    with pytest.raises(TimeoutError, match="late"):
        list(heard)

    def loading() -> Request:
        raise OSError("no such file")

    with pytest.raises(OSError, match="no such file"):
        list(listen(loading))


def test_silence_is_told_and_closing_cancels_the_request():
    model = ScriptedChatModel(["one"], pause_seconds=60)
    heard = listen(lambda: asking(model))
    assert next(heard) == Words()
    started = time.monotonic()
    heard.close()
    assert model.closed
    assert time.monotonic() - started < 1
