"""Claims held against texts: verdicts with reasons in words. Knows nothing of indexes or markers.

    sentences of the claim -> facts compared, words and entailment measured -> weighed -> verdict -> part by part

What is measured is in :mod:`assistant.features`, how it is summed up in :mod:`assistant.weighing`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from pydantic import Field

from assistant.blocks import blocks
from assistant.citing import blank_markers
from assistant.facts import Difference, borne_out
from assistant.features import WINDOWS, Measured, Pair, measure
from assistant.statements import statements
from assistant.support import missing_words
from assistant.types import Policy, Verdict
from assistant.verifiers import Verifier
from assistant.weighing import Weighing
from index import Model, Span, content_words, split_sentences

SILENT = 0.25
"""A source with less than this of a claim's words does not speak of the matter: on VitaminC, AttributionBench and WiCE
rows, at most one supported claim in twenty scores less."""

SAME_MATTER = 0.35
"""Least share of words in common at which another value contradicts, and is not about something else."""

HARDLY = 0.1
"""The same where the regression tells a contradiction: on 400 rows of VitaminC the balanced accuracy of the verdict was
.77 so, .69 with :data:`SAME_MATTER`."""

HALF = 0.5
"""Least share of words in common of a claim that is supported, or partly, unless a statement of it is. Of the rows of
VitaminC, WiCE, SummEdits and AttributionBench that pass with less, 66% are supported; of those with more, 81%."""

ALL_WORDS = 0.9
"""Share of words from which on a claim that differs in no fact is at least partly supported; by judgement."""

_BORNE_OUT = "The source bears this out"
_VERBATIM = 0.99
_TOLD = {Verdict.SUPPORTED: "supported", Verdict.PARTLY_SUPPORTED: "in part", Verdict.CONTRADICTED: "contradicted"}
_PHRASES = 3  # missing phrases named in a reason; more are counted
_LONGEST_NAMED = 90  # characters of a part that are named in a reason
_GAP = re.compile(r"[\s\w'’-]{0,12}")  # what may stand between two missing words that are named as one phrase
_LEAD = re.compile(r"\b(?:to|in|into|of|for|from|by|with|at|on|under|over|until|since|the|a|an)\s+$", re.IGNORECASE)


class JudgedPart(Model):
    """One statement of a claim, at ``[start, end)`` of it. ``score`` is the probability of support."""

    start: int
    end: int
    verdict: Verdict
    score: float = Field(ge=0, le=1)


class Judgement(Model):
    """A verdict on a claim and one source.

    ``score`` is the probability that the source bears the claim out; ``match`` is how much of the claim's words the
    source has; both in [0, 1]. ``parts`` are the statements of a claim that makes several, where they were judged.
    """

    verdict: Verdict
    reason: str
    score: float = Field(ge=0, le=1)
    match: float = Field(ge=0, le=1)
    differences: tuple[Difference, ...] = ()
    parts: tuple[JudgedPart, ...] = ()


class _Unit(NamedTuple):
    """A stretch of a claim that is judged by itself: its place in the claim, and its words with the source."""

    span: Span
    pair: Pair

    @property
    def claim(self) -> str:
        """The words of the stretch."""
        return self.pair.claim

    @property
    def source(self) -> str:
        """The words it is held against."""
        return self.pair.source


class Judge:
    """Holds claims against texts. Safe to share between threads as far as its verifier is."""

    def __init__(self, verifier: Verifier, weighing: Weighing, policy: Policy) -> None:
        self._verifier = verifier
        self._weighing = weighing
        self._threshold = weighing.policies[policy].threshold

    def judge_many(self, pairs: Sequence[tuple[str, str] | Pair]) -> list[Judgement]:
        """Return how the source bears the claim out for each (claim, source), both plain texts, in order.

        Markers in either text count as white space; offsets stay. A claim of several sentences is judged sentence by
        sentence, and a sentence that makes several statements also part by part.
        """
        read = [Pair(*pair) for pair in pairs]
        units = [_sentences(p._replace(claim=blank_markers(p.claim), source=blank_markers(p.source))) for p in read]
        listed = [unit for sentences in units for unit in sentences]
        judged = iter(self._in_parts(listed, self._judge_units(listed)))
        return [_joined(sentences, [next(judged) for _ in sentences]) for sentences in units]

    def judge_whole(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """The same for claims of one sentence, without their parts: quicker, to choose among sources."""
        return self._judge_units([_whole(pair) for pair in pairs])

    def add_parts(self, pairs: Sequence[Pair], judgements: Sequence[Judgement]) -> list[Judgement]:
        """Complete what :meth:`judge_whole` returned for ``pairs``."""
        return self._in_parts([_whole(pair) for pair in pairs], judgements)

    def _in_parts(self, units: Sequence[_Unit], judgements: Sequence[Judgement]) -> list[Judgement]:
        """Judge the statements of sentences that make several, are not beside the matter, and lack some words."""
        found = list(judgements)
        several = {
            i: parts
            for i, (unit, judgement) in enumerate(zip(units, found, strict=True))
            if SILENT <= judgement.match < 1
            for parts in [_statements(unit)]
            if len(parts) > 1
        }
        judged = iter(self._judge_units([part for parts in several.values() for part in parts], windows=1))
        for i, parts in several.items():
            found[i] = self._with_parts(units[i], found[i], parts, [next(judged) for _ in parts])
        return found

    def _judge_units(self, units: Sequence[_Unit], windows: int = WINDOWS) -> list[Judgement]:
        measured = measure([unit.pair for unit in units], self._verifier, windows)
        return [self._verdict(unit, m) for unit, m in zip(units, measured, strict=True)]

    def _verdict(self, unit: _Unit, measured: Measured) -> Judgement:
        if measured.verbatim:
            reason = "The source says this word for word."
            return Judgement(verdict=Verdict.SUPPORTED, reason=reason, score=_VERBATIM, match=1)
        score = self._weighing.supported.probability(measured.values)
        refuted = self._weighing.refuted.probability(measured.values)
        against = [d for d in measured.differences if d.severity == "contradicts"]
        refutes = refuted >= self._weighing.contradicted and measured.match >= HARDLY
        if refutes or (against and measured.match >= SAME_MATTER):
            # Below every threshold, in the order that the probabilities give.
            verdict, score = Verdict.CONTRADICTED, score * self._weighing.partly
        else:
            blocked = any(map(_blocks, measured.differences))
            near = score >= self._weighing.partly and measured.match >= HALF
            same = measured.match >= ALL_WORDS and not measured.differences
            verdict = Verdict.PARTLY_SUPPORTED if near or same else Verdict.UNSUPPORTED
            if blocked:
                score *= self._threshold
            elif score >= self._threshold:
                verdict = Verdict.SUPPORTED if measured.match >= HALF else Verdict.PARTLY_SUPPORTED
        return Judgement(
            verdict=verdict,
            reason=_reason(unit, verdict, measured),
            score=score,
            match=measured.match,
            differences=tuple(_shifted(d, unit.span.start) for d in measured.differences),
        )

    def _with_parts(
        self, whole: _Unit, judgement: Judgement, parts: Sequence[_Unit], judged: Sequence[Judgement]
    ) -> Judgement:
        """The judgement of a sentence with those of its statements: it stands as far as they do."""
        listed = tuple(_part(part.span, j) for part, j in zip(parts, judged, strict=True))
        borne_out = [part.verdict is Verdict.SUPPORTED for part in listed]
        failed = any(part.verdict in (Verdict.UNSUPPORTED, Verdict.CONTRADICTED) for part in listed)
        verdict, score, reason = judgement.verdict, judgement.score, judgement.reason
        if verdict is Verdict.SUPPORTED and failed and any(borne_out):
            verdict, score = Verdict.PARTLY_SUPPORTED, score * self._threshold
            reason = reason.partition(_BORNE_OUT)[0]
        elif verdict is Verdict.UNSUPPORTED and any(borne_out):
            verdict = Verdict.PARTLY_SUPPORTED
        if verdict is not Verdict.SUPPORTED and any(borne_out) and not all(borne_out):
            named = (f"{_TOLD.get(part.verdict, 'not found')}: “{_short(_words_of(whole, part))}”" for part in listed)
            reason = f"{_sentence('; '.join(named))} {reason}".strip()
        return judgement.model_copy(update={"verdict": verdict, "score": score, "reason": reason, "parts": listed})


def missing_phrases(claim: str, source: str, differences: Sequence[Difference] = ()) -> list[str]:
    """Return the parts of ``claim`` that ``source`` lacks, in order: runs of missing words with what joins them."""
    spans = [Span(start=word.start, end=word.end) for word in missing_words(claim, source)]
    spans += [difference.claim_span for difference in differences if difference.claim_span.end]
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if joined and (span.start <= joined[-1].end or _GAP.fullmatch(claim[joined[-1].end : span.start])):
            joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return [" ".join(_with_lead(claim, span).split()) for span in joined]


def _blocks(difference: Difference) -> bool:
    """Whether a claim with this difference is never supported as it stands."""
    return difference.severity != "missing" or difference.kind in ("number", "date", "name", "quotation")


def _whole(pair: Pair) -> _Unit:
    clean = pair._replace(claim=blank_markers(pair.claim), source=blank_markers(pair.source))
    return _Unit(Span(start=0, end=len(pair.claim)), clean)


def _sentences(pair: Pair) -> list[_Unit]:
    """The sentences of a claim that say something; the claim as a whole where it has one, or none that does."""
    claim = pair.claim
    split = [s for block in blocks(claim, claim) for s in split_sentences(claim, block.span)]
    spans = [s for s in split if len(content_words(s.of(claim))) > 1]
    if len(spans) < 2:
        return [_Unit(Span(start=0, end=len(claim)), pair)]
    return [_Unit(span, pair._replace(claim=span.of(claim))) for span in spans]


def _statements(unit: _Unit) -> list[_Unit]:
    return [
        _Unit(span.shift(unit.span.start), unit.pair._replace(claim=span.of(unit.claim)))
        for span in statements(unit.claim)
    ]


def _joined(units: Sequence[_Unit], judged: Sequence[Judgement]) -> Judgement:
    """One judgement for a claim of several sentences: it stands as far as its sentences do."""
    if len(judged) == 1:
        return judged[0]
    verdicts = {judgement.verdict for judgement in judged}
    if len(verdicts) == 1:
        verdict = verdicts.pop()
    else:
        verdict = Verdict.CONTRADICTED if Verdict.CONTRADICTED in verdicts else Verdict.PARTLY_SUPPORTED
    told = [j.reason for j in judged if j.verdict is not Verdict.SUPPORTED] or [judged[0].reason]
    return Judgement(
        verdict=verdict,
        reason=" ".join(dict.fromkeys(told)),
        # Between the product, for which sentences would have to be independent, and the least of them.
        score=(prod(j.score for j in judged) * min(j.score for j in judged)) ** 0.5,
        match=sum(j.match for j in judged) / len(judged),
        differences=tuple(d for j in judged for d in j.differences),
        parts=tuple(_part(unit.span, judgement) for unit, judgement in zip(units, judged, strict=True)),
    )


def _part(span: Span, judgement: Judgement) -> JudgedPart:
    return JudgedPart(start=span.start, end=span.end, verdict=judgement.verdict, score=judgement.score)


def _words_of(whole: _Unit, part: JudgedPart) -> str:
    return whole.claim[part.start - whole.span.start : part.end - whole.span.start]


def _shifted(difference: Difference, offset: int) -> Difference:
    return difference.model_copy(update={"claim_span": difference.claim_span.shift(offset)}) if offset else difference


def _with_lead(claim: str, span: Span) -> str:
    """The phrase with the small words before it: "to 1,200" reads better than "1,200"."""
    lead = _LEAD.search(claim[: span.start])
    return claim[lead.start() if lead else span.start : span.end]


def _reason(unit: _Unit, verdict: Verdict, measured: Measured) -> str:
    """What decided, in words: what differs first, then what the source lacks."""
    differing = [d for d in measured.differences if d.severity != "missing"]
    told = "".join(_sentence(reason) + " " for reason in dict.fromkeys(d.reason for d in differing))
    phrases = missing_phrases(unit.claim, unit.source, [d for d in measured.differences if d.severity == "missing"])
    not_found = f"Not found: {_named(phrases)}." if phrases else ""
    if verdict is Verdict.CONTRADICTED:
        return (told or f"The source speaks against this. {not_found}").strip()
    if measured.match < SILENT and verdict is not Verdict.SUPPORTED:
        return "The source does not speak of this."
    worked_out = "".join(
        _sentence(reason) + " " for reason in dict.fromkeys(c.reason for c in borne_out(*unit.pair[:2]))
    )
    if verdict is Verdict.SUPPORTED:
        other = f"{_BORNE_OUT}; put in other words: {_named(phrases)}."
        return (worked_out + (other if phrases else "The source has its figures and its words.")).strip()
    return (told + worked_out + not_found).strip() or "The source has these words, but does not say this."


def _named(phrases: Sequence[str]) -> str:
    more = f" and {len(phrases) - _PHRASES} more" if len(phrases) > _PHRASES else ""
    return ", ".join(f"“{phrase}”" for phrase in phrases[:_PHRASES]) + more


def _short(text: str) -> str:
    plain = " ".join(text.split()).strip(" ,;.")
    return plain if len(plain) <= _LONGEST_NAMED else plain[: _LONGEST_NAMED - 1].rstrip() + "…"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
