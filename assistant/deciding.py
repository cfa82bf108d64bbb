"""Which words decide on a claim: one of the candidates, for or against it, or a few that bear it out together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from assistant.evidence import Candidate
from assistant.features import Pair
from assistant.judging import Judgement
from assistant.support import is_quoted_whole, missing_words, overlap
from assistant.types import Citation, Verdict

TOGETHER = 3
"""Most candidates that may bear a claim out together where none does alone."""

READ_CLOSELY = 3
"""Candidates for a claim that are judged: the evidence of a supported claim is nearly always among them."""

_GAIN = 0.05  # by which several must bear a claim out better than the best one: fewer are easier to read
_LEAD = 0.05  # by which words against a claim must speak more of it than words for it; without those, may speak less
_DECISIVE = (Verdict.SUPPORTED, Verdict.CONTRADICTED)


class Judge(Protocol):
    """Judges claims of one sentence: :class:`assistant.judging.Judge`."""

    def judge_whole(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """Return a judgement for each pair, in order."""

    def add_parts(self, pairs: Sequence[Pair], judgements: Sequence[Judgement]) -> list[Judgement]:
        """Return the judgements with those of the statements that the claims make."""


class Decision(NamedTuple):
    """A judgement and the words it rests on."""

    judgement: Judgement
    evidence: tuple[Citation, ...]


def decide(claims: Sequence[str], candidates: Sequence[Sequence[Candidate]], judge: Judge) -> list[Decision | None]:
    """Return what decides on each claim; None where there are no candidates.

    What speaks most of the matter decides, whether for or against: a contradiction is not hidden by a sentence that
    fits less well. Where none decides alone, the best few may bear the claim out together.
    """
    listed = [_to_read(claim, near) for claim, near in zip(claims, candidates, strict=True)]
    best = [_best(decisions) for decisions in _in_turn(claims, listed, judge)]
    best = _in_parts(claims, best, judge)
    together = [
        _joint(claim, decision, near) if decision and decision.judgement.verdict not in _DECISIVE else []
        for claim, decision, near in zip(claims, best, candidates, strict=True)
    ]
    jointly = _judged(claims, together, judge)
    better = [_better(decision, joint) for decision, joint in zip(best, jointly, strict=True)]
    changed = [new if new is not old else None for new, old in zip(better, best, strict=True)]
    return [new or old for new, old in zip(_in_parts(claims, changed, judge), better, strict=True)]


def _to_read(claim: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are worth a close look: one that says it word for word is enough."""
    near = list(candidates)[:READ_CLOSELY]
    quoted = next((candidate for candidate in near if is_quoted_whole(claim, _text(candidate))), None)
    return [quoted] if quoted else near


def _in_turn(claims: Sequence[str], candidates: Sequence[Sequence[Candidate]], judge: Judge) -> list[list[Decision]]:
    """Judge every claim against its first candidate, and against the others as far as these can change the verdict."""
    first = _judged(claims, [near[:1] for near in candidates], judge)
    rest = [_still_open(*each) for each in zip(claims, first, candidates, strict=True)]
    return [[*one, *more] for one, more in zip(first, _judged(claims, rest, judge), strict=True)]


def _still_open(claim: str, first: Sequence[Decision], candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The other candidates; of a claim that the first supports, those that speak more of it, and so may deny it."""
    others = candidates[1:]
    if not first or first[0].judgement.verdict is not Verdict.SUPPORTED:
        return others
    needed = first[0].judgement.match + _LEAD
    return [candidate for candidate in others if overlap(claim, _text(candidate)).score >= needed]


def _judged(claims: Sequence[str], candidates: Sequence[Sequence[Candidate]], judge: Judge) -> list[list[Decision]]:
    """Judge every claim against each of its candidates, all in one go."""
    pairs = [Pair(claim, _text(c), c[-1].date) for claim, near in zip(claims, candidates, strict=True) for c in near]
    judgements = iter(judge.judge_whole(pairs))
    return [[Decision(next(judgements), candidate) for candidate in near] for near in candidates]


def _in_parts(claims: Sequence[str], decisions: Sequence[Decision | None], judge: Judge) -> list[Decision | None]:
    """The decisions with their claims judged part by part."""
    chosen = [(i, decision) for i, decision in enumerate(decisions) if decision]
    pairs = [Pair(claims[i], _text(decision.evidence), decision.evidence[-1].date) for i, decision in chosen]
    found: list[Decision | None] = [None] * len(decisions)
    judgements = judge.add_parts(pairs, [decision.judgement for _, decision in chosen])
    for (i, decision), judgement in zip(chosen, judgements, strict=True):
        found[i] = decision._replace(judgement=judgement)
    return found


def _best(decisions: Sequence[Decision]) -> Decision | None:
    """The candidate that supports best, unless one speaks more of the matter and against it; or the most promising."""
    supporting = [d for d in decisions if d.judgement.verdict is Verdict.SUPPORTED]
    nearest = max((d.judgement.match for d in decisions), default=0.0)
    lead = _LEAD if supporting else -_LEAD
    against = [
        d
        for d in decisions
        if d.judgement.verdict is Verdict.CONTRADICTED
        and d.judgement.match >= max((s.judgement.match for s in supporting), default=nearest) + lead
    ]
    if against:
        return max(against, key=lambda d: d.judgement.match)
    if supporting:
        return max(supporting, key=lambda d: d.judgement.score)
    # Where nothing decides, what speaks most of the matter explains best what is missing.
    return max(decisions, key=lambda d: d.judgement.score + d.judgement.match, default=None)


def _joint(claim: str, best: Decision, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate with one, and with two, that hold most of the words it lacks."""
    found: list[Candidate] = []
    joint = best.evidence
    rest = [candidate for candidate in candidates if candidate != best.evidence]
    while rest and len(found) < TOGETHER - 1:
        lacking = len(missing_words(claim, _text(joint)))
        left = {i: len(missing_words(claim, _text((*joint, *candidate)))) for i, candidate in enumerate(rest)}
        chosen = min(left, key=lambda i: left[i])
        if left[chosen] >= lacking:
            break
        # In the order of the documents: that is how they are read, by people and by the model.
        joint = tuple(sorted((*joint, *rest.pop(chosen)), key=lambda citation: (citation.document, citation.start)))
        found.append(joint)
    return found


def _better(best: Decision | None, joint: Sequence[Decision]) -> Decision | None:
    """What bears a claim out better together, or at least speaks more of it.

    Sentences of which none bears out a part are no support together: that is a likeness of words.
    """
    nothing = best is not None and best.judgement.verdict is Verdict.UNSUPPORTED
    for decision in joint:
        verdict = decision.judgement.verdict
        if best is None or verdict is Verdict.CONTRADICTED or (nothing and verdict is Verdict.SUPPORTED):
            continue
        score = decision.judgement.score - best.judgement.score
        if score > _GAIN or (abs(score) <= _GAIN and decision.judgement.match > best.judgement.match + _GAIN):
            best = decision
    return best


def _text(candidate: Candidate) -> str:
    return "\n".join(citation.quote for citation in candidate)
