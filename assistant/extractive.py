"""Answers made of the documents' own sentences, each with its citation. No language model takes part.

The sentences are verbatim but for the markers that the documents themselves have in them: there they point at nothing
that the answer names. The citation's quote is the whole of the document's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from assistant.choosing import Candidate, Scorer, choose
from assistant.evidence import citation_of
from assistant.expecting import expected_answer, find_expected
from assistant.facts.matching import neighbours
from assistant.markers import claim_words, find_markers
from assistant.parts import Part
from assistant.types import Citation, Claim, Draft
from index import Sentence, SentenceHit, Span, content_words

PageAt = Callable[[str, int], int | None]
"""The page, counted from 1, of an offset in a document; None for formats without pages."""

_BULLET = re.compile(r"[-*•▪‣–—]\s+")
_MOST_DECISIVE = 3  # figures or names marked in one sentence; more would mark nothing


class ExtractiveAnswerer:
    """Answers with one to ``limit`` sentences.

    Args:
        page_at: tells the page of an offset in a document.
        limit: most sentences in an answer.
        score: scores sentences for one part of a compound question; without it, the whole question's scores serve.
    """

    def __init__(self, page_at: PageAt, *, limit: int = 3, score: Scorer | None = None) -> None:
        self._page_at = page_at
        self._limit = limit
        self._score = score

    def answer(self, question: str, sentences: Sequence[SentenceHit]) -> Draft:
        """Return the sentences that answer ``question``, each followed by its marker.

        A claim's text is the cited words themselves, without the markers that stand in them ("20 churches [9]");
        neighbouring sentences make one claim. Documents are numbered in the order of their first citation. Without
        sentences the draft is empty.
        """
        chosen = choose(question, sentences, self._limit, self._score)
        runs = _join_neighbours([_without_bullet(_with_lead(candidate)) for candidate in chosen])
        cited = dict.fromkeys(run.sentence.hit.document.id for run in runs)
        markers = {document: number for number, document in enumerate(cited, start=1)}
        text = ""
        claims: list[Claim] = []
        for run in runs:
            marker = markers[run.sentence.hit.document.id]
            shown = _without_markers(run.sentence.text, markers.values())
            start = len(text) + 1 if text else 0
            claims.append(_claim(shown, run.part, start, self._cite(run.sentence, marker)))
            text += f"{' ' if text else ''}{shown} [{marker}]"
        return Draft(text=text, claims=tuple(claims))

    def _cite(self, sentence: SentenceHit, marker: int) -> Citation:
        page = self._page_at(sentence.hit.document.id, sentence.sentence.span.start)
        return citation_of(sentence, page, marker)


def _without_markers(text: str, known: Collection[int]) -> str:
    """Return a sentence as it is shown: a marker of the document's own would read as one of the answer's."""
    shown = text
    while find_markers(shown, known):  # again, because two halves of a marker may have stood around another
        shown = claim_words(shown, known)
    return shown or text


def _claim(text: str, part: Part, start: int, citation: Citation) -> Claim:
    decisive = tuple(span.shift(start) for span in _decisive(text, part))
    return Claim(text=text, start=start, end=start + len(text), citations=(citation,), decisive=decisive)


def _decisive(text: str, part: Part) -> list[Span]:
    """Return the figures, dates or names asked for: those that stand among most of the question's words."""
    spans = find_expected(expected_answer(part.query), text, part.query)
    asked = {word.stem for word in content_words(part.query)}
    near = [len(asked & neighbours(text, span)) for span in spans]
    return [span for span, count in zip(spans, near, strict=True) if count == max(near)][:_MOST_DECISIVE]


def _with_lead(candidate: Candidate) -> Candidate:
    """Put the sentences before it that a sentence points back to: "It will ..." means nothing alone."""
    scored = candidate.sentence
    if scored.lead is None:
        return candidate
    return _cut(candidate, Span(start=scored.lead.span.start, end=scored.sentence.span.end))


def _without_bullet(candidate: Candidate) -> Candidate:
    """Leave the sign of a list item out of what is quoted."""
    match = _BULLET.match(candidate.sentence.text)
    if match is None:
        return candidate
    span = candidate.sentence.sentence.span
    return _cut(candidate, Span(start=span.start + match.end(), end=span.end))


def _join_neighbours(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Make one of sentences that follow each other on one line of a passage; the others keep their order."""
    joined: list[Candidate] = []
    for candidate in chosen:
        for i, other in enumerate(joined):
            if both := _joined(other, candidate) or _joined(candidate, other):
                joined[i] = both
                break
        else:
            joined.append(candidate)
    return joined


def _joined(first: Candidate, second: Candidate) -> Candidate | None:
    """Return both as one where ``second`` follows ``first`` directly, in the words of the document."""
    one, other = first.sentence.sentence.span, second.sentence.sentence.span
    if first.sentence.hit.document.id != second.sentence.hit.document.id or other.start != one.end + 1:
        return None
    span = Span(start=one.start, end=other.end)
    for candidate in (first, second):
        passage = candidate.sentence.hit.passage.span
        if passage.start <= span.start and span.end <= passage.end:
            both = _cut(candidate, span)
            return None if "\n" in both.sentence.text else both
    return None


def _cut(candidate: Candidate, span: Span) -> Candidate:
    """Return ``candidate`` with another span of its passage as its sentence."""
    scored = candidate.sentence
    passage = scored.hit.passage
    update = {
        "sentence": Sentence(span=span, kind=scored.sentence.kind),
        "text": passage.text[span.start - passage.span.start : span.end - passage.span.start],
    }
    return candidate._replace(sentence=scored.model_copy(update=update))
