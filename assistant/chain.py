"""The path of a question, stage by stage, and nothing else. Each stage is an argument with a small protocol.

question -> condense -> retrieve -> score sentences -> answer, or refuse -> check -> Answer

Where a chat model writes, its sentences are checked one by one as they come; where it fails, the documents' own
sentences take their place, and the answer says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Protocol

from assistant.errors import ModelFailedError
from assistant.types import (
    Answer,
    CheckedClaim,
    Claim,
    ClaimChecked,
    ClaimWithheld,
    Draft,
    Event,
    QuestionRead,
    Refusal,
    Restarted,
    Turn,
    Written,
)
from index import Filters, Hit, SentenceHit

INSTEAD = "These are the documents' own sentences instead."
NOT_FOUND = "The model found no answer in the documents."
NOT_BORNE_OUT = "The documents bear out nothing of what the model wrote on this question."


class Condenser(Protocol):
    """Makes a question that leans on the conversation stand alone."""

    def __call__(self, question: str, history: Sequence[Turn]) -> str:
        """Return the question as it is to be searched for."""


class Retriever(Protocol):
    """Finds passages."""

    def search(self, query: str, limit: int, filters: Filters | None) -> list[Hit]:
        """Return the best passages, the best first."""


class Scorer(Protocol):
    """Scores the sentences of passages."""

    def sentences(self, query: str, hits: Sequence[Hit]) -> list[SentenceHit]:
        """Return the sentences of ``hits``, the best first."""


class Answerer(Protocol):
    """Writes an answer from sentences."""

    def answer(self, question: str, sentences: Sequence[SentenceHit]) -> Draft:
        """Return an answer whose claims cite; one without claims where nothing answers."""


class Writer(Protocol):
    """Has a chat model write an answer from sentences."""

    def write(
        self, question: str, sentences: Sequence[SentenceHit]
    ) -> Iterator[Written | ClaimChecked | ClaimWithheld]:
        """Yield the answer as it is written and checked, or raise ModelFailedError."""


class Refuser(Protocol):
    """Says whether the documents answer a question at all."""

    def judge(self, question: str, sentences: Sequence[SentenceHit]) -> Refusal | None:
        """Return why no answer is to be given, or None."""

    def refuse(self, question: str, sentences: Sequence[SentenceHit], reason: str) -> Refusal:
        """Return a refusal for ``reason``, with the nearest passages."""


class Checker(Protocol):
    """Judges a claim by the words it cites."""

    def check(self, claim: Claim) -> CheckedClaim:
        """Return the claim with its verdict."""


class AnswerChain:
    """Answers questions. Has no state of its own, so many threads may use one."""

    def __init__(
        self,
        *,
        condense: Condenser,
        retriever: Retriever,
        scorer: Scorer,
        answerer: Answerer,
        refuser: Refuser,
        checker: Checker,
        passages: int,
        fingerprint: Callable[[], str],
        writer: Writer | None = None,
        model: str | None = None,
    ) -> None:
        self._condense = condense
        self._retriever = retriever
        self._scorer = scorer
        self._answerer = answerer
        self._refuser = refuser
        self._checker = checker
        self._passages = passages
        self._fingerprint = fingerprint
        self._writer = writer
        self._model = model

    def stream(self, question: str, history: Sequence[Turn], filters: Filters | None) -> Iterator[Event]:
        """Yield how the question is read, each claim once it is checked, and last the whole answer."""
        clock = _Clock()
        read_as = self._condense(question, history)
        yield QuestionRead(read_as=read_as)
        clock.lap("condense")
        hits = self._retriever.search(read_as, self._passages, filters)
        clock.lap("retrieve")
        sentences = self._scorer.sentences(read_as, hits)
        clock.lap("score")
        answer = Answer(question=question, read_as=read_as, text="", fingerprint=self._fingerprint())
        refusal = self._refuser.judge(read_as, sentences)
        if refusal:
            answer = _refused(answer, refusal)
        elif self._writer:
            answer = yield from self._written(self._writer, answer, sentences)
        else:
            answer = yield from self._quoted(answer, sentences)
        clock.lap("answer")
        yield answer.model_copy(update={"timings_ms": clock.timings()})

    def answers(self, question: str) -> bool:
        """Return whether the documents answer ``question``; no model is asked."""
        hits = self._retriever.search(question, self._passages, None)
        sentences = self._scorer.sentences(question, hits)
        return self._refuser.judge(question, sentences) is None

    def _quoted(self, answer: Answer, sentences: Sequence[SentenceHit]) -> Generator[Event, None, Answer]:
        """The answer in the documents' own sentences."""
        draft = self._answerer.answer(answer.read_as, sentences)
        checked = []
        for claim in draft.claims:
            checked.append(self._checker.check(claim))
            yield ClaimChecked(text=draft.text[: claim.end], claim=checked[-1])
        return answer.model_copy(update={"text": draft.text, "claims": tuple(checked)})

    def _written(
        self, writer: Writer, answer: Answer, sentences: Sequence[SentenceHit]
    ) -> Generator[Event, None, Answer]:
        """The answer that a model writes, as far as the documents bear it out."""
        claims: list[CheckedClaim] = []
        withheld: list[CheckedClaim] = []
        text = ""
        try:
            for event in writer.write(answer.read_as, sentences):
                if isinstance(event, ClaimChecked):
                    claims.append(event.claim)
                    text = event.text
                elif isinstance(event, ClaimWithheld):
                    withheld.append(event.claim)
                yield event
        except ModelFailedError as error:
            notice = f"{error} {INSTEAD}"
            yield Restarted(notice=notice)
            answer = yield from self._quoted(answer, sentences)
            return answer.model_copy(update={"notice": notice})
        answer = answer.model_copy(
            update={"mode": "generative", "model": self._model, "claims": tuple(claims), "withheld": tuple(withheld)}
        )
        if claims:
            return answer.model_copy(update={"text": text})
        reason = NOT_BORNE_OUT if withheld else NOT_FOUND
        return _refused(answer, self._refuser.refuse(answer.read_as, sentences, reason))


def _refused(answer: Answer, refusal: Refusal) -> Answer:
    return answer.model_copy(update={"text": refusal.reason, "refusal": refusal})


class _Clock:
    """Milliseconds spent in each stage."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round((now - self._last) * 1000, 1)
        self._last = now

    def timings(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self._start) * 1000, 1)}
