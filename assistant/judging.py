"""One claim held against one source: a verdict with its reason in words. Pure; knows nothing of indexes or markers.

words in common -> facts compared -> what is missing -> verdict, reason, score
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import Field, model_validator

from assistant.citing import blank_markers
from assistant.facts import Difference, compare
from assistant.support import SupportScorer, is_verbatim, missing_words
from assistant.types import Verdict
from index import Model, Span, Word

SILENT = 0.25
"""A source with less than this of a claim's words does not speak of the matter: on VitaminC, AttributionBench and WiCE
rows, at most one supported claim in twenty scores less."""

_PHRASES = 3  # missing phrases named in a reason; more are counted
_GAP = re.compile(r"[\s\w'’-]{0,12}")  # what may stand between two missing words that are named as one phrase
_LEAD = re.compile(r"\b(?:to|in|into|of|for|from|by|with|at|on|under|over|until|since|the|a|an)\s+$", re.IGNORECASE)
_INSIDE = re.compile(r"[\w,;)%'’-]\s+$")  # before a word that does not begin a sentence
_CONTRADICTED = 0.3  # factor on the score of a contradicted claim: below every threshold
_FACT_MISSING = 0.85  # factor on the score for each number or date that the source lacks


class Thresholds(Model):
    """Scores at which verdicts change; chosen in :mod:`assistant.checking` for each scorer.

    ``supported``: least score of a supported claim. ``partly``: least score of a partly supported one.
    ``same_matter``: least share of words in common at which another value contradicts, and is not about something else.
    """

    supported: float = Field(ge=0, le=1)
    partly: float = Field(ge=0, le=1)
    same_matter: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _ordered(self) -> Thresholds:
        if self.partly > self.supported:
            raise ValueError(f"partly ({self.partly}) is above supported ({self.supported})")
        return self


class Judgement(Model):
    """A verdict on a claim and one source. ``match`` is how much of the claim the source speaks of, in [0, 1]."""

    verdict: Verdict
    reason: str
    score: float = Field(ge=0, le=1)
    match: float = Field(ge=0, le=1)
    differences: tuple[Difference, ...] = ()


def judge(claim: str, source: str, scorer: SupportScorer, thresholds: Thresholds) -> Judgement:
    """Return how ``source`` bears ``claim`` out. Markers in either text count as white space; offsets stay."""
    claim, source = blank_markers(claim), blank_markers(source)
    if is_verbatim(claim, source):
        return Judgement(verdict=Verdict.SUPPORTED, reason="The source says this word for word.", score=1, match=1)
    match = scorer.score(claim, source)
    differences = tuple(compare(claim, source))
    against = [difference for difference in differences if difference.severity == "contradicts"]
    if against and match >= thresholds.same_matter:
        return Judgement(
            verdict=Verdict.CONTRADICTED,
            reason=_sentence("; ".join(dict.fromkeys(difference.reason for difference in against))),
            score=match * _CONTRADICTED,
            match=match,
            differences=differences,
        )
    score = match * _FACT_MISSING ** len({d.claim_span.start for d in differences if d.kind != "negation"})
    phrases = missing_phrases(claim, source, [d for d in differences if d.severity != "doubtful"])
    doubts = "".join(_sentence(d.reason) + " " for d in differences if d.severity == "doubtful")
    if match >= thresholds.supported and not differences and not _names(claim, source):
        verdict = Verdict.SUPPORTED
    else:
        verdict = Verdict.PARTLY_SUPPORTED if score >= thresholds.partly else Verdict.UNSUPPORTED
    reason = doubts + _reason(verdict, phrases) if match >= SILENT else "The source does not speak of this."
    return Judgement(verdict=verdict, reason=reason, score=score, match=match, differences=differences)


def missing_phrases(claim: str, source: str, differences: Sequence[Difference] = ()) -> list[str]:
    """Return the parts of ``claim`` that ``source`` lacks, in order: runs of missing words with what joins them."""
    spans = [Span(start=word.start, end=word.end) for word in missing_words(claim, source)]
    spans += [difference.claim_span for difference in differences]
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if joined and (span.start <= joined[-1].end or _GAP.fullmatch(claim[joined[-1].end : span.start])):
            joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return [" ".join(_with_lead(claim, span).split()) for span in joined]


def _with_lead(claim: str, span: Span) -> str:
    """The phrase with the small words before it: "to 1,200" reads better than "1,200"."""
    lead = _LEAD.search(claim[: span.start])
    return claim[lead.start() if lead else span.start : span.end]


def _names(claim: str, source: str) -> list[Word]:
    """The names of the claim that the source lacks: words with a capital that do not begin a sentence."""
    return [
        word for word in missing_words(claim, source) if word.text[0].isupper() and _INSIDE.search(claim[: word.start])
    ]


def _reason(verdict: Verdict, phrases: Sequence[str]) -> str:
    if verdict is Verdict.SUPPORTED and not phrases:
        return "The source has its words and figures."
    named = ", ".join(f"“{phrase}”" for phrase in phrases[:_PHRASES])
    more = f" and {len(phrases) - _PHRASES} more" if len(phrases) > _PHRASES else ""
    if verdict is Verdict.SUPPORTED:
        return f"The source has its figures and most of its words; put in other words: {named}{more}."
    if not phrases:
        return "The source has these words, but not together."
    return f"Not found: {named}{more}."


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
