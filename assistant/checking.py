"""Claims to verdicts: of an answer of ours, of an answer with markers, and of any text against the documents.

    split into claims -> resolve markers, or find the best evidence -> judge -> verdict with reason

What a verdict on one claim and one source is made of is in :mod:`assistant.judging`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from assistant.citing import MarkedClaim, Reference, claim_words, parse_claims, split_references
from assistant.judging import SILENT, Judgement, Thresholds, judge
from assistant.support import LexicalScorer, SupportScorer
from assistant.types import CheckedClaim, Citation, Claim, Report, Verdict

LEXICAL_THRESHOLDS = Thresholds(supported=0.6, partly=0.4, same_matter=0.35)
"""For :class:`LexicalScorer`, chosen on three public sets; beside it the share of the claim's content words found.

ROC-AUC of the score (supported against the rest), balanced accuracy of the verdict, and what the verdict ``supported``
let through of the other rows and kept of its own:

    set                              rows  score  words  verdict  false pass  kept
    WiCE, claims with oracle chunks 1,043   .808   .784     .722        .094  .538
    AttributionBench                1,198   .742   .701     .685        .202  .573
    VitaminC, real edits            2,000   .817   .662     .650        .103  .404

A missing name alone makes a claim partly supported: without that rule VitaminC's verdict has .705, and lets .148
through. ``tests/quality/checker.py`` measures all but the column of words.
"""

_TOGETHER = 3  # sentences of evidence that may bear a claim out together where none does alone
_GAIN = 0.05  # by which several sentences must bear it out better than the best one: fewer are easier to read
_UNSPOKEN = Judgement(verdict=Verdict.UNSUPPORTED, reason="Nothing in the documents speaks of this.", score=0, match=0)
_DECISIVE = (Verdict.SUPPORTED, Verdict.CONTRADICTED)


class FindEvidence(Protocol):
    """Finds the sentences of the index that speak of a claim."""

    def __call__(self, claim: str, documents: Sequence[str] = ()) -> Sequence[Citation]:
        """Return sentences as citations without a marker, the best first, of the given document ids only if any."""


class Source(NamedTuple):
    """What a line of a list of sources points at: a document's id, and the exact words, where the line gives them."""

    document: str
    cited: Citation | None = None


Resolve = Callable[[Reference], Source | None]
"""Looks a reference up; None where it points at nothing that is indexed."""


class _Weighed(NamedTuple):
    judgement: Judgement
    evidence: tuple[Citation, ...]


class Checker:
    """Holds claims against the words they cite. Safe to share between threads as far as its scorer is."""

    def __init__(self, scorer: SupportScorer | None = None, thresholds: Thresholds = LEXICAL_THRESHOLDS) -> None:
        self._scorer = scorer or LexicalScorer()
        self._thresholds = thresholds

    def judge(self, claim: str, source: str) -> Judgement:
        """Return how ``source`` bears ``claim`` out; both are plain texts."""
        return judge(claim, source, self._scorer, self._thresholds)

    def check(self, claim: Claim) -> CheckedClaim:
        """Return the claim with a verdict. Several citations are one source: each may bear out a part of the claim."""
        if not claim.citations:
            return _without_source(claim)
        source = "\n".join(dict.fromkeys(citation.quote for citation in claim.citations))
        return _checked(claim, self.judge(claim.text, source))

    def check_text(
        self, text: str, *, find_evidence: FindEvidence, resolve: Resolve, documents: Sequence[str] = ()
    ) -> Report:
        """Check any text, sentence by sentence; headings, questions and the list of sources are no claims.

        In a text with markers, a marked sentence is held against what its markers point at, and an unmarked one is
        ``uncited``. In a text without any, each sentence is held against the best evidence in ``documents`` (ids; all
        documents if empty); a citation of such evidence has no marker.
        """
        body, references = split_references(text)
        claims = parse_claims(body, known=references)
        if any(claim.markers for claim in claims):
            sources = {
                number: [source for line in lines if (source := resolve(line))] for number, lines in references.items()
            }
            checked = [self._check_marked(claim, sources, find_evidence) for claim in claims]
        else:
            checked = [self._check_unmarked(claim, find_evidence, documents) for claim in claims]
        return Report(text=text, claims=tuple(checked))

    def _check_marked(
        self, marked: MarkedClaim, sources: Mapping[int, Sequence[Source]], find_evidence: FindEvidence
    ) -> CheckedClaim:
        dangling = tuple(number for number in marked.markers if not sources.get(number))
        found = [
            citation.model_copy(update={"marker": number})
            for number in marked.markers
            for source in sources.get(number, ())
            for citation in ([source.cited] if source.cited else find_evidence(marked.text, (source.document,)))
        ]
        claim = Claim(text=marked.text, start=marked.start, end=marked.end, dangling=dangling)
        weighed = self._weigh(marked.text, found)
        if weighed:
            return _checked(claim.model_copy(update={"citations": weighed.evidence}), weighed.judgement)
        return _without_source(claim) if len(dangling) == len(marked.markers) else _checked(claim, _UNSPOKEN)

    def _check_unmarked(
        self, marked: MarkedClaim, find_evidence: FindEvidence, documents: Sequence[str]
    ) -> CheckedClaim:
        claim = Claim(text=marked.text, start=marked.start, end=marked.end)
        weighed = self._weigh(marked.text, find_evidence(claim_words(marked.text), documents))
        if weighed and weighed.judgement.match >= SILENT:
            return _checked(claim.model_copy(update={"citations": weighed.evidence}), weighed.judgement)
        return _checked(claim, _UNSPOKEN)

    def _weigh(self, claim: str, candidates: Sequence[Citation]) -> _Weighed | None:
        """The evidence that decides, and its verdict; None without candidates.

        What speaks most of the matter decides, whether for or against: a contradiction is not hidden by a sentence that
        fits less well. Where none decides alone, the best few may bear the claim out together.
        """
        weighed = [_Weighed(self.judge(claim, candidate.quote), (candidate,)) for candidate in candidates]
        decisive = [w for w in weighed if w.judgement.verdict in _DECISIVE]
        if decisive:
            return max(decisive, key=lambda w: (w.judgement.match, w.judgement.verdict is Verdict.SUPPORTED))
        ranked = sorted(weighed, key=lambda w: w.judgement.score, reverse=True)
        if not ranked:
            return None
        best = ranked[0]
        for other in ranked[1:]:
            together = (*best.evidence, *other.evidence)
            joint = self.judge(claim, "\n".join(citation.quote for citation in together))
            gains = joint.score > best.judgement.score + _GAIN and joint.verdict is not Verdict.CONTRADICTED
            if gains and len(together) <= _TOGETHER:
                best = _Weighed(joint, together)
        return best


def _checked(claim: Claim, judgement: Judgement) -> CheckedClaim:
    """The claim with its verdict; a marker that points at nothing outweighs what the others support."""
    if not claim.dangling:
        return CheckedClaim(**dict(claim), verdict=judgement.verdict, reason=judgement.reason, score=judgement.score)
    rest = judgement.verdict.replace("_", " ")
    reason = f"{_pointless(claim.dangling)} By its other sources the sentence is {rest}: {judgement.reason}"
    return CheckedClaim(**dict(claim), verdict=Verdict.DANGLING, reason=reason, score=judgement.score)


def _without_source(claim: Claim) -> CheckedClaim:
    if claim.dangling:
        return CheckedClaim(**dict(claim), verdict=Verdict.DANGLING, reason=_pointless(claim.dangling), score=0)
    return CheckedClaim(**dict(claim), verdict=Verdict.UNCITED, reason="No source is cited.", score=0)


def _pointless(dangling: Sequence[int]) -> str:
    markers = ", ".join(f"[{number}]" for number in dangling)
    return f"{markers} {'points' if len(dangling) == 1 else 'point'} at no source."
