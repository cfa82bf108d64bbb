"""A sentence pointed at the words among the evidence that bear it out: not at others, and not at more than it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.features import Pair
from assistant.judging import Judgement
from assistant.support import overlap
from assistant.types import CheckedClaim, Citation, Claim, Verdict

TRIED = 4
"""Pieces of evidence that a sentence is held against, at most: those with most of its words; by judgement."""

LEAST = 0.4
"""Share of a sentence's words that a piece of evidence must have to be tried; by judgement."""

TOGETHER = 3
"""Pieces of evidence that may bear a sentence out together, at most; by judgement, as in :mod:`assistant.deciding`."""

KEPT = 2
"""Pieces of evidence that stay, at most, where each supports a sentence alone; by judgement."""

MOVED = "The model cited other words; these bear the sentence out."
FOUND = "The model cited nothing; these words bear the sentence out."

Piece = tuple[Citation, ...]
"""What is cited together: a sentence, or the head of a table and one of its rows."""


class Checker(Protocol):
    """Judges claims by what they cite, and by any text."""

    def check(self, claim: Claim) -> CheckedClaim:
        """Return the claim with its verdict."""

    def judge_many(self, pairs: Sequence[tuple[str, str] | Pair]) -> Sequence[Judgement]:
        """Return how the source bears the claim out for each (claim, source)."""


def check_or_repoint(claim: Claim, evidence: Sequence[Piece], checker: Checker) -> CheckedClaim:
    """Return ``claim`` with its verdict; where its own citations fail, with those of ``evidence`` that support it.

    Of several citations those stay that support it alone, if any do. What was re-pointed says so in its reason.
    """
    claim = _narrowed(claim, evidence)
    checked = checker.check(claim)
    if checked.verdict is Verdict.SUPPORTED:
        return _pruned(claim, checked, evidence, checker)
    better = _best(claim, evidence, checker)
    if better is None:
        return checked
    moved = checker.check(claim.model_copy(update={"citations": better, "dangling": ()}))
    said = MOVED if claim.citations or claim.dangling else FOUND
    return moved.model_copy(update={"reason": f"{said} {moved.reason}"})


def _narrowed(claim: Claim, evidence: Sequence[Piece]) -> Claim:
    """The claim with its nearest citations, where it cites more than can be read together: that is citing nothing."""
    cited = _cited(claim, evidence)
    if len(cited) <= TOGETHER:
        return claim
    nearest = sorted(cited, key=lambda piece: -overlap(claim.text, _words(piece)).score)[:TOGETHER]
    return claim.model_copy(update={"citations": tuple(citation for piece in nearest for citation in piece)})


def _cited(claim: Claim, evidence: Sequence[Piece]) -> list[Piece]:
    quotes = {citation.quote for citation in claim.citations}
    return [piece for piece in evidence if {citation.quote for citation in piece} <= quotes]


def _pruned(claim: Claim, checked: CheckedClaim, evidence: Sequence[Piece], checker: Checker) -> CheckedClaim:
    """The claim without the citations that it can do without: a reader who opens one must find it borne out."""
    cited = _cited(claim, evidence)
    if len(cited) < 2:
        return checked
    judged = checker.judge_many([_pair(claim, piece) for piece in cited])
    alone = [(j.score, -i) for i, j in enumerate(judged) if j.verdict is Verdict.SUPPORTED]
    if not alone:
        return checked
    kept = [cited[-i] for _, i in sorted(alone, reverse=True)[:KEPT]]
    return checker.check(claim.model_copy(update={"citations": tuple(c for piece in kept for c in piece)}))


def _best(claim: Claim, evidence: Sequence[Piece], checker: Checker) -> Piece | None:
    """The piece that supports the claim most surely; None where none does."""
    cited = {citation.quote for citation in claim.citations}
    others = [piece for piece in evidence if not {citation.quote for citation in piece} <= cited]
    near = sorted(((overlap(claim.text, _words(piece)).score, i) for i, piece in enumerate(others)), reverse=True)
    tried = [others[i] for share, i in near[:TRIED] if share >= LEAST]
    judged = checker.judge_many([_pair(claim, piece) for piece in tried])
    supporting = [(j.score, i) for i, j in enumerate(judged) if j.verdict is Verdict.SUPPORTED]
    return tried[max(supporting)[1]] if supporting else None


def _pair(claim: Claim, piece: Piece) -> Pair:
    return Pair(claim.text, _words(piece), piece[-1].date)


def _words(piece: Piece) -> str:
    return "\n".join(citation.quote for citation in piece)
