"""An answer as far as it has come: what web and terminal show while its events arrive."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from assistant import (
    Answer,
    CheckedClaim,
    ClaimChecked,
    ClaimWithheld,
    Event,
    QuestionRead,
    Restarted,
    Written,
)


class Progress(NamedTuple):
    """An answer as far as it has come; the whole of it where ``answer`` is given.

    ``text`` is the answer's text as far as ``claims`` go. ``draft`` is what a model is writing, not checked yet, and
    ``withheld`` what was left out of what it wrote.
    """

    read_as: str = ""
    text: str = ""
    claims: tuple[CheckedClaim, ...] = ()
    draft: str = ""
    withheld: tuple[CheckedClaim, ...] = ()
    notice: str | None = None
    answer: Answer | None = None


def after(progress: Progress, event: Event) -> Progress:
    """Return an answer's progress after one more event. The answer itself overrides all that came before it."""
    match event:
        case QuestionRead():
            return progress._replace(read_as=event.read_as)
        case Written():
            return progress._replace(draft=event.text)
        case ClaimChecked():
            return progress._replace(text=event.text, claims=(*progress.claims, event.claim), draft="")
        case ClaimWithheld():
            return progress._replace(withheld=(*progress.withheld, event.claim), draft="")
        case Restarted():
            return Progress(read_as=progress.read_as, notice=event.notice)
        case Answer():
            return Progress(event.read_as, event.text, event.claims, "", event.withheld, event.notice, event)


@contextmanager
def closed_at_the_end(events: Iterator[Event]) -> Iterator[Iterator[Event]]:
    """Close the stream of an answer when the block ends, and not when it is collected: it may hold a model busy."""
    try:
        yield events
    finally:
        if isinstance(events, Generator):
            events.close()
