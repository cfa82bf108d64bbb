"""Whether the documents answer a question at all, and if not, what of it they lack.

Two things must come together for a refusal, so that an answerable question is seldom refused: the best sentences do not
match the question well as a whole (a logistic regression of two features), and some word of the question has nothing
like it in their passages. "What does the visit cost?" is refused where the visit is found and no cost, price or sum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.choosing import Candidate, rank
from assistant.evidence import citation_of
from assistant.parts import Part, split_question
from assistant.types import Citation, Refusal
from index import SentenceHit, content_words, stem

LOOKED_AT = 3
"""Best sentences whose passages may meet the words of a question."""

WEIGHTS = {"words": 7.6, "cosine": 7.2}
BIAS = -7.9
"""Log-odds that a question is answered, by :func:`measure`. Fitted by ``tests/quality/fit_refusal.py``."""

PRESENT = 0.55
"""Similarity from which a word of the question counts as met by a passage."""

SURELY_ABSENT = 0.35
"""Similarity below which a word that weighs enough is the thing asked for and missing, however well the rest fits."""

HEAVY = 0.4
"""Share of the question's weight at which a single missing word decides."""

NEAREST = 3
"""Passages shown with a refusal."""

FRAME = frozenset(
    stem(word)
    for word in """name named role play played part type kind sort form way example reason purpose number amount total
    main happen happened mean means meaning called known refer describe consider thing person people tell explain list
    find get gets got going want wants need know please information whole entire exactly actually currently different
    many various important far figure figures date year day time put thanks they're when's where's what's who's how's
    pay paid paying spend spent meet met
    """.split()
)
"""Stems that frame a question rather than say what it is about: documents need not hold them."""

PageAt = Callable[[str, int], int | None]
"""The page, counted from 1, of an offset in a document; None for formats without pages."""


class Measure(NamedTuple):
    """How well the best sentences match a part of a question.

    ``words`` is the mean similarity, weighted by inverse document frequency, of the question's words to their nearest
    in the best passages; ``cosine`` is that of question and best sentence. ``nearest`` gives each word's weight and
    similarity.
    """

    words: float
    cosine: float
    nearest: dict[str, tuple[float, float]]

    @property
    def log_odds(self) -> float:
        """Log-odds that the sentences answer the question; 0 is the border."""
        return BIAS + WEIGHTS["words"] * self.words + WEIGHTS["cosine"] * self.cosine


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
        met = tuple(word for word, (_, similarity) in whole.nearest.items() if similarity >= PRESENT)
        missing = tuple(word for word, (_, similarity) in whole.nearest.items() if similarity < PRESENT)
        return Refusal(reason=_reason(met, missing), covered=met, missing=missing, nearest=self._nearest(ranked))

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
    asked = {word.text for word in content_words(part.query)}
    nearest: dict[str, tuple[float, float]] = {}
    for candidate in ranked[:LOOKED_AT]:
        for match in candidate.sentence.words:
            if match.word in asked and stem(match.word) not in FRAME:
                _, before = nearest.get(match.word, (0.0, 0.0))
                nearest[match.word] = (match.weight, max(before, match.passage))
    total = sum(weight for weight, _ in nearest.values())
    words = sum(weight * similarity for weight, similarity in nearest.values()) / total if total else 1.0
    return Measure(words, ranked[0].sentence.features["cosine"], nearest)


def is_answered(found: Measure) -> bool:
    """Return whether the documents answer the question that ``found`` was measured for."""
    if not found.nearest:
        return True
    total = sum(weight for weight, _ in found.nearest.values())
    missing = [(weight, similarity) for weight, similarity in found.nearest.values() if similarity < PRESENT]
    if any(similarity < SURELY_ABSENT and weight >= HEAVY * total for weight, similarity in missing):
        return False
    return not missing or found.log_odds >= 0


def _reason(covered: Sequence[str], missing: Sequence[str]) -> str:
    if not missing:
        return "The documents do not answer this question."
    lacking = f"The documents do not answer this: nothing in them comes near {_listed(missing)}"
    return f"{lacking}. They do speak of {_listed(covered)}." if covered else f"{lacking}."


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
