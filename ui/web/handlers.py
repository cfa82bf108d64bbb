"""What the page asks of the server, free of Gradio: answer a question, open a document, fill an empty chat.

Each takes what the browser sent, untrusted, and returns values for the page. Errors become sentences here: what
Pincite raises on purpose is shown as it is, anything else is logged under a request id and shown as that id only.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Generator, Iterator
from time import monotonic
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import (
    Document,
    DocumentInfo,
    Event,
    IndexMissingError,
    PinciteError,
    Settings,
    Turn,
    Written,
    render_answer,
)
from ui.progress import Progress, after, closed_at_the_end
from ui.web.reader import Mark, document_html, section
from ui.web.render import Patch, examples_html, footer_text, problem_html, turn_patch, welcome_html
from ui.web.sources import link_html, meta_line

logger = logging.getLogger(__name__)

CHANGED = "This document has changed since it was cited: the quoted words have moved or gone."

History = tuple[Turn, ...]

Offset = Annotated[int, Field(ge=0)]

MAX_HISTORY = 20
"""Turns kept to read a follow-up by. A question leans on the last few; a long chat must not grow without bound."""


BETWEEN_WORDS = 0.1
"""Seconds, at least, between two updates of the words being written; what is checked is shown at once. By judgement."""


class Answering(Protocol):
    """The part of :class:`assistant.Assistant` that the page needs."""

    @property
    def settings(self) -> Settings:
        """The settings in force, the longest question among them."""
        ...

    @property
    def model(self) -> str | None:
        """The name of the chat model that writes answers, if any does."""
        ...

    def stream(self, question: str, history: History = (), /) -> Iterator[Event]:
        """Answer ``question`` event by event; the last one is the whole answer."""
        ...

    def documents(self) -> list[DocumentInfo]:
        """Return what is indexed."""
        ...

    def document(self, document_id: str, /) -> Document:
        """Return one document with its text."""
        ...

    def examples(self) -> list[str]:
        """Return questions that the documents answer."""
        ...


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ask(_Request):
    """A question, and the number that the page gave to the turn."""

    question: str
    turn: int = Field(ge=0)


class Open(_Request):
    """A document to open at the words ``[start, end)``, where ``quote`` should stand; ``others`` are marked weakly.

    With ``before`` or ``after``, the text of the same document before or after that offset.
    """

    document: str = Field(max_length=4096)
    start: Offset
    end: Offset
    quote: str = ""
    others: tuple[tuple[Offset, Offset], ...] = Field(default=(), max_length=500)
    before: Offset | None = None
    after: Offset | None = None


def respond(assistant: Answering, request: object, history: History) -> Generator[tuple[Patch, History]]:
    """Answer one question, yielding what the page shows of it and the conversation so far, event by event.

    Closing the generator stops the answer: it closes the assistant's stream.
    """
    try:
        ask = Ask.model_validate(request)
    except ValidationError:
        logger.info("a question was refused: it is not of the form that the page sends")
        return
    try:
        yield from _answer(assistant, ask.turn, ask.question.strip(), history)
    except Exception as error:  # the last line of defence: a visitor sees a sentence, never a traceback
        yield _failed(ask.turn, in_words(error)), history


def _answer(assistant: Answering, turn: int, question: str, history: History) -> Iterator[tuple[Patch, History]]:
    progress = Progress(read_as=question)
    yield turn_patch(turn, question, progress), history
    shown = monotonic()
    with closed_at_the_end(assistant.stream(question, history)) as events:
        for event in events:
            progress = after(progress, event)
            if isinstance(event, Written) and monotonic() - shown < BETWEEN_WORDS:
                continue
            copy = render_answer(progress.answer, withheld=False) if progress.answer else ""
            yield turn_patch(turn, question, progress, copy), (*history, _said(question, progress))[-MAX_HISTORY:]
            shown = monotonic()


def _said(question: str, progress: Progress) -> Turn:
    """Return the turn as later questions are read with it: only what was checked."""
    read_as = progress.read_as if progress.read_as != question else None
    return Turn(question=question, answer=progress.text, read_as=read_as)


def _failed(turn: int, message: str) -> Patch:
    return Patch(turn=turn, done=True, tail=problem_html(message))


def in_words(error: Exception) -> str:
    """Return what a visitor may read of an error; one that Pincite did not foresee is logged under the id told."""
    if isinstance(error, PinciteError):
        return str(error)
    request = uuid.uuid4().hex[:8]
    logger.error("request %s failed", request, exc_info=error)
    return f"Something went wrong. The server's log says more under request {request}."


def welcome(assistant: Answering) -> dict[str, str]:
    """Return what an empty chat says (``html``), and the foot of the page (``footer``, plain text)."""

    def fill() -> dict[str, str]:
        count = _count(assistant)
        return {"html": welcome_html(count), "footer": footer_text(count, assistant.model)}

    return _guarded(fill)


def examples(assistant: Answering) -> dict[str, str]:
    """Return example questions as ``html``. Trying them out can take seconds, so the page asks for them last."""
    return _guarded(lambda: {"html": examples_html(assistant.examples() if _count(assistant) else [])})


def _count(assistant: Answering) -> int:
    try:
        return len(assistant.documents())
    except IndexMissingError:
        return 0


def open_document(assistant: Answering, request: object) -> dict[str, str]:
    """Return a document opened at the cited words: ``title``, ``meta`` and ``notice`` as text, ``link`` and ``html``.

    Where ``request`` asks for more of a document that is open, only ``html``. ``error`` instead where it fails.
    """

    def open_at() -> dict[str, str]:
        wanted = Open.model_validate(request)
        document = assistant.document(wanted.document)
        marks = _marks(wanted, document)
        if wanted.before is not None or wanted.after is not None:
            return {"html": section(document, marks, before=wanted.before, after=wanted.after or 0)}
        return {
            "title": document.title,
            "meta": meta_line(document),
            "link": link_html(document.url),
            "notice": "" if marks else CHANGED,
            "html": document_html(document, marks),
        }

    return _guarded(open_at)


def _marks(wanted: Open, document: Document) -> list[Mark]:
    """Return the words to mark; none where the quote no longer stands where it was cited."""
    if wanted.quote and document.text[wanted.start : wanted.end] != wanted.quote:
        return []
    return [Mark(wanted.start, wanted.end, True), *(Mark(start, end, False) for start, end in wanted.others)]


def _guarded(work: Callable[[], dict[str, str]]) -> dict[str, str]:
    try:
        return work()
    except ValidationError:
        return {"error": "The page sent something that cannot be read. Please reload it."}
    except Exception as error:  # as in respond
        return {"error": in_words(error)}
