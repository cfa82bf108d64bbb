"""The data of answers and checks. Each type is defined once, here; its JSON form is a public contract (README).

Two texts are in play. Offsets of a *claim* count characters of the answer (or of the text being checked); offsets of a
*citation* count characters of the cited document's canonical text.
"""

from __future__ import annotations

import datetime
from collections import Counter
from enum import StrEnum
from typing import Literal

from pydantic import Field

from index import Model, Span

JSON_VERSION = 1
"""Version of the JSON written by ``ask`` and ``check``; raised when a field changes its meaning or goes away."""


class Verdict(StrEnum):
    """How a claim stands to the words it cites."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly_supported"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    UNCITED = "uncited"
    DANGLING = "dangling"


SYMBOLS = {
    Verdict.SUPPORTED: "✓",
    Verdict.PARTLY_SUPPORTED: "◐",
    Verdict.UNSUPPORTED: "✗",
    Verdict.CONTRADICTED: "≠",
    Verdict.UNCITED: "○",
    Verdict.DANGLING: "?",
}
"""A verdict told by shape, so that it does not depend on colour."""


class Policy(StrEnum):
    """How sure the checker must be before it calls a claim supported."""

    STRICT = "strict"
    BALANCED = "balanced"
    LENIENT = "lenient"


class Turn(Model):
    """One earlier exchange of a conversation. ``read_as`` is the question as it was understood, where that differs."""

    question: str
    answer: str = ""
    read_as: str | None = None


class Citation(Model):
    """Exact words of a document: ``quote == document.text[start:end]``.

    ``marker`` is the number shown in the answer; one document has one number in one answer. It is None for evidence
    that was found rather than cited. ``page`` counts from 1. ``sha256`` is the hash of the file as it was when cited.
    """

    marker: int | None = Field(default=None, ge=0)
    document: str
    title: str
    publisher: str | None = None
    kind: str
    date: datetime.date | None = None
    url: str | None = None
    page: int | None = None
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    sha256: str


class Claim(Model):
    """A sentence of a text, at ``[start, end)``, with what it cites.

    ``citations`` are its markers resolved; ``dangling`` are the numbers of markers that point at nothing.
    ``decisive`` are spans of the text inside the claim that hold the figure, name or date that was asked for.
    """

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    citations: tuple[Citation, ...] = ()
    dangling: tuple[int, ...] = ()
    decisive: tuple[Span, ...] = ()


class Departure(Model):
    """Where a claim differs from its source. ``[start, end)`` counts characters of the text that is checked.

    Without a counterpart in the source ``source_value`` and the last three are None; otherwise
    ``source_value == document.text[source_start:source_end]``. ``kind`` is one of :data:`assistant.facts.Kind`.
    """

    kind: str
    reason: str
    claim_value: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    source_value: str | None = None
    document: str | None = None
    source_start: int | None = Field(default=None, ge=0)
    source_end: int | None = Field(default=None, ge=0)


class CheckedPart(Model):
    """One of several statements of a sentence, at ``[start, end)`` of the text, with its own verdict."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    verdict: Verdict
    score: float = Field(ge=0, le=1)


class CheckedClaim(Claim):
    """A claim with its verdict, the reason in words, and the checker's probability of support in [0, 1].

    ``departures`` are what differs from the source. ``parts`` are the statements of a sentence that makes several.
    ``better`` is evidence elsewhere that bears a marked claim out better than what it cites.
    """

    verdict: Verdict
    reason: str
    score: float = Field(ge=0, le=1)
    departures: tuple[Departure, ...] = ()
    parts: tuple[CheckedPart, ...] = ()
    better: Citation | None = None


class Remark(Model):
    """A sentence of a checked text that no source could bear out: it is named, and not failed."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    kind: Literal["question", "greeting", "opinion", "heading"]


class Draft(Model):
    """An answer before it is checked: its text and its claims, in order; no claims where nothing answers."""

    text: str
    claims: tuple[Claim, ...]


class Refusal(Model):
    """Why no answer is given, which part of the question the documents do cover, and the nearest passages."""

    reason: str
    covered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()


class Answer(Model):
    """Everything that is needed to show an answer, to check it again and to replay it.

    ``read_as`` is the standalone question that was searched for. ``fingerprint`` identifies index, encoder, settings.
    ``model`` wrote the answer, if any did. ``withheld`` are sentences it wrote that the documents do not bear out; they
    are not in ``text``. ``notice`` is what the reader must know of how the answer came about, in plain words.
    """

    version: int = JSON_VERSION
    question: str
    read_as: str
    text: str
    refusal: Refusal | None = None
    claims: tuple[CheckedClaim, ...] = ()
    mode: Literal["extractive", "generative"] = "extractive"
    model: str | None = None
    notice: str | None = None
    withheld: tuple[CheckedClaim, ...] = ()
    fingerprint: str
    timings_ms: dict[str, float] = Field(default_factory=dict)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the answer, in the order of its claims."""
        return tuple(citation for claim in self.claims for citation in claim.citations)


class Report(Model):
    """A checked text: every claim with its verdict, and the sentences that state nothing to check.

    ``checker`` names what judged, with its version; ``policy`` how sure it had to be.
    """

    version: int = JSON_VERSION
    text: str
    claims: tuple[CheckedClaim, ...]
    remarks: tuple[Remark, ...] = ()
    policy: Policy = Policy.BALANCED
    checker: str = ""

    @property
    def summary(self) -> dict[str, int]:
        """How many claims have each verdict; every verdict is named."""
        counts = Counter(claim.verdict for claim in self.claims)
        return {verdict.value: counts[verdict] for verdict in Verdict}


class QuestionRead(Model):
    """Event: the question as it was understood."""

    read_as: str


class ClaimChecked(Model):
    """Event: one more claim of the answer, checked. ``text`` is the answer's text up to and including this claim."""

    text: str
    claim: CheckedClaim


class Written(Model):
    """Event: the sentence that a model is writing, as far as it is written. Nothing of it is checked yet."""

    text: str


class ClaimWithheld(Model):
    """Event: a sentence that a model wrote is left out, because nothing bears it out."""

    claim: CheckedClaim


class Restarted(Model):
    """Event: the model failed, so what was shown so far is void; the documents' own sentences follow."""

    notice: str


Event = QuestionRead | Written | ClaimChecked | ClaimWithheld | Restarted | Answer
"""What :meth:`assistant.Assistant.stream` yields; the last event is always the :class:`Answer`."""
