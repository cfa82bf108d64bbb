"""The events of a chat model's answer, word by word: what a scripted assistant yields for a prepared answer."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from assistant import Answer, ClaimChecked, ClaimWithheld, Event, Restarted, Written


def writing(answer: Answer, word_seconds: float) -> Iterator[Event]:
    """Yield the claims of ``answer`` as they are written and checked; the withheld ones second."""
    claims = answer.claims
    for each in (*claims[:1], *answer.withheld, *claims[1:]):
        yield from _words(f"{each.text} [1]", word_seconds)
        if each in answer.withheld:
            yield ClaimWithheld(claim=each)
        else:
            yield ClaimChecked(text=answer.text[: each.end], claim=each)


def failing(answer: Answer, notice: str, word_seconds: float) -> Iterator[Event]:
    """Yield the first claim of ``answer``, half of a sentence, and that all of it is void."""
    first = answer.claims[0]
    yield from _words(first.text, word_seconds)
    yield ClaimChecked(text=first.text, claim=first)
    yield from _words("Half of a sentence that", word_seconds)
    yield Restarted(notice=notice)


def _words(text: str, seconds: float) -> Iterator[Event]:
    for word in re.finditer(r"\S+", text):
        time.sleep(seconds)
        yield Written(text=text[: word.end()])
