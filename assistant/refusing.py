"""Whether the documents answer a question at all, and if not, what of it they lack.

A logistic regression tells how likely the best sentences are to answer. So that an answerable question is seldom
refused, two rules stand beside it: a sentence that meets every word of the question answers it, unless what was asked
for (a number, a date, a person) is not in it; and a weighty word that nothing in the passages comes near is missing.
"What does the visit cost?" is refused where the visit is found and no cost, price or sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from assistant.choosing import Candidate, rank
from assistant.evidence import citation_of
from assistant.expecting import Expected, expected_answer
from assistant.parts import Part, split_question
from assistant.types import Citation, Refusal
from index import SentenceHit, content_words, stem

LOOKED_AT = 3
"""Best sentences whose passages may meet the words of a question."""

WEIGHTS = {"words": 2.45, "match": 5.3, "cosine": 5.97}
BIAS = -6.6
"""Log-odds that a question is answered, by :class:`Measure`. The fitted bias is -7.24; 0.64 was added: an answer can be
read and judged, a refusal cannot.

Fitted on 22 November 2026, as ``tests/quality/fit_refusal.py`` does, on half of SQuAD 2.0 dev (1,521 answerable; 781
of them with their article left out; 808 unanswerable ones written to mislead, at a weight of 0.3)."""

LACKING = dict.fromkeys(
    (Expected.COUNT, Expected.AMOUNT, Expected.MONEY, Expected.SHARE, Expected.DURATION, Expected.DATE), 2.5
)
"""Log-odds against a best sentence that lacks the number or date asked for: hardly one that answers does (SQuAD: 0 to
7% of counts, amounts, shares and dates)."""

NAMELESS = 6.0
"""The same for the name of someone whose role is known ("Who is the Foreign Secretary?"). By judgement."""

PRESENT = 0.55
"""Similarity from which a word of the question counts as met. SQuAD's answerable questions have it for nine in ten."""

ABSENT, HEAVY = 0.28, 0.25
"""Words with at least the share ``HEAVY`` of the question's weight must come together: where no passage has all of them
at a similarity of ``ABSENT``, nothing answers, however well the rest fits. "What is the weather in Durres?" is not
answered by one passage on the weather and another on Durres. It costs about 1.5% of SQuAD's answerable questions."""

NEAREST = 3
"""Passages shown with a refusal."""

FRAME = frozenset(
    stem(word)
    for word in """name named role play played part type kind sort form way example reason purpose number amount total
    main happen happened mean means meaning called known refer describe consider thing person people tell explain list
    find get gets got going want wants need know please information whole entire exactly actually currently different
    many various important far figure figures date year day time put thanks they're when's where's what's who's how's
    money cash percentage share proportion pay paid paying spend spent meet met whatever whichever regardless
    """.split()
)
"""Stems that frame a question rather than say what it is about: documents need not hold them."""

_WHO_IS = re.compile(r"^\W*(?:who(?:['’]s| is| was| are| were)\b|.*\bname\b)", re.IGNORECASE)

PageAt = Callable[[str, int], int | None]
"""The page, counted from 1, of an offset in a document; None for formats without pages."""


class Measure(NamedTuple):
    """How well the best sentences match a part of a question.

    ``words`` is the mean similarity, weighted by inverse document frequency, of the question's words to their nearest
    in the best passages; ``match`` and ``cosine`` are the best sentence's (:mod:`index.interaction`), ``weakest`` is
    its lowest similarity to a word. ``together`` is the lowest similarity of a weighty word in the passage that has
    them best. ``against`` is what the sentence lacks, in log-odds. ``nearest`` gives each word's weight and similarity.
    """

    words: float
    match: float
    cosine: float
    weakest: float
    together: float
    against: float
    nearest: dict[str, tuple[float, float]]

    @property
    def log_odds(self) -> float:
        """Log-odds that the sentences answer the question; 0 is the border."""
        fit = WEIGHTS["words"] * self.words + WEIGHTS["match"] * self.match + WEIGHTS["cosine"] * self.cosine
        return BIAS + fit - self.against


class Refuser:
    """Judges questions by the sentences found for them.

    Args:
        page_at: tells the page of an offset in a document; without it a citation has the page its passage begins on.
    """

    def __init__(self, page_at: PageAt | None = None) -> None:
        self._page_at = page_at

    def judge(self, question: str, sentences: Sequence[SentenceHit]) -> Refusal | None:
        """Return why no answer is to be given, or None. Of a compound question one answered part is enough."""
        ranked = rank(Part(question, question), sentences)
        if not ranked:
            return Refusal(reason="The documents hold nothing on this question.")
        parts = split_question(question)
        if any(is_answered(measure(rank(part, sentences), part)) for part in parts):
            return None
        whole = measure(ranked, Part(question, question))
        if not whole.nearest:
            return Refusal(reason="The question names nothing to look for.", nearest=self._nearest(ranked))
        met = tuple(word for word, (_, similarity) in whole.nearest.items() if similarity >= PRESENT)
        missing = tuple(word for word, (_, similarity) in whole.nearest.items() if similarity < PRESENT)
        apart = whole.together < ABSENT
        return Refusal(
            reason=_reason(met, missing, apart=apart), covered=met, missing=missing, nearest=self._nearest(ranked)
        )

    def refuse(self, question: str, sentences: Sequence[SentenceHit], reason: str) -> Refusal:
        """Return a refusal for ``reason``, with the passages nearest to the question."""
        return Refusal(reason=reason, nearest=self._nearest(rank(Part(question, question), sentences)))

    def _nearest(self, ranked: Sequence[Candidate]) -> tuple[Citation, ...]:
        found: dict[str, Citation] = {}
        for candidate in ranked:
            hit = candidate.sentence.hit
            start = candidate.sentence.sentence.span.start
            page = self._page_at(hit.document.id, start) if self._page_at else hit.passage.page
            found.setdefault(hit.passage.id, citation_of(candidate.sentence, page))
        return tuple(found.values())[:NEAREST]


def measure(ranked: Sequence[Candidate], part: Part) -> Measure:
    """Return how well ``ranked``, the best first and at least one, match ``part``."""
    asked = {word.text for word in content_words(part.query) if word.stem not in FRAME}
    nearest: dict[str, tuple[float, float]] = {}
    for candidate in ranked[:LOOKED_AT]:
        for match in candidate.sentence.words:
            if match.word in asked:
                _, before = nearest.get(match.word, (0.0, 0.0))
                nearest[match.word] = (match.weight, max(before, match.passage))
    total = sum(weight for weight, _ in nearest.values())
    best = ranked[0].sentence
    return Measure(
        words=sum(weight * similarity for weight, similarity in nearest.values()) / total if total else 0.0,
        match=best.features["match"],
        cosine=best.features["cosine"],
        weakest=min((match.sentence for match in best.words if match.word in asked), default=0.0),
        together=max(_together(candidate, asked) for candidate in ranked[:LOOKED_AT]),
        against=_against(ranked[0], part),
        nearest=nearest,
    )


def is_answered(found: Measure) -> bool:
    """Return whether the documents answer the question that ``found`` was measured for."""
    if found.together < ABSENT:
        return False
    return (found.weakest >= PRESENT and not found.against) or found.log_odds >= 0


def _together(candidate: Candidate, asked: Collection[str]) -> float:
    """The lowest similarity of a weighty word of the question in the passage of ``candidate``."""
    words = [match for match in candidate.sentence.words if match.word in asked]
    total = sum(match.weight for match in words)
    return min((match.passage for match in words if match.weight >= HEAVY * total), default=1.0)


def _against(best: Candidate, part: Part) -> float:
    if best.holds:
        return 0.0
    kind = expected_answer(part.query)
    if kind is Expected.PERSON and _WHO_IS.search(part.query):
        return NAMELESS
    return LACKING.get(kind, 0.0)


def _reason(covered: Sequence[str], missing: Sequence[str], *, apart: bool) -> str:
    if not missing and apart:
        return f"The documents do not answer this: no passage speaks of {_listed(covered, 'and')} together."
    if not missing:
        return "The documents do not answer this question."
    lacking = f"The documents do not answer this: nothing in them comes near {_listed(missing)}"
    return f"{lacking}. They do speak of {_listed(covered)}." if covered else f"{lacking}."


def _listed(words: Sequence[str], joint: str = "or") -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {joint} {quoted[-1]}"
