"""Which sentences answer a question: the best one for each of its parts, and more only where they add something. Pure.

Two marks decide. The index's score of a sentence (:mod:`index.interaction`) tells how well it matches the question;
the *trust* here tells whether it holds the sort of thing that was asked for. Both are log-odds, so they add up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.expecting import Expected, expected_answer, find_expected, is_counted, is_titled
from assistant.facts.dates import find_dates
from assistant.parts import Part, split_question
from index import Hit, SentenceHit, content_words

Scorer = Callable[[str, Sequence[Hit]], Sequence[SentenceHit]]
"""Scores the sentences of passages for a question (:meth:`index.Index.sentences`)."""

CONSIDERED = 50
"""Sentences looked at for a part of a question, the best by the index's score."""

TRUST = {
    Expected.COUNT: (0.7, -1.5),
    Expected.AMOUNT: (1.1, -0.8),
    Expected.MONEY: (2.0, -1.2),
    Expected.SHARE: (2.5, -1.9),
    Expected.DURATION: (2.5, -1.1),
    Expected.DATE: (1.1, -2.3),
    Expected.PERSON: (0.35, -0.8),
    Expected.PLACE: (0.3, -0.6),
    Expected.NAME: (0.2, -0.2),
    Expected.REASON: (0.4, -0.3),
    Expected.ANYTHING: (0.0, 0.0),
}
"""Log-odds that a sentence holds the answer where it has, and where it lacks, the sort of thing asked for.

Counted over the sentences of the five best passages for 1,521 answerable questions of SQuAD 2.0 dev (half), the rarest
sorts (fewer than ten questions) rounded towards the others'."""

TITLED, COUNTED = 0.7, 2.5
"""Further log-odds of a person who is named with a role or title, and of a number that counts what the question speaks
of ("How many arrests ...?" "55 arrests"); counted as above."""

REPEATS = -2.0
"""Trust of a sentence that is a question itself, or has no content word but those of the question. By judgement."""

OTHER_PERSON = 4.0
"""Further log-odds of a person with title and full name where the question names one itself: "Who does Starmer meet?"
asks for another. By judgement."""

OFFICIAL = 1.0
"""Trust of an official source over those that retell it: they go first only where they match clearly better. By
judgement."""

RETOLD, ALIKE = 1.5, 0.2
"""Log-odds by which an official source may yet lie behind another that says the same, that is, comes nearer to the
words of the question by at most ``ALIKE`` on average: where a retelling departs from it, quote the announcement. By
judgement."""

CONTINUED = 1.3
"""Log-odds by which a sentence that points back may lie behind the one it points to, for both to be shown. By
judgement: "In 18 months it had 1,000 hits. Those led to 55 arrests." answers more than its first half."""

YEAR_HELD, OTHER_YEAR = 0.5, -2.0
"""Trust of a sentence that holds a year of the question, and of one that speaks of other years only. By judgement."""

SAME = 0.6
"""Least share of the shorter sentence's content words in the longer one for the two to say the same. By judgement."""

COVERED, UNCOVERED = 0.65, 0.5
"""Similarity at which a word of the question is met by a sentence, and below which it is not."""

GAIN = 0.3
"""Least share of the question's weight that a further sentence must meet and the chosen ones do not."""

MARGIN = 2.5
"""Log-odds by which a further sentence may fall behind the first."""


class Candidate(NamedTuple):
    """A sentence considered for a part of a question.

    ``holds`` tells whether it has the sort of thing asked for; ``worth`` is its score with its trust.
    """

    sentence: SentenceHit
    part: Part
    holds: bool
    worth: float

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: its document and span."""
        span = self.sentence.sentence.span
        return self.sentence.hit.document.id, span.start, span.end


def choose(question: str, sentences: Sequence[SentenceHit], limit: int, score: Scorer | None = None) -> list[Candidate]:
    """Return at most ``limit`` sentences that answer ``question``, those of its first part first.

    Args:
        question: one or more questions.
        sentences: scored for the whole question.
        limit: 1 or more.
        score: scores sentences anew for the parts of a compound question; without it their scores are kept.
    """
    chosen: list[Candidate] = []
    for part, ranked in ranked_parts(question, sentences, score):
        if ranked and len(chosen) < limit:
            _add(chosen, _continued(_prefer_official(ranked), ranked), part)
    if len(chosen) == 1:
        chosen += _further(chosen[0], rank(chosen[0].part, sentences), limit - 1)
    return chosen


def ranked_parts(
    question: str, sentences: Sequence[SentenceHit], score: Scorer | None = None
) -> list[tuple[Part, list[Candidate]]]:
    """Return each part of ``question`` with its candidates, the best first."""
    parts = split_question(question)
    if len(parts) == 1 or score is None:
        return [(part, rank(part, sentences)) for part in parts]
    hits = list({scored.hit.passage.id: scored.hit for scored in sentences}.values())
    return [(part, rank(part, score(part.query, hits))) for part in parts]


def rank(part: Part, sentences: Sequence[SentenceHit]) -> list[Candidate]:
    """Return the sentences that come nearest to ``part``, by score and trust, the best first."""
    kind, years = expected_answer(part.query), _years(part.query)
    considered = sorted(sentences, key=lambda scored: -scored.score)[:CONSIDERED]
    return sorted((_weigh(s, part, kind, years) for s in considered), key=lambda candidate: -candidate.worth)


def _weigh(scored: SentenceHit, part: Part, kind: Expected, years: frozenset[int]) -> Candidate:
    text = _shown(scored)
    found = find_expected(kind, text, part.query)
    has, lacks = TRUST[kind]
    trust = has if found else lacks
    if kind is Expected.PERSON and (titled := [person for person in found if is_titled(text, person)]):
        full = any(" " in person.of(text) for person in titled)
        trust += TITLED + (OTHER_PERSON if full and find_expected(kind, part.query, "") else 0.0)
    if kind is Expected.COUNT and any(is_counted(text, number, part.query) for number in found):
        trust += COUNTED
    if scored.text.endswith("?") or _stems(text) <= _stems(part.query):
        trust += REPEATS
    worth = scored.score + trust + _year_trust(years, text) + _source_trust(scored)
    return Candidate(scored, part, bool(found), worth)


def _shown(scored: SentenceHit) -> str:
    """The sentence with its lead, as it will be shown."""
    if scored.lead is None:
        return scored.text
    passage = scored.hit.passage
    return passage.text[scored.lead.span.start - passage.span.start : scored.sentence.span.end - passage.span.start]


def _source_trust(scored: SentenceHit) -> float:
    return OFFICIAL if scored.hit.document.kind == "official" else 0.0


def _year_trust(asked: frozenset[int], text: str) -> float:
    held = _years(text) if asked else frozenset()
    if not held:
        return 0.0
    return YEAR_HELD if asked & held else OTHER_YEAR


@lru_cache(maxsize=4096)
def _years(text: str) -> frozenset[int]:
    return frozenset(date.year for date in find_dates(text) if date.year)


def _add(chosen: list[Candidate], best: Candidate, part: Part) -> None:
    """Add the best sentence of a part, unless a chosen one says the same."""
    if not any(best.place == other.place or _says_the_same(best, other) for other in chosen):
        chosen.append(best._replace(part=part))


def _prefer_official(ranked: Sequence[Candidate]) -> Candidate:
    """Return the best candidate, or an official one that says the same of what was asked."""
    best = ranked[0]
    if _source_trust(best.sentence):
        return best
    for other in ranked[1:]:
        if best.worth - other.worth > RETOLD:
            break
        if _source_trust(other.sentence) and _as_near(other, best):
            return other
    return best


def _continued(best: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """Return the sentence that points back to ``best`` and is shown with it, if it ranks about as high."""
    span = best.sentence.sentence.span
    for other in ranked:
        lead = other.sentence.lead
        if best.worth - other.worth > CONTINUED:
            break
        if lead and other.place[0] == best.place[0] and lead.span.start <= span.start and span.end <= lead.span.end:
            return other
    return best


def _as_near(other: Candidate, best: Candidate) -> bool:
    """Whether ``other`` comes about as near to the words of the question as ``best``, and holds what is asked for."""
    pairs = list(zip(other.sentence.words, best.sentence.words, strict=True))
    short = sum(b.weight * max(0.0, b.sentence - a.sentence) for a, b in pairs)
    return other.holds >= best.holds and short <= ALIKE * sum(b.weight for _, b in pairs)


def _further(first: Candidate, ranked: Sequence[Candidate], room: int) -> list[Candidate]:
    """Return further sentences, each of which meets words of the question that those before it do not."""
    chosen = [first]
    for candidate in ranked:
        if len(chosen) > room or candidate.worth < first.worth - MARGIN:
            break
        if not any(_says_the_same(candidate, other) for other in chosen) and _gain(candidate, chosen) >= GAIN:
            chosen.append(candidate)
    return chosen[1:]


def _gain(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """The share of the question's weight that ``candidate`` meets and ``chosen`` do not."""
    words = candidate.sentence.words
    total = sum(word.weight for word in words)
    met = {word.word: max(_similarity(other, word.word) for other in chosen) for word in words}
    gained = sum(w.weight for w in words if w.sentence >= COVERED and met[w.word] < UNCOVERED)
    return gained / total if total else 0.0


def _similarity(candidate: Candidate, word: str) -> float:
    return next((match.sentence for match in candidate.sentence.words if match.word == word), 0.0)


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    a, b = _stems(one.sentence.text), _stems(other.sentence.text)
    return len(a & b) >= SAME * min(len(a), len(b))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in content_words(text))
