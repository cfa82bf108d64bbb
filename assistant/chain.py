"""The path of a question, stage by stage, and nothing else. Each stage is an argument with a small protocol.

question -> condense -> retrieve -> score sentences -> answer, or refuse -> check -> Answer
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.types import Answer, CheckedClaim, Claim, ClaimChecked, Draft, Event, QuestionRead, Refusal, Turn
from index import Filters, Hit, SentenceHit


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


class Refuser(Protocol):
    """Says whether the documents answer a question at all."""

    def judge(self, question: str, sentences: Sequence[SentenceHit]) -> Refusal | None:
        """Return why no answer is to be given, or None."""


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
    ) -> None:
        self._condense = condense
        self._retriever = retriever
        self._scorer = scorer
        self._answerer = answerer
        self._refuser = refuser
        self._checker = checker
        self._passages = passages
        self._fingerprint = fingerprint

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
        refusal = self._refuser.judge(read_as, sentences)
        draft = Draft(text="", claims=()) if refusal else self._answerer.answer(read_as, sentences)
        clock.lap("answer")
        checked = []
        for claim in draft.claims:
            checked.append(self._checker.check(claim))
            yield ClaimChecked(text=draft.text[: claim.end], claim=checked[-1])
        clock.lap("check")
        yield Answer(
            question=question,
            read_as=read_as,
            text=refusal.reason if refusal else draft.text,
            refusal=refusal,
            claims=tuple(checked),
            fingerprint=self._fingerprint(),
            timings_ms=clock.timings(),
        )


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
