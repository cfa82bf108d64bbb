"""Claims to verdicts: of an answer of ours, of an answer with markers, and of any text against the documents.

    split into claims -> resolve markers, or find the best evidence -> align -> compare facts -> weigh
    -> verdict with reason

What a verdict on one claim and one source is made of is in :mod:`assistant.judging`; which evidence decides is in
:mod:`assistant.deciding`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from assistant.citing import MarkedClaim, Reference, claim_words, read_text
from assistant.deciding import Decision, decide
from assistant.evidence import Candidate, Source
from assistant.features import Pair
from assistant.judging import SILENT, Judge, Judgement
from assistant.settings import CheckSettings
from assistant.types import CheckedClaim, CheckedPart, Citation, Claim, Departure, Policy, Report, Verdict
from assistant.verifiers import BUNDLED, Verifier, load_verifier
from assistant.weighing import ErrorRates, Weighing, load_weighing

_UNSPOKEN = Judgement(verdict=Verdict.UNSUPPORTED, reason="Nothing in the documents speaks of this.", score=0, match=0)
_WEAK = (Verdict.UNSUPPORTED, Verdict.PARTLY_SUPPORTED, Verdict.CONTRADICTED)


class FindEvidence(Protocol):
    """Finds the words of the index that speak of claims."""

    def __call__(self, claims: Sequence[str], documents: Sequence[str] = ()) -> Sequence[Sequence[Candidate]]:
        """Return candidates for each claim, the best first, of the given document ids only if any."""


Resolve = Callable[[Reference], Source | None]
"""Looks a reference up; None where it points at nothing that is indexed."""


class Checker:
    """Holds claims against the words they cite. Safe to share between threads as far as its verifier is.

    Args:
        verifier: weighs a claim against a text; the bundled model by default.
        weighing: how its figures are weighed; by default that of ``weights.json`` for this verifier.
        policy: how sure it must be before it calls a claim supported.
    """

    def __init__(
        self,
        verifier: Verifier | None = None,
        weighing: Weighing | None = None,
        policy: Policy = Policy.BALANCED,
    ) -> None:
        self._verifier = verifier or load_verifier(BUNDLED)
        self._given = weighing
        self._policy = policy

    @cached_property
    def _weighing(self) -> Weighing:
        return self._given or load_weighing(self._verifier.identity)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self._verifier, self._weighing, self._policy)

    @property
    def identity(self) -> str:
        """What judges, with its version."""
        return self._verifier.identity

    @property
    def error_rates(self) -> Mapping[Policy, ErrorRates]:
        """What each policy's threshold lets through and costs, on labelled rows."""
        return self._weighing.policies

    def under(self, policy: Policy) -> Checker:
        """Return this checker with another policy."""
        return self if policy is self._policy else Checker(self._verifier, self._given, policy)

    def judge(self, claim: str, source: str) -> Judgement:
        """Return how ``source`` bears ``claim`` out; both are plain texts."""
        return self.judge_many([(claim, source)])[0]

    def judge_many(self, pairs: Sequence[tuple[str, str] | Pair]) -> list[Judgement]:
        """Return how the source bears the claim out for each (claim, source), in order; needs no index."""
        return self._judge.judge_many(pairs)

    def check(self, claim: Claim) -> CheckedClaim:
        """Return the claim with a verdict. Several citations are one source: each may bear out a part of the claim."""
        if not claim.citations:
            return _without_source(claim)
        cited = tuple({citation.quote: citation for citation in claim.citations}.values())
        pair = Pair(claim.text, "\n".join(citation.quote for citation in cited), cited[-1].date)
        (judgement,) = self.judge_many([pair])
        return _checked(claim, Decision(judgement, cited))

    def check_text(
        self,
        text: str,
        *,
        find_evidence: FindEvidence,
        resolve: Resolve,
        documents: Sequence[str] = (),
        citations: Mapping[int, Citation] | None = None,
    ) -> Report:
        """Check any text, sentence by sentence; headings, questions and the list of sources are no claims.

        In a text with markers, a marked sentence is held against what its markers point at, and an unmarked one is
        ``uncited``. In a text without any, each sentence is held against the best evidence in ``documents`` (ids; all
        documents if empty); a citation of such evidence has no marker. ``citations`` says what markers point at, beside
        the list of sources at the end of the text.
        """
        read = read_text(text, resolves=lambda reference: resolve(reference) is not None)
        sources = {n: [s for line in lines if (s := resolve(line))] for n, lines in read.references.items()}
        sources |= {number: [Source(c.document, c)] for number, c in (citations or {}).items()}
        if any(claim.markers for claim in read.claims):
            checked = self._check_marked(read.claims, sources, find_evidence)
        else:
            checked = self._check_unmarked(read.claims, find_evidence, documents)
        return Report(
            text=text, claims=tuple(checked), remarks=tuple(read.remarks), policy=self._policy, checker=self.identity
        )

    def _check_unmarked(
        self, claims: Sequence[MarkedClaim], find_evidence: FindEvidence, documents: Sequence[str]
    ) -> list[CheckedClaim]:
        candidates = find_evidence([_query(claim) for claim in claims], documents)
        decisions = decide([claim.plain for claim in claims], candidates, self._judge)
        return [
            _checked(_claim(claim), decision if decision and decision.judgement.match >= SILENT else None)
            for claim, decision in zip(claims, decisions, strict=True)
        ]

    def _check_marked(
        self, claims: Sequence[MarkedClaim], sources: Mapping[int, Sequence[Source]], find_evidence: FindEvidence
    ) -> list[CheckedClaim]:
        cited = [_cited(claim, sources, find_evidence) for claim in claims]
        decisions = decide([claim.plain for claim in claims], cited, self._judge)
        checked = []
        for marked, decision in zip(claims, decisions, strict=True):
            dangling = tuple(number for number in marked.markers if not sources.get(number))
            claim = _claim(marked).model_copy(update={"dangling": dangling})
            if decision is None and len(dangling) == len(marked.markers):
                checked.append(_without_source(claim))
            else:
                checked.append(_checked(claim, decision))
        return self._with_better(claims, checked, find_evidence)

    def _with_better(
        self, marked: Sequence[MarkedClaim], checked: list[CheckedClaim], find_evidence: FindEvidence
    ) -> list[CheckedClaim]:
        """Name, for claims that their own citations do not bear out, words elsewhere that do."""
        weak = [i for i, claim in enumerate(checked) if claim.citations and claim.verdict in _WEAK]
        candidates = find_evidence([_query(marked[i]) for i in weak])
        decisions = decide([marked[i].plain for i in weak], candidates, self._judge)
        for i, decision in zip(weak, decisions, strict=True):
            if decision and decision.judgement.verdict is Verdict.SUPPORTED:
                checked[i] = checked[i].model_copy(update={"better": decision.evidence[-1]})
        return checked


def checker_of(settings: CheckSettings) -> Checker:
    """Return the checker that the settings name.

    Raises:
        ModelLoadError: its verifier cannot be loaded.
        SettingsError: there are no weights for it.
    """
    verifier = load_verifier(settings.verifier)
    weighing = load_weighing(verifier.identity, settings.weights) if settings.weights else None
    return Checker(verifier, weighing, settings.policy)


def _query(claim: MarkedClaim) -> str:
    """What is searched for: the sentence, with what its pronouns stand for and the heads of its table."""
    return " ".join(part for part in (claim_words(claim.plain), claim.context) if part)


def _claim(marked: MarkedClaim) -> Claim:
    return Claim(text=marked.text, start=marked.start, end=marked.end)


def _cited(claim: MarkedClaim, sources: Mapping[int, Sequence[Source]], find_evidence: FindEvidence) -> list[Candidate]:
    """What a claim's markers point at; where only a document is named, the words in it that speak of the claim."""
    found: list[Candidate] = []
    for number in claim.markers:
        for source in sources.get(number, ()):
            near = [(source.cited,)] if source.cited else find_evidence([_query(claim)], (source.document,))[0]
            found += [tuple(c.model_copy(update={"marker": number}) for c in candidate) for candidate in near]
    return found


def _checked(claim: Claim, decision: Decision | None) -> CheckedClaim:
    """The claim with its verdict; a marker that points at nothing outweighs what the others support."""
    judgement, evidence = decision or Decision(_UNSPOKEN, ())
    verdict, reason = judgement.verdict, judgement.reason
    if claim.dangling:
        told = verdict.replace("_", " ")
        verdict = Verdict.DANGLING
        reason = f"{_pointless(claim.dangling)} By its other sources the sentence is {told}: {reason}"
    return CheckedClaim(
        **_fields(claim) | {"citations": evidence or claim.citations},
        verdict=verdict,
        reason=reason,
        score=judgement.score,
        departures=tuple(_departures(claim, judgement, evidence)),
        parts=tuple(
            CheckedPart(
                text=claim.text[part.start : part.end],
                start=claim.start + part.start,
                end=claim.start + part.end,
                verdict=part.verdict,
                score=part.score,
            )
            for part in judgement.parts
        ),
    )


def _departures(claim: Claim, judgement: Judgement, evidence: Sequence[Citation]) -> list[Departure]:
    """What differs, with its places in the text that is checked and in the document."""
    found = []
    for difference in judgement.differences:
        departure = Departure(
            kind=difference.kind,
            reason=difference.reason,
            claim_value=difference.claim_value,
            start=claim.start + difference.claim_span.start,
            end=claim.start + difference.claim_span.end,
        )
        if difference.source_span:
            place = _place(evidence, difference.source_span.start, difference.source_span.end)
            departure = departure.model_copy(update=place)
        found.append(departure)
    return found


def _place(evidence: Sequence[Citation], start: int, end: int) -> dict[str, object]:
    """Where in which document characters ``[start, end)`` of the joined quotes stand; nothing if they span several."""
    offset = 0
    for citation in evidence:
        if offset <= start and end <= offset + len(citation.quote):
            shift = citation.start - offset
            return {
                "document": citation.document,
                "source_start": start + shift,
                "source_end": end + shift,
                "source_value": citation.quote[start - offset : end - offset],
            }
        offset += len(citation.quote) + 1
    return {}


def _without_source(claim: Claim) -> CheckedClaim:
    if claim.dangling:
        return CheckedClaim(**_fields(claim), verdict=Verdict.DANGLING, reason=_pointless(claim.dangling), score=0)
    return CheckedClaim(**_fields(claim), verdict=Verdict.UNCITED, reason="No source is cited.", score=0)


def _fields(claim: Claim) -> dict[str, Any]:
    """What a claim has before it is checked, also where it has been."""
    return {name: getattr(claim, name) for name in Claim.model_fields}


def _pointless(dangling: Sequence[int]) -> str:
    markers = ", ".join(f"[{number}]" for number in dangling)
    return f"{markers} {'points' if len(dangling) == 1 else 'point'} at no source."
